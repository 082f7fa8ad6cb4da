"""Crawl traps: URL patterns without articles, indexes of missing sitemaps, endless URLs, and the bounds of a site."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from newscrawl.article import Link
from newscrawl.crawl.discovery.crawl_traps import CrawlTraps, TrapLimits, endless_growth, pattern_of
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind


def visit(url: str, depth: int = 1, kind: VisitKind = VisitKind.ARTICLE) -> Visit:
    return Visit("s", Link(url), kind, datetime.now(timezone.utc), depth=depth)


def child_sitemap(number: int, index: str = "index.xml") -> Visit:
    link = Link(f"https://a.example/map-{number}.xml", found_on=f"https://a.example/{index}")
    return Visit("s", link, VisitKind.SITEMAP, datetime.now(timezone.utc))


def test_an_unproductive_pattern_is_skipped_and_tried_at_growing_intervals() -> None:
    traps = CrawlTraps(TrapLimits(unproductive=8))
    for number in range(8):
        one = visit(f"https://a.example/maze/some-story-of-the-day-{number}")
        assert traps.why_not(one) is None
        traps.settled(one, LedgerEntry(one.url, "s", reason="SoftNotFound"))
    others = [visit(f"https://a.example/maze/other-story-of-the-day-{number}") for number in range(200)]
    tried = [number for number in range(1, 200) if traps.why_not(others[number]) is None]
    assert tried == [8, 16, 32, 64, 128]
    news = visit("https://a.example/news/other-story-of-the-day-1")
    assert traps.why_not(news) is None, "another pattern is not skipped"
    listed = visit("https://a.example/maze/other-story-of-the-day-1", depth=0)
    assert traps.why_not(listed) is None, "URLs in listings may be unproductive for longer"
    good = visit("https://a.example/maze/a-good-story-of-the-day-1")
    traps.settled(good, LedgerEntry(good.url, "s", reason="Recorded"))
    assert traps.why_not(others[2]) is None


def test_an_index_of_missing_sitemaps_is_left() -> None:
    traps = CrawlTraps(TrapLimits(unproductive=32))
    requested = []
    for number in range(200):
        if traps.why_not(one := child_sitemap(number)) is None:
            requested.append(number)
            traps.settled(one, LedgerEntry(one.url, "s", reason="HttpStatus", status=404))
    assert len(requested) < 20 and requested[:8] == list(range(8))
    assert traps.why_not(child_sitemap(1, "other.xml")) is None, "another index is not left"
    traps.sitemap_read(one, 3, 0)
    assert traps.why_not(child_sitemap(201)) is None, "a sitemap that names articles opens the index again"


@pytest.mark.parametrize("reason", ["TooOld", "NeedsBrowser", "Challenge", "TimedOut", "NoIndex"])
def test_reasons_that_say_nothing_about_a_pattern_are_not_counted(reason: str) -> None:
    traps = CrawlTraps(TrapLimits(unproductive=2))
    for number in range(9):
        one = visit(f"https://a.example/news/some-story-of-the-day-{number}")
        assert traps.why_not(one) is None
        traps.settled(one, LedgerEntry(one.url, "s", reason=reason))


def test_depth_and_number_of_pages_are_bounded() -> None:
    traps = CrawlTraps(TrapLimits(pages=5, unlisted=2, depth=3))
    deep = visit("https://a.example/x", depth=4)
    assert traps.why_not(deep) == ("CrawlTrap", "4 pages away from any list")
    unlisted = [traps.why_not(visit(f"https://a.example/{n}")) for n in range(3)]
    assert unlisted[2] is not None
    listed = [traps.why_not(visit(f"https://a.example/{n}", depth=0)) for n in range(4)]
    assert [why is None for why in listed] == [True, True, True, False]
    assert traps.why_not(visit("https://a.example/", 0, VisitKind.FRONT_PAGE)) is None


def test_the_pattern_of_a_url() -> None:
    dated = pattern_of("https://a.example/2026/11/28/a-story-of-the-day/")
    assert dated == pattern_of("https://b.example/2025/1/2/an-other-one-here") == "#/#/#/*"
    assert pattern_of("https://a.example/sport/x1?b=2&a=1") == "sport/x?a&b"
    assert pattern_of("https://a.example/town/x1?b=2&a=1") != "sport/x?a&b"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/a/b/a/b/a/b",
        "https://a.example/" + "x/" * 20,
        "https://a.example/?q=" + "y" * 2000,
        "https://a.example/news/news/news/",
    ],
)
def test_a_url_that_grows_without_end_is_recognised(url: str) -> None:
    assert endless_growth(url)


@pytest.mark.parametrize(
    "url",
    ["https://a.example/2026/11/11/11/a-story", "https://a.example/news/2026/news-of-the-day", "https://a.example/"],
)
def test_an_ordinary_url_does_not_grow_without_end(url: str) -> None:
    assert endless_growth(url) is None
