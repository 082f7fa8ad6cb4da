"""Rights in whole crawls: which directives are honoured, and what the records say."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.support.crawling import crawl
from tests.support.custom_paper import Paper, reason_of, rights_by_story, serve_paper, story_name

PAST, FUTURE = "25 Jun 2020 15:00:00 PST", "25 Jun 2090 15:00:00 PST"


@pytest.fixture
def paper():
    with serve_paper() as served:
        yield served


def directives(paper: Paper) -> dict[str, str]:
    """Add a front page and articles with various directives; returns their paths by name."""
    paths = {
        "plain": paper.story("plain"),
        "header": paper.story("header", X_Robots_Tag="noindex"),
        "meta": paper.story("meta", '<META NAME="Robots" CONTENT="NoIndex, Follow">'),
        "none": paper.story(
            "none",
            '<meta name="newscrawl" content="none">',
            '<p><a href="/2026/11/20/the-hidden-story-of-the-town-desk/">Hidden</a></p>',
        ),
        "expired": paper.story("expired", X_Robots_Tag=f"unavailable_after: {PAST}"),
        "lasting": paper.story("lasting", X_Robots_Tag=f"unavailable_after: {FUTURE}, noarchive"),
        "others": paper.story(
            "others", '<meta name="otherbot" content="noindex">', X_Robots_Tag=["otherbot: noindex, nofollow", "noai"]
        ),
        "two": paper.story("two", X_Robots_Tag=["otherbot: none", "newscrawl: noindex"]),
    }
    paper.story("hidden")
    paper.listing("/", list(paths.values()))
    return paths


def test_directives_are_honoured_and_each_refusal_has_a_reason(paper, tmp_path):
    paths = directives(paper)
    crawled = crawl(tmp_path, paper.base)
    assert crawled.status == 0, crawled.log[-2000:]
    rights = rights_by_story(crawled)
    assert set(rights) == {"plain", "lasting", "others"}
    assert {reason_of(crawled, paths[name])[0] for name in ("header", "meta", "none", "two")} == {"NoIndex"}
    assert reason_of(crawled, paths["expired"])[0] == "Expired"
    assert "hidden" not in "".join(paper.asked), "only a page with the directive none links to it"
    observed_at = rights["plain"]["observedAt"]
    assert observed_at and rights["plain"] == {"observedAt": observed_at, "reserved": [], "reservedBy": []}
    assert rights["lasting"]["reserved"] == ["archive"]
    assert rights["lasting"]["unavailableAfter"] == "2090-06-25T23:00:00Z"
    assert rights["others"]["robots"] == ["noai"] and rights["others"]["reserved"] == ["train"]
    assert crawled.stats["newscrawl/NoIndex"] == 4 and crawled.stats["item_dropped_reasons_count/NoIndex"] == 4


def test_everything_is_recorded_when_rights_are_only_observed(paper, tmp_path):
    directives(paper)
    crawled = crawl(tmp_path, paper.base, settings={"NEWSCRAWL_RIGHTS": "observe"})
    rights = rights_by_story(crawled)
    assert set(rights) == {"plain", "header", "meta", "none", "expired", "lasting", "others", "two", "hidden"}
    assert rights["header"]["reserved"] == rights["none"]["reserved"] == rights["expired"]["reserved"] == ["search"]


@pytest.mark.parametrize("settings", [{"NEWSCRAWL_RIGHTS": "ignore"}, {"NEWSCRAWL_PURPOSE": "train,resale"}])
def test_an_unusable_setting_is_refused_before_the_first_request(settings, paper, tmp_path):
    crawled = crawl(tmp_path, paper.base, settings=settings)
    assert crawled.status == 2 and not paper.asked
    assert next(iter(settings)) in crawled.log and ("ignore" in crawled.log or "resale" in crawled.log)


NOFOLLOW = '<meta name="robots" content="NOFOLLOW">'


@pytest.mark.parametrize("where", ["front page", "section", "feed", "section, observed"])
def test_links_of_a_nofollow_listing_are_not_followed(where, paper, tmp_path):
    shown, hidden = paper.base + paper.story("shown"), paper.base + paper.story("hidden")
    paper.listing("/", [shown], head='<link rel="alternate" type="application/rss+xml" href="/feed">')
    if where == "front page":
        paper.listing("/", [hidden], NOFOLLOW)
        sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{shown}</loc></url></urlset>"
        paper.file("/sitemap.xml", sitemap, "text/xml")  # a usual place is not a link of the page
    elif where == "feed":
        item = f"<item><title>Hidden</title><link>{hidden}</link></item>"
        feed = f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
        paper.file("/feed", feed, "application/rss+xml")
        paper.answers["/feed"].headers = [("X-Robots-Tag", "noindex"), ("X-Robots-Tag", "nofollow")]
    else:
        paper.listing("/town/", [hidden], X_Robots_Tag="noarchive, nofollow")
        paper.answers["/"].text = paper.answers["/"].text.replace(
            "<main>", '<nav><ul><li><a href="/town/">Town</a></li></ul></nav><main>'
        )
    crawled = crawl(tmp_path, paper.base, settings={"NEWSCRAWL_RIGHTS": "observe"} if "observed" in where else None)
    if "observed" in where:
        assert set(rights_by_story(crawled)) == {"shown", "hidden"}
        return
    assert list(rights_by_story(crawled)) == ["shown"], crawled.log[-2000:]
    path = {"front page": "", "section": "/town", "feed": "/feed"}[where]
    [entry] = [entry for entry in crawled.entries if entry["url"].rstrip("/") == paper.base + path]
    assert entry["reason"] == "Listing" and "nofollow" in entry["detail"]


def test_nofollow_on_a_single_link_is_ignored(paper, tmp_path):
    story = paper.story("linked")
    paper.listing("/", [story])
    paper.answers["/"].text = paper.answers["/"].text.replace("<a ", '<a rel="nofollow" ')
    assert set(rights_by_story(crawl(tmp_path, paper.base))) == {"linked"}


def test_directives_of_further_pages_are_honoured_too(paper, tmp_path):
    def in_pages(name: str, first: str = "", second: str = "") -> str:
        path = paper.story(name)
        link = f'<nav class="pagination"><a href="{path}">1</a> <a href="{path}2/">2</a></nav>'
        paper.story(name, first, f'{link}<link rel="next" href="{path}2/">')
        text = paper.answers[path].text
        paper.answers[path + "2/"] = type(paper.answers[path])(
            text.replace(first, "", 1).replace("<head>", f"<head>{second}").replace("<p>", "<p>Second page: ")
        )
        paper.answers[path].text = text.replace("</head>", f'<link rel="next" href="{path}2/"></head>')
        paper.answers[path + "2/"].text = paper.answers[path + "2/"].text.replace(
            "</head>", f'<link rel="prev" href="{path}"></head>'
        )
        return path

    paths = {
        "whole": in_pages("whole"),
        "stopped": in_pages("stopped", '<meta name="robots" content="nofollow">'),
        "halved": in_pages("halved", "", '<meta name="robots" content="noindex">'),
        "joined": in_pages("joined", "", '<meta name="robots" content="noai">'),
    }
    paper.listing("/", list(paths.values()))
    crawled = crawl(tmp_path, paper.base)
    found = {story_name(record["url"]): record for record in crawled.records}
    assert set(found) == set(paths), crawled.log[-2000:]
    assert {name: "Second page" in record["articleBody"] for name, record in found.items()} == {
        "whole": True,
        "stopped": False,
        "halved": False,
        "joined": True,
    }
    assert {name: record["metadata"]["isPartial"] for name, record in found.items()} == {
        "whole": False,
        "stopped": True,
        "halved": True,
        "joined": False,
    }
    assert found["joined"]["rights"]["reserved"] == ["train"]
    assert paths["stopped"] + "2/" not in paper.asked
    assert reason_of(crawled, paths["halved"] + "2/")[0] == "NoIndex"


def test_statements_of_the_origin_are_added_to_those_of_the_page(paper, tmp_path):
    paper.file(
        "/robots.txt",
        "License: https://paper.example/license.xml\nUser-agent: *\nAllow: /\n"
        "Content-Signal: search=yes, ai-input=no, ai-train=no\n"
        "Content-Usage: train-ai=n\nContent-Usage: /2026/11/20/the-open train-ai=y\n",
    )
    rules = [{"location": "/*the-reserved-*", "tdm-reservation": 1, "tdm-policy": "https://paper.example/policy.json"}]
    paper.file("/.well-known/tdmrep.json", json.dumps(rules), "application/json")
    paths = [
        paper.story("reserved"),
        paper.story("open"),
        paper.story("reserved-else", TDM_Reservation="0", Content_Usage="search=n"),
    ]
    paper.listing("/", paths)
    crawled = crawl(tmp_path, paper.base)
    rights = rights_by_story(crawled)
    assert rights["reserved"]["tdm"] == {
        "reservation": True,
        "policy": "https://paper.example/policy.json",
        "source": "tdmrep.json",
    }
    assert rights["reserved-else"]["tdm"] == {"reservation": False, "policy": None, "source": "header"}
    assert "tdm" not in rights["open"]
    assert [one["raw"] for one in rights["reserved"]["contentUsage"]] == ["train-ai=n"]
    assert [one["raw"] for one in rights["open"]["contentUsage"]] == ["train-ai=y"]
    assert [(one["source"], one["raw"]) for one in rights["reserved-else"]["contentUsage"]] == [
        ("header", "search=n"),
        ("robots.txt", "train-ai=n"),
    ]
    assert rights["open"]["contentSignal"][0]["preferences"] == [
        {"category": "search", "allowed": True},
        {"category": "ai-input", "allowed": False},
        {"category": "ai-train", "allowed": False},
    ]
    assert rights["open"]["rsl"] == [
        {
            "source": "robots.txt",
            "url": "https://paper.example/license.xml",
            "permits": [],
            "prohibits": [],
            "payment": None,
        }
    ]
    assert rights["open"]["reserved"] == ["train"] and rights["reserved-else"]["reserved"] == ["search", "train"]
    assert Counter(paper.asked)["/.well-known/tdmrep.json"] == 1 and Counter(paper.asked)["/robots.txt"] == 1


def test_the_group_of_newscrawl_applies_and_rights_in_a_robots_txt_that_is_not_obeyed_are_read(paper, tmp_path):
    groups = "User-agent: *\nContent-Signal: ai-train=no\nUser-agent: Newscrawl\nContent-Signal: search=no\n"
    paper.file("/robots.txt", groups)
    paper.listing("/", [paper.story("first"), paper.story("second")])
    assert {tuple(rights["reserved"]) for rights in rights_by_story(crawl(tmp_path, paper.base)).values()} == {
        ("search",)
    }
    (tmp_path / "free").mkdir()
    free = crawl(tmp_path / "free", paper.base, settings={"ROBOTSTXT_OBEY": "0"})
    assert len(free.records) == 2 and ("search",) in {
        tuple(rights["reserved"]) for rights in rights_by_story(free).values()
    }


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [("<html>", 200, "cannot be read"), ("x" * 400_000, 200, "could not be fetched"), ("no", 500, "")],
)
def test_a_broken_tdmrep_json_is_ignored_with_a_note(text, status, says, paper, tmp_path):
    paper.file("/.well-known/tdmrep.json", text, "application/json", status)
    paper.listing("/", [paper.story("first"), paper.story("second")])
    crawled = crawl(tmp_path, paper.base)
    assert crawled.status == 0 and len(crawled.records) == 2
    assert all("tdm" not in rights for rights in rights_by_story(crawled).values())
    assert Counter(paper.asked)["/.well-known/tdmrep.json"] == 1
    assert f"tdmrep.json {says}" in crawled.log or not says


def test_tdmrep_json_is_not_requested_when_forbidden_or_without_an_article(paper, tmp_path):
    paper.file("/robots.txt", "User-agent: *\nDisallow: /.well-known/\n")
    paper.listing("/", [paper.story("first")])
    assert len(crawl(tmp_path, paper.base).records) == 1
    assert "/.well-known/tdmrep.json" not in paper.asked
    paper.file("/robots.txt", "User-agent: *\nAllow: /\n")
    paper.listing("/", [])
    crawl(tmp_path, paper.base)
    assert "/.well-known/tdmrep.json" not in paper.asked


def test_the_licence_of_an_entry_in_a_feed_is_recorded(paper, tmp_path):
    path, other = paper.story("licensed"), paper.story("other")
    licence = '<rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license>'
    content = f'<rsl:content url="{paper.base}{path}">{licence}</rsl:content>'
    items = f"<item><link>{paper.base}{path}</link>{content}</item><item><link>{paper.base}{other}</link></item>"
    channel = f"<channel><title>x</title>{items}</channel>"
    feed = f'<rss version="2.0" xmlns:rsl="https://rslstandard.org/rsl">{channel}</rss>'
    paper.file("/feed", feed, "application/rss+xml")
    paper.listing("/", [], head='<link rel="alternate" type="application/rss+xml" href="/feed">')
    rights = rights_by_story(crawl(tmp_path, paper.base))
    assert rights["licensed"]["rsl"][0]["source"] == "feed"
    assert rights["licensed"]["reserved"] == ["train"] and rights["other"]["reserved"] == []
