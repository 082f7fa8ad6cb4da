"""Crawls for which a person asks for some articles only: sections, addresses, dates, languages, words, single pages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.newspaper.serve import serve
from tests.support.crawling import Crawled, crawl, paths
from tests.support.custom_paper import Paper, reason_of, serve_paper


def recorded(crawled: Crawled, paper: Paper) -> set[str]:
    return set(paths(crawled, paper.base))


def nested_paper(paper: Paper) -> tuple[list[str], str]:
    """Articles of a section that stand below its path; returns them and one of another section."""
    stories = []
    for name in ("first", "second", "third"):
        path = f"/politics{paper.story(name)}"
        paper.answers[path] = paper.answers.pop(path.removeprefix("/politics"))
        stories.append(path)
    other = paper.story("sport")
    paper.listing("/", [*stories[:1], other], head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
    paper.listing("/politics/", [stories[0], stories[1], other])
    entries = "".join(f"<url><loc>{paper.base}{path}</loc></url>" for path in [*stories, other])
    paper.file("/sitemap.xml", f"<urlset>{entries}</urlset>", "application/xml")
    return stories, other


def test_a_site_with_a_path_is_that_section(tmp_path: Path) -> None:
    with serve_paper() as paper:
        stories, other = nested_paper(paper)
        crawled = crawl(tmp_path, f"{paper.base}/politics/")
        assert crawled.status == 0
        assert recorded(crawled, paper) == set(stories), "also the one that only the sitemap names"
        assert reason_of(crawled, other)[0] == "NotWanted"
        assert other not in paper.asked
        assert {record["metadata"]["site"] for record in crawled.records} == {f"{paper.base}/politics/"}


def test_where_articles_stand_elsewhere_the_lists_of_the_section_name_them(tmp_path: Path) -> None:
    with serve_paper() as paper:
        mine = [paper.story(name) for name in ("one", "two", "three", "four")]
        other = paper.story("sport")
        paper.listing("/", [mine[0], other])
        paper.listing("/politics/", mine[:2], head='<link rel="next" href="/politics/page/2/">')
        paper.listing("/politics/page/2/", mine[2:])
        entries = "".join(f"<url><loc>{paper.base}{path}</loc></url>" for path in [other])
        paper.file("/sitemap.xml", f"<urlset>{entries}</urlset>", "application/xml")
        crawled = crawl(tmp_path, f"{paper.base}/politics/")
        assert recorded(crawled, paper) == set(mine)
        assert other not in paper.asked and "/sitemap.xml" not in paper.asked


def test_addresses_are_included_and_excluded(tmp_path: Path) -> None:
    with serve_paper() as paper:
        stories = {name: paper.story(name) for name in ("harbour", "market", "harbour-live")}
        paper.listing("/", list(stories.values()))
        crawled = crawl(tmp_path, paper.base, include="harbour", exclude="-live-")
        assert recorded(crawled, paper) == {stories["harbour"]}
        assert reason_of(crawled, stories["market"]) == ("NotWanted", "no pattern of `include` is in its URL")
        assert "-live-" in reason_of(crawled, stories["harbour-live"])[1]
        assert stories["market"] not in paper.asked


def test_dates_languages_and_words(tmp_path: Path) -> None:
    with serve() as served:
        late = crawl(tmp_path, served.address, until="2024-11-15")
        assert late.reasons("TooNew") and all(r["datePublished"] < "2024-11-16" for r in late.records)
        german = crawl(tmp_path, served.address, languages="de")
        assert german.records and {record["inLanguage"] for record in german.records} == {"de"}
        assert german.reasons("OtherLanguage")
        ferries = crawl(tmp_path, served.address, match="ferry, trams")
        assert 1 <= len(ferries.records) < 6 and ferries.reasons("NoMatch")
        assert all("ferry" in str(r).lower() or "trams" in str(r).lower() for r in ferries.records)


def test_a_feed_that_dates_an_article_too_late_saves_the_request(tmp_path: Path) -> None:
    with serve_paper() as paper:
        old, new = paper.story("old"), paper.story("new")
        dates = {old: "Fri, 20 Nov 2026 08:00:00 GMT", new: "Mon, 23 Nov 2026 08:00:00 GMT"}
        items = "".join(
            f"<item><link>{paper.base}{path}</link><pubDate>{date}</pubDate></item>" for path, date in dates.items()
        )
        paper.file("/rss.xml", f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml")
        paper.listing("/", [], head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
        crawled = crawl(tmp_path, paper.base, until="2026-11-21")
        assert recorded(crawled, paper) == {old} and new not in paper.asked
        assert reason_of(crawled, new) == ("NotWanted", "published after `until`")


def test_exactly_the_pages_that_are_named(tmp_path: Path) -> None:
    with serve_paper() as paper:
        stories = [paper.story(name) for name in ("a", "b", "c")]
        paper.answers[stories[0]].text += f'<a href="{stories[2]}">The story c of the town, in many words</a>'
        paper.listing("/", stories)
        paper.file("/robots.txt", "User-agent: *\nDisallow: /private/\n")
        paper.listing("/list/", stories)
        named = [stories[0], stories[1], "/missing/", "/private/x", "/list/", stories[0]]
        file = tmp_path / "urls.txt"
        file.write_text("# ours\n" + "\n".join(paper.base + path for path in named), encoding="utf-8")
        crawled = crawl(tmp_path, None, urls=str(file))
        assert recorded(crawled, paper) == set(stories[:2])
        outcomes = {entry["url"].removeprefix(paper.base): entry["reason"] for entry in crawled.entries}
        assert outcomes == {
            stories[0]: "Recorded",
            stories[1]: "Recorded",
            "/missing/": "HttpStatus",
            "/private/x": "RobotsForbidden",
            "/list/": outcomes["/list/"],
        }
        assert outcomes["/list/"] in ("SectionPage", "OtherPage")
        assert stories[2] not in paper.asked and "/" not in paper.asked
        assert {r["metadata"]["discovery"]["channel"] for r in crawled.records} == {"urls"}


def test_a_named_page_may_lead_to_another_site_and_need_not_look_like_an_article(tmp_path: Path) -> None:
    with serve_paper() as paper:
        story = paper.story("moved")
        paper.answers["/tag/x"] = paper.answers[story]
        paper.file("/go", "", status=302)
        paper.answers["/go"].headers = [("Location", paper.base.replace("127.0.0.1", "localhost") + story)]
        crawled = crawl(tmp_path, None, urls=f"{paper.base}/go,{paper.base}/tag/x")
        assert len(crawled.records) + len(crawled.reasons("Duplicate")) == 2
        assert crawled.records, crawled.log


def test_a_page_that_is_no_article_is_recorded_where_that_is_asked_for(tmp_path: Path) -> None:
    with serve_paper() as paper:
        paper.listing("/list/", [paper.story(name) for name in "abcdefgh"])
        crawled = crawl(tmp_path, None, urls=f"{paper.base}/list/", settings={"NEWSCRAWL_FORCE": "1"})
        assert [record["metadata"]["refused"] for record in crawled.records] == [crawled.records[0]["articleType"]]


def test_a_second_run_fetches_again_only_what_the_new_wishes_may_want(tmp_path: Path) -> None:
    with serve_paper() as paper:
        stories = [paper.story(name) for name in ("harbour", "market")]
        paper.listing("/", stories)
        memory = {"NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite"), "NEWSCRAWL_REVISIT": ""}
        first = crawl(tmp_path, paper.base, settings=memory, match="harbour story")
        assert recorded(first, paper) == {stories[0]} and len(first.reasons("NoMatch")) == 1
        before = paper.asked.count(stories[1])
        assert crawl(tmp_path, paper.base, settings=memory, match="harbour story").records == []
        assert paper.asked.count(stories[1]) == before, "it was looked at, and has no such word"
        with sqlite3.connect(tmp_path / "m.sqlite") as base:  # the next run is not in the same second
            base.execute("UPDATE listing SET asked = asked - 1")
        last = crawl(tmp_path, paper.base, settings=memory, match="market story")
        assert recorded(last, paper) == {stories[1]}
