"""A crawl that is told to stop does so soon: what is under way gets some seconds, and what has not begun is left for the next run.

Scrapy alone waits for every request that it has handed to the downloader, however slow its server and however long its queue.
`NEWSCRAWL_STOP_SECONDS`: what a request that is under way is given. `StoppableHandler` is Scrapy's own handler for http and https, which lets go of a
request when the time is over, connects to public addresses only (`newscrawl.crawl.reach`), and bounds the heads of answers (`newscrawl.crawl.wire`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.failures import Refused
from newscrawl.crawl.load import load_of
from newscrawl.crawl.reach import PublicPool
from newscrawl.crawl.wire import BoundedFactory, TlsPolicy

#: Seconds between two looks.
_INTERVAL = 0.2


def _stopped() -> Refused:
    return Refused("Stopped", "the crawl was told to stop")


class Stopper:
    """Sees to it that a crawl which is closing comes to its end. is_over: set when nothing is waited for any more."""

    def __init__(self, crawler: Crawler, seconds: float) -> None:
        self._crawler = crawler
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None
        self.is_over = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Stopper:
        """Build for a crawl."""
        stopper = cls(crawler, crawler.settings.getfloat("NEWSCRAWL_STOP_SECONDS"))
        crawler.signals.connect(stopper._opened, signal=signals.spider_opened)
        crawler.signals.connect(stopper._ended, signal=signals.engine_stopped)
        return stopper

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
                self.is_over.set()
            await asyncio.sleep(_INTERVAL)

    def _empty_queues(self) -> None:
        """Requests that wait for their turn at a host do not get it any more."""
        engine = self._crawler.engine
        for slot in list(engine.downloader.slots.values()) if engine is not None else []:
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(Failure(_stopped()))  # type: ignore[no-untyped-call]


class StoppableHandler(HTTP11DownloadHandler):
    """Scrapy's handler; a request that is under way when the time is over is let go of.

    `NEWSCRAWL_ALLOW_PRIVATE` lets it connect to any address, `NEWSCRAWL_TLS_EXCEPTIONS` names hosts whose certificates are not verified.
    """

    _over: asyncio.Task[bool] | None = None

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if not crawler.settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"):
            from twisted.internet import reactor  # not before Scrapy has installed the one that its settings ask for

            pool = PublicPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
            pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
            self._pool = pool
        self._pool._factory = partial(BoundedFactory, load_of(crawler))  # type: ignore[assignment]
        exceptions = crawler.settings.getlist("NEWSCRAWL_TLS_EXCEPTIONS")
        if exceptions:
            self._contextFactory: Any = TlsPolicy(self._contextFactory, exceptions)

    async def download_request(self, request: Request) -> Response:
        """Download, or raise `Refused` with the reason `Stopped`."""
        return await self.or_stopped(super().download_request(request))

    async def or_stopped(self, work: Awaitable[Response]) -> Response:
        """What `work` gives, or `Refused` with the reason `Stopped`."""
        stopper = self._crawler.get_extension(Stopper)
        if stopper is None:
            return await work
        if self._over is None:
            self._over = asyncio.ensure_future(stopper.is_over.wait())
        task = asyncio.ensure_future(work)
        await asyncio.wait({task, self._over}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            raise _stopped()
        return task.result()

    async def close(self) -> None:
        """Close the connections."""
        if self._over is not None:
            self._over.cancel()
        await super().close()
