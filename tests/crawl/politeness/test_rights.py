"""Rights in whole crawls, in processes of their own: what is recorded, what is honoured, and what an output leaves out."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.extensions.feedexport import ItemFilter

from newscrawl.article import Article, Revision, Rights
from newscrawl.crawl.drops import ReasonedDrop
from newscrawl.crawl.export.feed_recovery import is_wanted as is_wanted_by
from newscrawl.crawl.export.purpose_filters import ForArchive, ForSearch, ForTraining
from newscrawl.crawl.pipelines import RightsPipeline
from newscrawl.record import record
from tests.support.crawling import Crawled, crawl
from tests.support.custom_paper import Paper, serve_paper

PAST, FUTURE = "25 Jun 2020 15:00:00 PST", "25 Jun 2090 15:00:00 PST"


@pytest.fixture
def paper():
    with serve_paper() as served:
        yield served


def by_name(crawled: Crawled) -> dict[str, dict]:
    """The records' rights by the name of their story."""
    return {record["url"].split("/the-")[1].split("-story")[0]: record["rights"] for record in crawled.records}


def reason_of(crawled: Crawled, path: str) -> tuple[str, str]:
    [entry] = [entry for entry in crawled.entries if entry["url"].endswith(path)]
    return entry["reason"], entry["detail"]


def directives(paper: Paper) -> dict[str, str]:
    """A front page of articles with all sorts of directives; their paths by name."""
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


def test_directives_are_honoured_and_each_refusal_has_its_reason(paper, tmp_path):
    paths = directives(paper)
    crawled = crawl(tmp_path, paper.base)
    assert crawled.status == 0, crawled.log[-2000:]
    rights = by_name(crawled)
    assert set(rights) == {"plain", "lasting", "others"}
    assert {reason_of(crawled, paths[name])[0] for name in ("header", "meta", "none", "two")} == {"NoIndex"}
    assert reason_of(crawled, paths["expired"])[0] == "Expired"
    assert "hidden" not in "".join(paper.asked), "the page that names it says none"
    assert (
        rights["plain"] == {"observedAt": rights["plain"]["observedAt"], "reserved": [], "reservedBy": []}
        and rights["plain"]["observedAt"]
    )
    assert (
        rights["lasting"]["reserved"] == ["archive"]
        and rights["lasting"]["unavailableAfter"] == "2090-06-25T15:00:00-08:00"
    )
    assert rights["others"]["robots"] == ["noai"] and rights["others"]["reserved"] == ["train"]
    assert crawled.stats["newscrawl/NoIndex"] == 4 and crawled.stats["item_dropped_reasons_count/NoIndex"] == 4


def test_observed_only_everything_is_recorded(paper, tmp_path):
    directives(paper)
    crawled = crawl(tmp_path, paper.base, settings={"NEWSCRAWL_RIGHTS": "observe"})
    rights = by_name(crawled)
    assert set(rights) == {"plain", "header", "meta", "none", "expired", "lasting", "others", "two", "hidden"}
    assert rights["header"]["reserved"] == rights["none"]["reserved"] == rights["expired"]["reserved"] == ["search"]


@pytest.mark.parametrize("settings", [{"NEWSCRAWL_RIGHTS": "ignore"}, {"NEWSCRAWL_PURPOSE": "train,resale"}])
def test_a_bad_setting_ends_before_the_first_request(settings, paper, tmp_path):
    crawled = crawl(tmp_path, paper.base, settings=settings)
    assert crawled.status == 2 and not paper.asked
    assert next(iter(settings)) in crawled.log and ("ignore" in crawled.log or "resale" in crawled.log)


META = '<meta name="robots" content="NOFOLLOW">'
ENTRY = "<item><title>Held</title><link>{}</link></item>"


@pytest.mark.parametrize("where", ["front page", "section", "feed", "section, observed"])
def test_links_of_a_nofollow_listing_are_not_followed(where, paper, tmp_path):
    shown, held = paper.base + paper.story("shown"), paper.base + paper.story("held")
    paper.listing("/", [shown], head='<link rel="alternate" type="application/rss+xml" href="/feed">')
    if where == "front page":
        paper.listing("/", [held], META)
        sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{shown}</loc></url></urlset>"
        paper.file("/sitemap.xml", sitemap, "text/xml")  # usual places are no links of the page
    elif where == "feed":
        paper.file(
            "/feed",
            f'<rss version="2.0"><channel><title>x</title>{ENTRY.format(held)}</channel></rss>',
            "application/rss+xml",
        )
        paper.answers["/feed"].headers = [("X-Robots-Tag", "noindex"), ("X-Robots-Tag", "nofollow")]
    else:
        paper.listing("/town/", [held], X_Robots_Tag="noarchive, nofollow")
        paper.answers["/"].text = paper.answers["/"].text.replace(
            "<main>", '<nav><ul><li><a href="/town/">Town</a></li></ul></nav><main>'
        )
    crawled = crawl(tmp_path, paper.base, settings={"NEWSCRAWL_RIGHTS": "observe"} if "observed" in where else None)
    if "observed" in where:
        assert set(by_name(crawled)) == {"shown", "held"}
        return
    assert list(by_name(crawled)) == ["shown"], crawled.log[-2000:]
    path = {"front page": "", "section": "/town", "feed": "/feed"}[where]
    [entry] = [entry for entry in crawled.entries if entry["url"].rstrip("/") == paper.base + path]
    assert entry["reason"] == "Listing" and "nofollow" in entry["detail"]


def test_nofollow_on_a_single_link_changes_nothing(paper, tmp_path):
    story = paper.story("linked")
    paper.listing("/", [story])
    paper.answers["/"].text = paper.answers["/"].text.replace("<a ", '<a rel="nofollow" ')
    assert set(by_name(crawl(tmp_path, paper.base))) == {"linked"}


def test_further_pages_are_pages_like_any_other(paper, tmp_path):
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
    found = {record["url"].split("/the-")[1].split("-story")[0]: record for record in crawled.records}
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


def test_what_the_origin_says_is_added(paper, tmp_path):
    paper.file(
        "/robots.txt",
        "License: https://paper.example/license.xml\nUser-agent: *\nAllow: /\nContent-Signal: search=yes, ai-input=no, ai-train=no\n"
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
    rights = by_name(crawled)
    assert rights["reserved"]["tdm"] == {
        "reservation": True,
        "policy": "https://paper.example/policy.json",
        "source": "tdmrep.json",
    }
    assert (
        rights["reserved-else"]["tdm"] == {"reservation": False, "policy": None, "source": "header"}
        and "tdm" not in rights["open"]
    )
    assert [one["raw"] for one in rights["reserved"]["contentUsage"]] == ["train-ai=n"]
    assert [one["raw"] for one in rights["open"]["contentUsage"]] == ["train-ai=y"]
    assert [(one["source"], one["raw"]) for one in rights["reserved-else"]["contentUsage"]] == [
        ("header", "search=n"),
        ("robots.txt", "train-ai=n"),
    ]
    assert rights["open"]["contentSignal"][0]["preferences"] == [
        {"category": "search", "allowed": True}, {"category": "ai-input", "allowed": False}, {"category": "ai-train", "allowed": False},
    ]  # fmt: skip
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


def test_the_group_of_newscrawl_holds_and_robots_is_read_where_it_is_not_obeyed(paper, tmp_path):
    paper.file(
        "/robots.txt", "User-agent: *\nContent-Signal: ai-train=no\nUser-agent: Newscrawl\nContent-Signal: search=no\n"
    )
    paper.listing("/", [paper.story("first"), paper.story("second")])
    assert {tuple(rights["reserved"]) for rights in by_name(crawl(tmp_path, paper.base)).values()} == {("search",)}
    (tmp_path / "free").mkdir()
    free = crawl(tmp_path / "free", paper.base, settings={"ROBOTSTXT_OBEY": "0"})
    assert len(free.records) == 2 and ("search",) in {tuple(rights["reserved"]) for rights in by_name(free).values()}


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [("<html>", 200, "cannot be read"), ("x" * 400_000, 200, "could not be fetched"), ("no", 500, "")],
)
def test_a_bad_tdm_file_costs_nothing_but_a_note(text, status, says, paper, tmp_path):
    paper.file("/.well-known/tdmrep.json", text, "application/json", status)
    paper.listing("/", [paper.story("first"), paper.story("second")])
    crawled = crawl(tmp_path, paper.base)
    assert (
        crawled.status == 0
        and all("tdm" not in rights for rights in by_name(crawled).values())
        and len(crawled.records) == 2
    )
    assert Counter(paper.asked)["/.well-known/tdmrep.json"] == 1
    assert f"tdmrep.json {says}" in crawled.log or not says


def test_robots_txt_may_forbid_the_tdm_file_and_without_an_article_nobody_asks(paper, tmp_path):
    paper.file("/robots.txt", "User-agent: *\nDisallow: /.well-known/\n")
    paper.listing("/", [paper.story("first")])
    assert len(crawl(tmp_path, paper.base).records) == 1
    assert "/.well-known/tdmrep.json" not in paper.asked
    paper.file("/robots.txt", "User-agent: *\nAllow: /\n")
    paper.listing("/", [])
    crawl(tmp_path, paper.base)
    assert "/.well-known/tdmrep.json" not in paper.asked


def test_a_feed_says_under_what_licence_its_entries_are(paper, tmp_path):
    path, other = paper.story("licensed"), paper.story("other")
    content = '<rsl:content url="{}"><rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license></rsl:content>'
    items = f"<item><link>{paper.base}{path}</link>{content.format(paper.base + path)}</item><item><link>{paper.base}{other}</link></item>"
    paper.file(
        "/feed",
        f'<rss version="2.0" xmlns:rsl="https://rslstandard.org/rsl"><channel><title>x</title>{items}</channel></rss>',
        "application/rss+xml",
    )
    paper.listing("/", [], head='<link rel="alternate" type="application/rss+xml" href="/feed">')
    rights = by_name(crawl(tmp_path, paper.base))
    assert (
        rights["licensed"]["rsl"][0]["source"] == "feed"
        and rights["licensed"]["reserved"] == ["train"]
        and rights["other"]["reserved"] == []
    )


# -- outputs for one purpose --------------------------------------------------------------------


def outputs_of(folder: Path, **filters: str) -> str:
    feeds = {
        str(folder / f"{name}.jsonl"): {
            "format": "jsonlines",
            "overwrite": True,
            **({"item_filter": path} if path else {}),
        }
        for name, path in filters.items()
    }
    return json.dumps(feeds)


def names_in(path: Path) -> set[str]:
    return (
        {json.loads(line)["url"].split("/the-")[1].split("-story")[0] for line in path.read_text("utf-8").splitlines()}
        if path.is_file()
        else set()
    )


FEEDS_ONLY = "import sys; from scrapy.cmdline import execute; at = sys.argv.index('-O'); del sys.argv[at:at+2]; sys.argv[0] = 'scrapy'; execute()"


def test_an_output_leaves_out_what_is_reserved_for_its_purpose_and_counts_it(paper, tmp_path):
    paths = {
        "plain": paper.story("plain"),
        "trained": paper.story("trained", TDM_Reservation="1"),
        "sought": paper.story("sought", Content_Usage="search=n"),
        "kept": paper.story("kept", X_Robots_Tag="noarchive"),
    }
    paper.listing("/", list(paths.values()))
    base = "newscrawl.crawl.export.purpose_filters."
    feeds = outputs_of(
        tmp_path, all="", train=base + "ForTraining", search=base + "ForSearch", archive=base + "ForArchive"
    )
    settings = {"FEEDS": feeds, "NEWSCRAWL_MANIFEST": str(tmp_path / "run.json")}
    crawled = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert crawled.status == 0, crawled.log[-3000:]
    everything = set(paths)
    assert names_in(tmp_path / "all.jsonl") == everything
    assert names_in(tmp_path / "train.jsonl") == everything - {"trained"}
    assert names_in(tmp_path / "search.jsonl") == everything - {"sought"}
    assert names_in(tmp_path / "archive.jsonl") == everything - {"kept"}
    assert crawled.stats["newscrawl/left_out/train"] == crawled.stats["newscrawl/left_out/archive"] == 1
    assert len(crawled.reasons("Recorded")) == 4 and not crawled.reasons("Reserved")
    outputs = {
        Path(one["uri"]).stem: one["leftOut"] for one in json.loads((tmp_path / "run.json").read_text())["outputs"]
    }
    assert outputs == {"all": 0, "train": 1, "search": 1, "archive": 1}
    assert "1 records left out" in crawled.log


def test_what_every_output_leaves_out_is_reserved_in_the_ledger(paper, tmp_path):
    paths = {"plain": paper.story("plain"), "trained": paper.story("trained", TDM_Reservation="1")}
    paper.listing("/", list(paths.values()))
    feeds = outputs_of(tmp_path, train="newscrawl.crawl.export.purpose_filters.ForTraining")
    settings = {"FEEDS": feeds, "NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    crawled = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert names_in(tmp_path / "train.jsonl") == {"plain"}
    assert reason_of(crawled, paths["trained"]) == (
        "Reserved",
        "reserved for train, and every output is for such a purpose",
    )
    assert len(crawled.reasons("Recorded")) == 1
    paper.asked.clear()
    again = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert again.status == 0 and not [path for path in paper.asked if "story" in path], "it is not asked for again"


def test_a_purpose_of_the_whole_crawl(paper, tmp_path):
    paths = {
        "plain": paper.story("plain"),
        "trained": paper.story("trained", TDM_Reservation="1"),
        "kept": paper.story("kept", X_Robots_Tag="noarchive"),
    }
    paper.listing("/", list(paths.values()))
    crawled = crawl(
        tmp_path, paper.base, settings={"NEWSCRAWL_PURPOSE": "archive, train", "NEWSCRAWL_RIGHTS": "observe"}
    )
    assert set(by_name(crawled)) == {"plain"}
    assert reason_of(crawled, paths["trained"]) == ("Reserved", "reserved for train: tdm-reservation: 1 (header)")
    assert reason_of(crawled, paths["kept"])[0] == "Reserved"


def test_what_is_refused_is_remembered_and_what_is_withdrawn_gets_no_new_version(paper, tmp_path):
    plain = paper.story("plain")
    paper.listing("/", [plain, paper.story("shut", X_Robots_Tag="noindex")])
    settings = {"NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    assert set(by_name(crawl(tmp_path, paper.base, settings=settings))) == {"plain"}

    def run_later(seconds: int) -> list[str]:
        with sqlite3.connect(tmp_path / "m.sqlite") as base:
            base.execute("UPDATE article SET due = due - ?, first = first - ?", (seconds, seconds))
        paper.asked.clear()
        crawled = crawl(tmp_path, paper.base, settings=settings)
        assert crawled.status == 0 and not crawled.records
        return [path for path in paper.asked if "story" in path or "tdmrep" in path]

    assert run_later(0) == []
    paper.story("plain", '<meta name="robots" content="noindex"><meta name="description" content="Changed">')
    assert run_later(4000) == [plain, "/.well-known/tdmrep.json"]
    assert run_later(0) == [], "the next visit is planned as ever"


def test_that_an_article_is_gone_is_no_news_for_who_must_not_have_it(paper, tmp_path):
    path = paper.story("trained", TDM_Reservation="1")
    paper.listing("/", [path, paper.story("plain")])
    feeds = outputs_of(tmp_path, all="", train="newscrawl.crawl.export.purpose_filters.ForTraining")
    settings = {"FEEDS": feeds, "NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    with sqlite3.connect(tmp_path / "m.sqlite") as base:
        base.execute("UPDATE article SET due = due - 4000, first = first - 4000")
    paper.answers[path].status = 410
    crawled = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert reason_of(crawled, path)[0] == "Removed", crawled.log[-2000:]
    assert "trained" in names_in(tmp_path / "all.jsonl") and "trained" not in names_in(tmp_path / "train.jsonl")
    assert crawled.stats["newscrawl/left_out/train"] == 1


# -- the parts, alone ---------------------------------------------------------------------------


def test_the_filters_take_articles_and_records_of_earlier_runs():
    article = Article("https://a.example/x", headline="x", rights=Rights(robots=("noai", "noarchive")))
    for item in (article, record(article)):
        assert not ForTraining({}).accepts(item) and not ForArchive({}).accepts(item) and ForSearch({}).accepts(item)
    for purpose, is_wanted in (
        (ForTraining, False),
        (ForSearch, True),
        (ItemFilter, True),
    ):  # what an earlier run owes to an output
        assert is_wanted_by(SimpleNamespace(filter=purpose({})), record(article)) is is_wanted
    for item in (Article("https://a.example/y"), {"any": "item"}, {"rights": None}, object()):
        assert ForTraining({}).accepts(item)
    assert not ForTraining({"item_classes": [dict]}).accepts(Article("https://a.example/y"))


def test_the_pipeline_works_in_any_project():
    shut = Article("https://a.example/x", rights=Rights(robots=("noindex", "noai")))
    with pytest.raises(ReasonedDrop) as dropped:
        RightsPipeline().process_item(shut)
    assert dropped.value.reason == "NoIndex"
    assert RightsPipeline(honours=False).process_item(shut) is shut
    notice = replace(shut, revision=Revision(2, None, (), "removed", shut.url))
    assert RightsPipeline().process_item(notice) is notice
    with pytest.raises(ReasonedDrop) as dropped:
        RightsPipeline(False, ("train",)).process_item(shut)
    assert dropped.value.reason == "Reserved"
    assert RightsPipeline().process_item({"a": 1}) == {"a": 1}
