"""Loads what reads pages while the first page is under way, a piece in each turn of the event loop.

Until a page is asked for, a crawl needs robots.txt, feeds and sitemaps only.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later

from newscrawl.crawl.nouns.visit import VisitKind, visit_of

_PAGES = frozenset({VisitKind.FRONT_PAGE, VisitKind.SECTION, VisitKind.ARTICLE})
_MODULES = ("numpy", "newscrawl.read", "newscrawl.read.selected", "newscrawl.check", "newscrawl.strip")


def load_early(crawler: Crawler) -> None:
    """Begin as soon as the first page is requested."""

    def begin(request: Request, spider: Spider) -> None:
        visit = visit_of(request)
        if visit is not None and visit.kind in _PAGES:
            crawler.signals.disconnect(begin, signal=signals.request_reached_downloader, weak=False)
            call_later(0, go_on, steps())

    def go_on(rest: Iterator[str]) -> None:
        if next(rest, None) is not None:
            call_later(0, go_on, rest)

    crawler.signals.connect(begin, signal=signals.request_reached_downloader, weak=False)


def steps() -> Iterator[str]:
    """Load one piece after the other; each is named when it is there."""
    for module in _MODULES:
        import_module(module)
        yield module
    from newscrawl.read.content import model
    from newscrawl.strip import RULES

    model()
    yield "model"
    for name in RULES:
        RULES[name]
        yield name
