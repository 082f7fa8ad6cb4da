"""The spider middleware that enters the start URLs of other spiders into the ledger, where failed ones count as sites.

The news spider tells the ledger itself what becomes of its requests. Of a project's own spiders the ledger hears only
through items; without this, a run whose start URLs are gone, forbidden or private would look like one with nothing new.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.python.failure import Failure

from newscrawl.article import Link
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.nouns.visit import entry_of, visit_of
from newscrawl.urls import split


class StartRequestsMiddleware:
    """Watches the start requests of a crawl that are not visits."""

    def __init__(self, crawler: Crawler) -> None:
        self._ledger = ledger_of(crawler)
        self._started: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StartRequestsMiddleware:
        """Build, unless requests must be serialised (`JOBDIR`): the errback that is added here cannot be."""
        if crawler.settings.get("JOBDIR"):
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware._closed, signal=signals.spider_closed)
        return middleware

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The same requests and items, the requests watched."""
        async for one in start:
            yield self._watched(one) if isinstance(one, Request) and visit_of(one) is None else one

    def _watched(self, request: Request) -> Request:
        site = split(request.url).hostname or request.url
        self._started[request.url] = site
        self._ledger.discover(site, Link(request.url, source="seed"))
        return request.replace(errback=partial(self._failed, request.url, request.errback))

    def _failed(self, url: str, errback: Callable[[Failure], Any] | None, failure: Failure) -> Any:
        assert failure.value is not None
        reason, status, detail = reason_of(failure.value)
        self._ledger.settle(entry_of(self._started[url], Link(url, source="seed"), reason, status, detail))
        if errback is None:
            raise failure.value
        return errback(failure)

    def _closed(self, spider: Spider, reason: str) -> None:
        """What has neither failed nor given an item was read for its links, or not requested before the crawl ended."""
        outcome = "Listing" if reason == "finished" else "Stopped"
        for url, site in self._started.items():
            self._ledger.settle(entry_of(site, Link(url, source="seed"), outcome))
