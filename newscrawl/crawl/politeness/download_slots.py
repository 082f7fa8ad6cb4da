"""One download slot for all names of a host, with one delay and one limit for concurrent requests.

http and https, www., m., amp. and the like are names of one server. Scrapy's own downloader has a slot for each host
name and leaves a redirected request in the slot of the host that it came from. Without a delay it also sends more
requests at once than a slot allows, if several arrive in one turn of the event loop.
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
from newscrawl.sites import SiteOptions


class HostKey(str):
    """A slot key made from a request's URL, unlike one that a project sets in `Request.meta["download_slot"]`."""

    __slots__ = ()


@lru_cache(maxsize=16384)
def host_key(host: str) -> HostKey:
    """The slot key of a host name."""
    return HostKey(same_host_key(host))


class HostDownloader(Downloader):
    """Scrapy's downloader with slots by `host_key`.

    `DOWNLOAD_SLOTS` may use any name of a host; `meta["download_slot"]` works as in Scrapy.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.per_slot_settings = {
            **{host_key(name): values for name, values in self.per_slot_settings.items()},
            **self.per_slot_settings,
        }

    def get_slot_key(self, request: Request) -> str:
        """The slot key of a request."""
        given = request.meta.get(self.DOWNLOAD_SLOT)
        if given is not None and type(given) is not HostKey:
            return str(given)
        if self.ip_concurrency:
            return super().get_slot_key(request)
        return host_key(urlparse_cached(request).hostname or "")

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        # count the request now: Scrapy counts it only when its task begins, which lets a burst go out together
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)


def set_delay(crawler: Crawler, options: SiteOptions) -> None:
    """Give the hosts of a site's start URLs the delay that its options name; a robots.txt may still ask for more."""
    assert crawler.engine is not None
    downloader = crawler.engine.downloader
    for url in options.start if options.delay is not None else ():
        key = downloader.get_slot_key(Request(url))
        own = downloader.per_slot_settings.get(key, {})
        downloader.per_slot_settings[key] = {**own, "delay": options.delay}


class MinimumDelays:
    """Delays that hosts ask for: AutoThrottle gives them no shorter one, and they get one request at a time."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._minimum: dict[str, float] = {}

    def set(self, url: str, seconds: float) -> None:
        """The host of a URL asks for so many seconds between two requests. The longest delay that was set applies."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(Request(url))
        if not self._minimum:  # connect late, so that this runs after AutoThrottle, and not at all if no host asks
            self._crawler.signals.connect(self._downloaded, signal=signals.response_downloaded)
        own = downloader.per_slot_settings.get(key, {})
        configured = float(own.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")))
        minimum = self._minimum[key] = max(seconds, self._minimum.get(key, 0.0), configured)
        downloader.per_slot_settings[key] = {**own, "delay": minimum, "concurrency": 1, "jitter": 0.0}
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay, slot.concurrency, slot.jitter = max(minimum, slot.delay), 1, 0.0

    def _downloaded(self, request: Request) -> None:
        assert self._crawler.engine is not None
        key = request.meta.get("download_slot", "")
        minimum, slot = self._minimum.get(key), self._crawler.engine.downloader.slots.get(key)
        if minimum is not None and slot is not None and slot.delay < minimum:
            slot.delay = minimum
