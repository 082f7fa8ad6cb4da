"""One download slot for all the names of a host: http and https, www., m., amp. and the like are one server, whose delay and concurrency are counted once.

Scrapy's own downloader keeps a slot for each host name, leaves a redirected request in the slot of the host that it came from, and sends more at once
than a slot has room for where several requests come in one turn of the event loop and there is no delay.
"""

from __future__ import annotations

from collections.abc import Coroutine
from functools import lru_cache
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from newscrawl.discover.address import same_host_key


class HostKey(str):
    """The key of a slot that follows from the request's address, to be told from one that a project sets in `Request.meta["download_slot"]`."""

    __slots__ = ()


@lru_cache(maxsize=16384)
def host_key(host: str) -> HostKey:
    """The key of a host name's slot."""
    return HostKey(same_host_key(host))


class HostDownloader(Downloader):
    """Scrapy's downloader with slots by `host_key`. `DOWNLOAD_SLOTS` may name any of a host's names; `meta["download_slot"]` holds as ever."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.per_slot_settings = {
            **{host_key(name): values for name, values in self.per_slot_settings.items()},
            **self.per_slot_settings,
        }

    def get_slot_key(self, request: Request) -> str:
        """The key of a request's slot."""
        given = request.meta.get(self.DOWNLOAD_SLOT)
        if given is not None and type(given) is not HostKey:
            return str(given)
        if self.ip_concurrency:
            return super().get_slot_key(request)
        return host_key(urlparse_cached(request).hostname or "")

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        # what is taken out of the queue counts at once: where it counts only when its task begins, a burst goes out together
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)


class MinimumDelays:
    """Hosts that want a delay of their own: no shorter one and one request at a time, whatever AutoThrottle makes of it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._least: dict[str, float] = {}

    def set(self, url: str, seconds: float) -> None:
        """The host of this address wants so many seconds between two requests. The longest that was ever set holds."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(Request(url))
        if (
            not self._least
        ):  # connected after AutoThrottle, so that this comes last; and not at all where no host wants it
            self._crawler.signals.connect(self._downloaded, signal=signals.response_downloaded)
        own = downloader.per_slot_settings.get(key, {})
        least = max(
            seconds,
            self._least.get(key, 0.0),
            float(own.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY"))),
        )
        self._least[key] = least
        downloader.per_slot_settings[key] = {**own, "delay": least, "concurrency": 1, "jitter": 0.0}
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay, slot.concurrency, slot.jitter = max(least, slot.delay), 1, 0.0

    def _downloaded(self, request: Request) -> None:
        assert self._crawler.engine is not None
        key = request.meta.get("download_slot", "")
        least, slot = self._least.get(key), self._crawler.engine.downloader.slots.get(key)
        if least is not None and slot is not None and slot.delay < least:
            slot.delay = least
