"""A crawl that is told to stop ends soon: downloads get a few seconds more, and what waits is left for the next run.

Scrapy alone waits for every request that it has handed to the downloader, however slow its server and however long its
queue. `NEWSCRAWL_STOP_SECONDS`: how long downloads may go on. `newscrawl.crawl.network.download_handler` abandons what
is left then.
"""

from __future__ import annotations

import asyncio

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.crawl.network.download_handler import ShutdownDeadline, stopped
from newscrawl.crawl.nouns.shared import shared

#: Seconds between two looks.
_INTERVAL = 0.2


class ShutdownTimer:
    """The extension that empties the queues of a stopping crawl, and sets its deadline."""

    def __init__(self, crawler: Crawler, seconds: float) -> None:
        self._crawler = crawler
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ShutdownTimer:
        """Build for a crawl."""
        timer = cls(crawler, crawler.settings.getfloat("NEWSCRAWL_STOP_SECONDS"))
        crawler.signals.connect(timer._opened, signal=signals.spider_opened)
        crawler.signals.connect(timer._ended, signal=signals.engine_stopped)
        return timer

    def _opened(self, spider: Spider) -> None:
        self._task = asyncio.ensure_future(self._watch())

    def _ended(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while self._crawler.crawling:
            await asyncio.sleep(_INTERVAL)
        loop = asyncio.get_running_loop()
        end = loop.time() + self._seconds
        while True:
            self._empty_queues()
            if loop.time() >= end:
                shared(self._crawler, ShutdownDeadline).set()
            await asyncio.sleep(_INTERVAL)

    def _empty_queues(self) -> None:
        """End the requests that still wait for their turn at a host."""
        engine = self._crawler.engine
        for slot in list(engine.downloader.slots.values()) if engine is not None else []:
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(Failure(stopped()))  # type: ignore[no-untyped-call]
