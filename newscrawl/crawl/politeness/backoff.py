"""The downloader middleware that leaves hosts alone: those that ask for a pause, and those that fail again and again. `newscrawl.crawl.politeness.circuit_breaker` decides.

A request for a host that is held waits in `process_request`, and what waits for its turn in the host's slot is called back there; what waits here does
not count as one of `CONCURRENT_REQUESTS`, so that other hosts go on, and keeps the crawl from ending. Stands in for Scrapy's RetryMiddleware with 429 and
503, and leaves all else to it. Settings: `NEWSCRAWL_BACKOFF`, `NEWSCRAWL_MAX_BACKOFF`, and where there is a memory, which keeps what is left,
`NEWSCRAWL_MAX_FINAL_BACKOFF`.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.politeness.circuit_breaker import CircuitBreaker, retry_after

logger = logging.getLogger(__name__)

#: In `Request.meta`: any error of the server asks for a pause, as robots.txt has it.
EVERY_ERROR_KEY = "newscrawl_every_error_holds"
_COUNT_KEY = "newscrawl_holds"
#: In `Request.meta`: reason and detail of the last time that this request itself failed.
_FAILURE_KEY = "newscrawl_failed"
#: Holds that one request may bring about while the host answers others, where it asks for a pause in so many words (429, or Retry-After); and
#: holds of any other 503. Then it is the page that is out of order.
_MOST_HOLDS, _MOST_OF_A_PAGE = 5, 2
_PAUSES = frozenset({429, 503})
_FAILURES = frozenset({"HostNotFound", "TimedOut", "ConnectionFailed", "TlsFailed"})
#: Seconds after which a request that waits looks whether the crawl is to stop.
_LOOK = 1.0
#: Requests that wait beside `CONCURRENT_REQUESTS` at most.
_MOST_ASIDE = 2000


class _CalledBack(IgnoreRequest):
    """To a request in a slot's queue: its host is held."""


class BackoffMiddleware:
    """Get it with `crawler.get_downloader_middleware(BackoffMiddleware)`. left_out: origins of which nothing is asked for, and why, for reports."""

    def __init__(self, crawler: Crawler, patience: CircuitBreaker, clock: Callable[[], float] = time.time) -> None:
        self.patience = patience
        self.left_out: dict[str, str] = {}
        self._crawler = crawler
        self._clock = clock
        self._changed: dict[str, asyncio.Event] = {}
        self._unproven: Counter[str] = Counter()  # host -> requests that wait and have not failed themselves
        self._aside = 0
        self._looked = 0.0
        self._subscribers: list[Callable[[Request], None]] = []

    def subscribe(self, call: Callable[[Request], None]) -> None:
        """Have each request told that fails by its host: no answer, or an error of the server. It may be asked for again."""
        self._subscribers.append(call)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        """Build for a crawl."""
        settings = crawler.settings
        last = settings.getfloat("NEWSCRAWL_MAX_FINAL_BACKOFF") if settings.get("NEWSCRAWL_MEMORY") else None
        pause, longest = settings.getfloat("NEWSCRAWL_BACKOFF"), settings.getfloat("NEWSCRAWL_MAX_BACKOFF")
        return cls(crawler, CircuitBreaker(time.monotonic, pause, longest, longest_last=last))

    def given_up(self, url: str) -> str:
        """Why nothing is asked of the host of this address any more in this run; "" where it is."""
        if not self.patience.has_given_up:
            return ""
        host = self._host(Request(url))
        trouble = self.patience.trouble(host)
        return _told(host, trouble.given_up) if trouble is not None and trouble.given_up else ""

    # -- Scrapy's calls -------------------------------------------------------------------------

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Let a request wait while its host is held; raise `ReasonedIgnore` where it is given up."""
        host = self._host(request)
        return None if self.patience.is_plain(host) else self._wait(request, host)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The answer; or the request again where the host asks for a pause."""
        status = response.status
        host = self._host(request)
        if "cached" in response.flags:
            return response
        if status < 500 and status != 429:
            if self.patience.answered(host, request):
                logger.info("%s answers again", host)
                self._change(host)
            return response
        why = ("HttpStatus", f"{request.url} answered {status}")
        if status in _PAUSES or request.meta.get(EVERY_ERROR_KEY):
            return self._pause(request, response, host, why)
        self._failed(request, host, why)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Count a failure of the host; give back the request that was called back for a hold."""
        host = self._host(request)
        if isinstance(exception, _CalledBack):
            return _again(request)
        reason, _, detail = reason_of(exception)
        if reason in _FAILURES:
            self._failed(request, host, (reason, detail))
        elif self.patience.let_go(host, request):
            self._change(host)
        return None

    # -- what is done ---------------------------------------------------------------------------

    def _host(self, request: Request) -> str:
        assert self._crawler.engine is not None
        return self._crawler.engine.downloader.get_slot_key(request)

    def _pause(self, request: Request, response: Response, host: str, why: tuple[str, str]) -> Request | Response:
        """A server asks for a pause."""
        asked = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"), self._clock())
        is_new = self.patience.busy(host, request, why, asked)
        self._hold(host)
        trouble = self.patience.trouble(host)
        if request.meta.get("dont_retry"):
            return response
        if trouble is not None and trouble.given_up:
            raise ReasonedIgnore("HostBackedOff", _told(host, trouble.given_up))
        is_plain = response.status == 429 or asked is not None or EVERY_ERROR_KEY in request.meta
        count = int(request.meta.get(_COUNT_KEY, 0)) + (is_new if is_plain else 1)
        if count > (_MOST_HOLDS if is_plain else _MOST_OF_A_PAGE):
            request.meta["dont_retry"] = True
            return response
        self._crawler.stats.inc_value("newscrawl/holds/requests")
        return _again(request, {_COUNT_KEY: count})

    def _failed(self, request: Request, host: str, why: tuple[str, str]) -> None:
        request.meta[_FAILURE_KEY] = why
        if self.patience.failed(host, request, why):
            self._hold(host)
        for call in self._subscribers:
            call(request)

    def _hold(self, host: str) -> None:
        """A host is held or given up: call back what waits in its slot."""
        trouble = self.patience.trouble(host)
        report = self.patience.held.get(host)
        if trouble is None or report is None:
            return
        if trouble.given_up:
            logger.warning("%s", _told(host, trouble.given_up))
        else:
            logger.info("%s is left alone for a while: %s", host, report.why)
        self._change(host)
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(host)
        while slot is not None and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(_CalledBack("its host is held")))  # type: ignore[no-untyped-call]

    def _change(self, host: str) -> None:
        event = self._changed.pop(host, None)
        if event is not None:
            event.set()

    async def _wait(self, request: Request, host: str) -> None:
        """Until the host may be asked."""
        if not self._left(request, host):
            return
        with self.aside(request), self._counted(request, host):
            while left := self._left(request, host):
                event = self._changed.setdefault(host, asyncio.Event())
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(event.wait(), min(left, _LOOK))
                if self._is_closing():
                    raise ReasonedIgnore("Stopped", "the crawl was told to stop")
                self._look_around()

    def _left(self, request: Request, host: str) -> float:
        """Seconds that a request has to wait. ReasonedIgnore where there is nothing to wait for."""
        trouble = self.patience.trouble(host)
        if trouble is not None and trouble.given_up:
            if _has_failed(request):
                raise ReasonedIgnore(*request.meta[_FAILURE_KEY])
            raise ReasonedIgnore("HostBackedOff", _told(host, trouble.given_up))
        if self._unproven[host] and _has_failed(request):
            return math.inf  # the host is not judged by a page that may be out of order itself
        return self.patience.wait(host, request)

    def _look_around(self) -> None:
        """Give up hosts in trouble that are all that is left of the crawl, after a while. Whichever request waits looks for all."""
        now = time.monotonic()
        engine: Any = self._crawler.engine
        if now < self._looked + _LOOK / 2 or engine is None:
            return
        self._looked = now
        is_last = (
            engine._start is None
            and engine.scraper.slot.is_idle()
            and not engine._slot.scheduler.has_pending_requests()
        )
        for host in self.patience.left(map(self._host, engine.downloader.active) if is_last else ()):
            self._hold(host)

    @contextmanager
    def _counted(self, request: Request, host: str) -> Iterator[None]:
        """While a request waits that has not failed itself."""
        is_unproven = not _has_failed(request)
        self._unproven[host] += is_unproven
        try:
            yield
        finally:
            self._unproven[host] -= is_unproven
            if not self._unproven[host]:
                del self._unproven[host]

    @contextmanager
    def aside(self, request: Request) -> Iterator[None]:
        """While a request waits for something that another request brings: it takes nobody's place among those that are downloaded at once."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        has_place = self._aside < _MOST_ASIDE and downloader.total_concurrency > 0
        slot = downloader.slots.get(self._host(request))
        if slot is not None:
            slot.active.add(request)  # hosts that have none waiting go first
        self._aside += has_place
        downloader.total_concurrency += has_place
        try:
            yield
        finally:
            self._aside -= has_place
            downloader.total_concurrency -= has_place
            if slot is not None:
                slot.active.discard(request)

    def _is_closing(self) -> bool:
        engine = self._crawler.engine
        slot: Any = engine._slot if engine is not None else None
        return not self._crawler.crawling or slot is None or slot.closing is not None


def _has_failed(request: Request) -> bool:
    """Is this asked for again, because it came to no answer or to an error before?"""
    return _FAILURE_KEY in request.meta


def _told(host: str, why: str) -> str:
    return f"{host} is asked for nothing more in this run: {why}"


def _again(request: Request, meta: dict[str, Any] | None = None) -> Request:
    """The same request, to be sent later."""
    return request.replace(dont_filter=True, meta={**request.meta, **(meta or {})})
