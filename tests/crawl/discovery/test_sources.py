"""Crawls of sites with few sources, or whose seed is not the site's own URL."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.newspaper.serve import newest_paths, serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl, paths
from tests.support.made_site import article_page, html_page, links_to

ALL = 20


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        (frozenset({"front page", "sections"}), ALL),
        (frozenset({"sitemap", "robots"}), ALL),
        (frozenset({"feed"}), 12),  # as many as the two feeds name
        (frozenset({"front page"}), 7),
    ],
    ids=["sections", "sitemap", "feed", "front page"],
)
def test_one_source_is_enough(tmp_path: Path, sources: frozenset[str], wanted: int) -> None:
    with serve(sources) as served:
        crawled = crawl(tmp_path, served.address)
        found = paths(crawled, served.address)
        assert crawled.status == 0
        assert len(found) == len(set(found))
        assert set(found) >= newest_paths(served, wanted)  # articles link to further ones
        assert set(found) <= set(served.newspaper.by_path)
        assert len(served.paths) == len(set(served.paths))
        assert not crawled.reasons("SpiderError")


def test_a_sitemap_at_a_usual_place_is_found(tmp_path: Path) -> None:
    no_feed = {"/feed": Answer(type="application/json", body=b'{"error": 404}')}
    with serve(frozenset({"sitemap"}), change=no_feed.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert "/feed" in served.paths and "/rss.xml" in served.paths, (
            "the next usual place is tried when there is no feed"
        )
        assert "Traceback" not in crawled.log
        assert set(paths(crawled, served.address)) == set(served.newspaper.by_path)
        assert "/sitemap_index.xml" in served.paths
        assert served.address + "/sitemap.xml" not in {entry["url"] for entry in crawled.entries}, "no source named it"


def test_the_other_sources_are_read_when_the_front_page_fails(tmp_path: Path) -> None:
    with serve(change=lambda path: Answer(500) if path == "/" else None) as served:
        crawled = crawl(tmp_path, served.address)
        assert crawled.status == 4
        assert set(paths(crawled, served.address)) == set(served.newspaper.by_path)
        assert crawled.reasons("HttpStatus") == [served.address + "/"]


def test_the_host_to_which_the_seed_redirects_belongs_to_the_site(tmp_path: Path) -> None:
    with (
        serve() as served,
        serve(frozenset(), change=lambda path: Answer(301, headers={"Location": served.address + "/"})) as old,
    ):
        crawled = crawl(tmp_path, old.address)
        assert set(paths(crawled, served.address)) == set(served.newspaper.by_path)


def test_a_seed_without_a_scheme_is_requested_by_http_when_https_fails(tmp_path: Path) -> None:
    with serve() as served:
        host = served.address.removeprefix("http://")
        crawled = crawl(tmp_path, host, program=HTTPS_FIRST)
        assert crawled.status == 0, crawled.log
        assert set(paths(crawled, served.address)) == set(served.newspaper.by_path)
        first = next(entry for entry in crawled.entries if entry["url"] == f"https://{host}/")
        assert first["reason"] in ("TlsFailed", "ConnectionFailed")


#: Scrapy, with https tried first on loopback too.
HTTPS_FIRST = """
import newscrawl.crawl.arguments as arguments
arguments.parse_site = lambda text: f"https://{text}/"
from scrapy.cmdline import execute
execute()
"""


def test_the_sitemaps_of_a_robots_txt_that_is_not_obeyed_are_read(tmp_path: Path) -> None:
    with serve(frozenset({"robots", "sitemap"})) as served:
        crawled = crawl(tmp_path, served.address, settings={"ROBOTSTXT_OBEY": "0"})
        assert set(paths(crawled, served.address)) >= set(served.newspaper.by_path)
        assert served.paths.count("/robots.txt") == 1


def test_two_seeds_of_one_site_share_its_articles(tmp_path: Path) -> None:
    with serve() as served, serve(frozenset({"feed"})) as other:
        section = served.address.removeprefix("http://") + "/section/news/"
        crawled = crawl(tmp_path, f"{section},{served.address},{other.address}")
        assert crawled.status == 0
        found = [path for path in paths(crawled, served.address) if path.startswith("/")]
        assert sorted(found) == sorted(served.newspaper.by_path)
        assert len(crawled.entries) == crawled.discovered
        assert max(Counter(served.paths).values()) == 1
        assert {entry["site"] for entry in crawled.entries} == {section, served.address, other.address}


def test_a_large_site_does_not_delay_a_small_one(tmp_path: Path) -> None:
    def site(count: int):
        stories = [f"/posts/story-of-the-{number}th-hour-{number}/" for number in range(count)]

        def change(path: str) -> Answer | None:
            if path in stories:
                return article_page(path)
            return html_page(f"<main>{links_to(stories)}</main>") if path == "/" else None

        return change

    with serve(frozenset(), change=site(150)) as large, serve(frozenset(), change=site(10)) as small:
        crawled = crawl(tmp_path, f"{large.address},{small.address}")
        is_small = [record["url"].startswith(small.address) for record in crawled.records]
        assert is_small.count(True) == 10 and is_small.count(False) == 150
        last = max(place for place, small_one in enumerate(is_small) if small_one)
        assert last < 60, "the small site waited for the large one"


#: URLs of articles that name no story, as a front page of many systems links to them.
NUMBERED = ["/?123", "/index.php?/news/12", "/?q=node/1", "/archives/123", "/2020/02/06/1859/", "/?p=12"]


@pytest.mark.parametrize("is_frameset", [False, True], ids=["front page", "frameset"])
def test_articles_without_a_slug_are_found(tmp_path: Path, is_frameset: bool) -> None:
    listing = html_page(links_to(NUMBERED) + '<a href="{{url}}">A story that a script should fill in</a>')
    frames = b'<html><frameset cols="30%,70%"><frame src="menu.html"><frame src="/main.html"></frameset></html>'
    answers = {path: article_page(path) for path in NUMBERED}
    answers |= {"/": Answer(body=frames), "/main.html": listing, "/menu.html": html_page("<a href='/'>Home</a>")}
    if not is_frameset:
        answers["/"] = listing
    with serve(frozenset(), change=answers.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert sorted(paths(crawled, served.address)) == sorted(NUMBERED)
        assert not [path for path in served.paths if "{" in path or "%7B" in path]
