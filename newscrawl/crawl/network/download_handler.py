"""The download handler for http and https: Scrapy's own, with newscrawl's limits.

Connects to public addresses only (`newscrawl.crawl.network.public_pool`), bounds the heads of responses
(`newscrawl.crawl.network.connection_limits`), and abandons downloads once a crawl that is told to stop has waited long
enough for them (`newscrawl.crawl.job.shutdown` decides when).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.bytes_in_flight import bytes_in_flight_of
from newscrawl.crawl.network.connection_limits import BoundedFactory, TlsPolicy
from newscrawl.crawl.network.public_pool import PublicPool
from newscrawl.crawl.nouns.shared import shared


class ShutdownDeadline(asyncio.Event):
    """Set when a crawl no longer waits for its downloads; one a crawl (`newscrawl.crawl.nouns.shared`)."""


def stopped() -> ReasonedIgnore:
    """The exception for a request that a stopping crawl does not finish."""
    return ReasonedIgnore("Stopped", "the crawl was told to stop")


class NewsDownloadHandler(HTTP11DownloadHandler):
    """See the module's docstring.

    `NEWSCRAWL_ALLOW_PRIVATE` lets it connect to any address; `NEWSCRAWL_TLS_EXCEPTIONS` names hosts whose certificates
    are not verified.
    """

    _deadline: asyncio.Task[bool] | None = None

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if not crawler.settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"):
            from twisted.internet import reactor  # imported late: Scrapy installs the reactor that its settings name

            pool = PublicPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
            pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
            self._pool = pool
        self._pool._factory = partial(BoundedFactory, bytes_in_flight_of(crawler))  # type: ignore[assignment]
        exceptions = crawler.settings.getlist("NEWSCRAWL_TLS_EXCEPTIONS")
        if exceptions:
            self._contextFactory: Any = TlsPolicy(self._contextFactory, exceptions)

    async def download_request(self, request: Request) -> Response:
        """Download; raises ReasonedIgnore with the reason `Stopped` at the deadline of a shutdown."""
        return await self.until_deadline(super().download_request(request))

    async def until_deadline(self, work: Awaitable[Response]) -> Response:
        """The result of `work`; raises ReasonedIgnore with the reason `Stopped` at the deadline of a shutdown."""
        if self._deadline is None:
            self._deadline = asyncio.ensure_future(shared(self._crawler, ShutdownDeadline).wait())
        task = asyncio.ensure_future(work)
        await asyncio.wait({task, self._deadline}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            raise stopped()
        return task.result()

    async def close(self) -> None:
        """Close the connections."""
        if self._deadline is not None:
            self._deadline.cancel()
        await super().close()
