"""Sites with a trap that has no end: the crawl ends, and all good articles are there."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from newscrawl.article import Link
from newscrawl.crawl.discovery.crawl_traps import CrawlTraps, TrapLimits, endless_growth, pattern_of
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from tests.support.crawling import crawl
from tests.support.living_site import serve_living
from tests.support.trapped_site import TRAPS, TrappedSite


@pytest.mark.parametrize(
    "traps",
    [("calendar", "facets", "pagination", "growing", "loop"), ("sessions", "maze", "mirrors"), ("garden",), TRAPS],
    ids="+".join,
)
def test_a_site_with_traps_still_gives_its_articles(traps: tuple[str, ...], tmp_path: Path) -> None:
    site = TrappedSite.of(40, traps=traps)
    with serve_living(site):
        done = crawl(
            tmp_path, site.base, settings={"NEWSCRAWL_MAX_UNPRODUCTIVE": "10", "NEWSCRAWL_MAX_UNLISTED_ARTICLES": "60"}
        )
    got = {record["metadata"]["requestedUrl"] for record in done.records}
    assert {site.base + story.path for story in site.stories} <= got and done.status == 0
    assert site.trapped <= 150 * (1 + len(traps) // 4)
    assert done.reasons("CrawlTrap") or not {"sessions", "maze", "mirrors"}.intersection(traps)
    assert done.reasons("OverBudget") or traps != ("garden",)


def test_three_hundred_good_articles_and_a_maze(tmp_path: Path) -> None:
    site = TrappedSite.of(300, traps=("wild maze",))
    with serve_living(site):
        done = crawl(tmp_path, site.base, settings={"NEWSCRAWL_MAX_UNPRODUCTIVE": "12"})
    assert {record["metadata"]["requestedUrl"] for record in done.records} == {
        site.base + story.path for story in site.stories
    }
    assert site.trapped < 300


def visit(url: str, depth: int = 1, kind: VisitKind = VisitKind.ARTICLE) -> Visit:
    return Visit("s", Link(url), kind, datetime.now(timezone.utc), depth=depth)


def test_what_brings_nothing_is_left_out_and_tried_at_growing_distances() -> None:
    traps = CrawlTraps(TrapLimits(unproductive=8))
    for number in range(8):
        one = visit(f"https://a.example/maze/some-story-of-the-day-{number}")
        assert traps.why_not(one) is None
        traps.settled(one, LedgerEntry(one.url, "s", reason="SoftNotFound"))
    tried = [
        number
        for number in range(1, 200)
        if traps.why_not(visit(f"https://a.example/maze/other-story-of-the-day-{number}")) is None
    ]
    assert tried == [8, 16, 32, 64, 128]
    assert traps.why_not(visit("https://a.example/news/other-story-of-the-day-1")) is None, (
        "another pattern is not closed"
    )
    assert traps.why_not(visit("https://a.example/maze/other-story-of-the-day-1", depth=0)) is None, (
        "what a list names has more patience"
    )
    good = visit("https://a.example/maze/a-good-story-of-the-day-1")
    traps.settled(good, LedgerEntry(good.url, "s", reason="Recorded"))
    assert traps.why_not(visit("https://a.example/maze/other-story-of-the-day-2")) is None


def test_an_index_of_sitemaps_that_are_gone_is_left() -> None:
    traps = CrawlTraps(TrapLimits(unproductive=32))

    def child(number: int, index: str = "index.xml") -> Visit:
        return Visit(
            "s",
            Link(f"https://a.example/map-{number}.xml", found_on=f"https://a.example/{index}"),
            VisitKind.SITEMAP,
            datetime.now(timezone.utc),
        )

    asked = []
    for number in range(200):
        if traps.why_not(one := child(number)) is None:
            asked.append(number)
            traps.settled(one, LedgerEntry(one.url, "s", reason="HttpStatus", status=404))
    assert len(asked) < 20 and asked[:8] == list(range(8))
    traps.sitemap_read(one, 3, 0)
    assert traps.why_not(child(201)) is None, "one that is there opens it again"


@pytest.mark.parametrize("reason", ["TooOld", "NeedsBrowser", "Challenge", "TimedOut", "NoIndex"])
def test_what_says_nothing_against_an_address_is_not_counted(reason: str) -> None:
    traps = CrawlTraps(TrapLimits(unproductive=2))
    for number in range(9):
        one = visit(f"https://a.example/news/some-story-of-the-day-{number}")
        assert traps.why_not(one) is None
        traps.settled(one, LedgerEntry(one.url, "s", reason=reason))


def test_bounds_of_a_site() -> None:
    traps = CrawlTraps(TrapLimits(pages=5, unlisted=2, depth=3))
    assert traps.why_not(visit("https://a.example/x", depth=4)) == ("CrawlTrap", "4 pages away from any list")
    assert [traps.why_not(visit(f"https://a.example/{n}")) for n in range(3)][2] is not None
    assert [traps.why_not(visit(f"https://a.example/{n}", depth=0)) is None for n in range(4)] == [
        True,
        True,
        True,
        False,
    ]
    assert traps.why_not(visit("https://a.example/", 0, VisitKind.FRONT_PAGE)) is None


def test_patterns() -> None:
    assert (
        pattern_of("https://a.example/2026/11/28/a-story-of-the-day/")
        == pattern_of("https://b.example/2025/1/2/an-other-one-here")
        == "#/#/#/*"
    )
    assert (
        pattern_of("https://a.example/sport/x1?b=2&a=1")
        == "sport/x?a&b"
        != pattern_of("https://a.example/town/x1?b=2&a=1")
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/a/b/a/b/a/b",
        "https://a.example/" + "x/" * 20,
        "https://a.example/?q=" + "y" * 2000,
        "https://a.example/news/news/news/",
    ],
)
def test_addresses_without_end(url: str) -> None:
    assert endless_growth(url)


@pytest.mark.parametrize(
    "url",
    ["https://a.example/2026/11/11/11/a-story", "https://a.example/news/2026/news-of-the-day", "https://a.example/"],
)
def test_addresses_with_an_end(url: str) -> None:
    assert endless_growth(url) is None
