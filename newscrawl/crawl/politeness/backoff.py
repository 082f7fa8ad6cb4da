"""The downloader middleware that backs off: from hosts that ask for a pause, and from hosts that fail again and again.

`newscrawl.crawl.politeness.circuit_breaker` decides when and for how long. A request for a host that is backed off
waits in `process_request`; requests that are already in the host's download slot are recalled, to wait there as well.
Requests that wait here do not count towards `CONCURRENT_REQUESTS`, so other hosts go on; and they keep the crawl from
ending.

Takes the place of Scrapy's RetryMiddleware for the statuses 429 and 503, and leaves everything else to it. Settings:
`NEWSCRAWL_BACKOFF`, `NEWSCRAWL_MAX_BACKOFF` and, with a memory, `NEWSCRAWL_MAX_FINAL_BACKOFF`: then the next run
requests what is left of a host that was given up.
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
from newscrawl.crawl.nouns.meta_keys import EVERY_ERROR_KEY
from newscrawl.crawl.politeness.circuit_breaker import CircuitBreaker
from newscrawl.crawl.politeness.retry_after import retry_after

logger = logging.getLogger(__name__)

#: In `Request.meta`: how often this request has caused a back-off.
_COUNT_KEY = "newscrawl_backoffs"
#: In `Request.meta`: reason and detail of the last time that this request itself failed.
_FAILURE_KEY = "newscrawl_failed"
#: Back-offs that one request may cause while its host responds to others: where the host asks for a pause in so many
#: words (429, or Retry-After), and for any other 503. After that, the page is out of order rather than the host.
_MAX_PAUSES, _MAX_ERRORS = 5, 2
_PAUSES = frozenset({429, 503})
_FAILURES = frozenset({"HostNotFound", "TimedOut", "ConnectionFailed", "TlsFailed"})
#: Seconds after which a waiting request checks whether the crawl is stopping.
_CHECK_INTERVAL = 1.0
#: The most requests that may wait in addition to `CONCURRENT_REQUESTS`.
_MAX_PARKED = 2000


class _Recalled(IgnoreRequest):
    """For a request in the queue of a slot: its host is backed off."""


class BackoffMiddleware:
    """Get it with `crawler.get_downloader_middleware(BackoffMiddleware)`.

    left_out: for reports, origins that are not requested at all, and why.
    """

    def __init__(self, crawler: Crawler, breaker: CircuitBreaker, clock: Callable[[], float] = time.time) -> None:
        self.breaker = breaker
        self.left_out: dict[str, str] = {}
        self._crawler = crawler
        self._clock = clock
        self._changed: dict[str, asyncio.Event] = {}
        #: (host, has the request failed itself?) -> waiting requests
        self._waiting: Counter[tuple[str, bool]] = Counter()
        self._parked = 0
        self._last_check = 0.0
        self._subscribers: list[Callable[[Request], None]] = []

    def subscribe(self, call: Callable[[Request], None]) -> None:
        """Call `call` with each request that fails by its host: no response, or a server error. It may be retried."""
        self._subscribers.append(call)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackoffMiddleware:
        """Build for a crawl."""
        settings = crawler.settings
        has_memory = bool(settings.get("NEWSCRAWL_MEMORY"))
        breaker = CircuitBreaker(
            time.monotonic,
            settings.getfloat("NEWSCRAWL_BACKOFF"),
            settings.getfloat("NEWSCRAWL_MAX_BACKOFF"),
            max_final_backoff=settings.getfloat("NEWSCRAWL_MAX_FINAL_BACKOFF") if has_memory else None,
        )
        return cls(crawler, breaker)

    def given_up(self, url: str) -> str:
        """Why the host of this URL is given up for the rest of the run; "" if it is not."""
        if not self.breaker.has_given_up:
            return ""
        host = self._host(Request(url))
        circuit = self.breaker.circuit(host)
        return _given_up_message(host, circuit.given_up) if circuit is not None and circuit.given_up else ""

    def is_backed_off(self, url: str) -> bool:
        """Is the host of this URL left alone for now?"""
        circuit = self.breaker.circuit(self._host(Request(url)))
        return circuit is not None and bool(circuit.open_until)

    # -- Scrapy's calls -------------------------------------------------------------------------

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Make a request wait while its host is backed off. Raises ReasonedIgnore if the host is given up."""
        host = self._host(request)
        return None if self.breaker.is_closed(host) else self._wait(request, host)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The response; or the request again if the host asks for a pause."""
        status = response.status
        host = self._host(request)
        if "cached" in response.flags:
            return response
        if status < 500 and status != 429:
            if self.breaker.responded(host, request):
                logger.info("%s responds again", host)
                self._notify(host)
            return response
        why = ("HttpStatus", f"{request.url}: status {status}")
        if status in _PAUSES or request.meta.get(EVERY_ERROR_KEY):
            return self._pause(request, response, host, why)
        self._failed(request, host, why)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Count a failure of the host; return the request again if it was recalled for a back-off."""
        host = self._host(request)
        if isinstance(exception, _Recalled):
            return _again(request)
        reason, _, detail = reason_of(exception)
        if reason in _FAILURES:
            self._failed(request, host, (reason, detail))
        elif self.breaker.trial_ended(host, request):
            self._notify(host)
        return None

    # -- pauses and failures --------------------------------------------------------------------

    def _host(self, request: Request) -> str:
        assert self._crawler.engine is not None
        return self._crawler.engine.downloader.get_slot_key(request)

    def _pause(self, request: Request, response: Response, host: str, why: tuple[str, str]) -> Request | Response:
        """A server asks for a pause."""
        seconds = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"), self._clock())
        is_new = self.breaker.asked_for_pause(host, request, why, seconds)
        self._back_off(host)
        circuit = self.breaker.circuit(host)
        if request.meta.get("dont_retry"):
            return response
        if circuit is not None and circuit.given_up:
            raise ReasonedIgnore("HostBackedOff", _given_up_message(host, circuit.given_up))
        is_explicit = response.status == 429 or seconds is not None or EVERY_ERROR_KEY in request.meta
        count = int(request.meta.get(_COUNT_KEY, 0)) + (is_new if is_explicit else 1)
        if count > (_MAX_PAUSES if is_explicit else _MAX_ERRORS):
            request.meta["dont_retry"] = True
            return response
        self._crawler.stats.inc_value("newscrawl/backoff/requests")
        return _again(request, {_COUNT_KEY: count})

    def _failed(self, request: Request, host: str, why: tuple[str, str]) -> None:
        request.meta[_FAILURE_KEY] = why
        if self.breaker.failed(host, request, why):
            self._back_off(host)
        for call in self._subscribers:
            call(request)

    def _back_off(self, host: str) -> None:
        """A host is backed off or given up: recall the requests that wait in its slot."""
        circuit = self.breaker.circuit(host)
        report = self.breaker.reports.get(host)
        if circuit is None or report is None:
            return
        if circuit.given_up:
            logger.warning("%s", _given_up_message(host, circuit.given_up))
        else:
            logger.info("%s is backed off for a while: %s", host, report.why)
        self._notify(host)
        assert self._crawler.engine is not None
        slot = self._crawler.engine.downloader.slots.get(host)
        while slot is not None and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(_Recalled("its host is backed off")))  # type: ignore[no-untyped-call]

    def _notify(self, host: str) -> None:
        """The state of a host has changed: wake the requests that wait for it."""
        event = self._changed.pop(host, None)
        if event is not None:
            event.set()

    # -- waiting --------------------------------------------------------------------------------

    async def _wait(self, request: Request, host: str) -> None:
        """Wait until the request may be sent to the host."""
        if not self._seconds_left(request, host):
            return
        with self.parked(request), self._counted(request, host):
            while left := self._seconds_left(request, host):
                event = self._changed.setdefault(host, asyncio.Event())
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(event.wait(), min(left, _CHECK_INTERVAL))
                if self._is_closing():
                    raise ReasonedIgnore("Stopped", "the crawl was told to stop")
                self._give_up_final()

    def _seconds_left(self, request: Request, host: str) -> float:
        """Seconds that a request still has to wait. Raises ReasonedIgnore if its host is given up."""
        circuit = self.breaker.circuit(host)
        if circuit is not None and circuit.given_up:
            if _has_failed(request):
                raise ReasonedIgnore(*request.meta[_FAILURE_KEY])
            raise ReasonedIgnore("HostBackedOff", _given_up_message(host, circuit.given_up))
        # trials alternate: a page that has failed may be out of order itself, so one that has not goes first; but some
        # servers answer each page with an error at first, so the next trial is a page that has failed
        is_turn_of_failed = circuit is not None and circuit.backoffs % 2 == 0
        if _has_failed(request) is not is_turn_of_failed and self._waiting[host, is_turn_of_failed]:
            return math.inf
        return self.breaker.wait(host, request)

    def _give_up_final(self) -> None:
        """Give up hosts that have been all that is left of the crawl for too long.

        Whichever request waits does it for all hosts.
        """
        now = time.monotonic()
        engine: Any = self._crawler.engine
        if now < self._last_check + _CHECK_INTERVAL / 2 or engine is None:
            return
        self._last_check = now
        is_final = (
            engine._start is None
            and engine.scraper.slot.is_idle()
            and not engine._slot.scheduler.has_pending_requests()
        )
        for host in self.breaker.give_up_final(map(self._host, engine.downloader.active) if is_final else ()):
            self._back_off(host)

    @contextmanager
    def _counted(self, request: Request, host: str) -> Iterator[None]:
        """While the block runs, count a request as waiting."""
        key = (host, _has_failed(request))
        self._waiting[key] += 1
        try:
            yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]

    @contextmanager
    def parked(self, request: Request) -> Iterator[None]:
        """While the block runs, a request that waits does not count towards `CONCURRENT_REQUESTS`."""
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        has_place = self._parked < _MAX_PARKED and downloader.total_concurrency > 0
        slot = downloader.slots.get(self._host(request))
        if slot is not None:
            slot.active.add(request)  # Scrapy's queue prefers hosts with few active requests
        self._parked += has_place
        downloader.total_concurrency += has_place
        try:
            yield
        finally:
            self._parked -= has_place
            downloader.total_concurrency -= has_place
            if slot is not None:
                slot.active.discard(request)

    def _is_closing(self) -> bool:
        engine = self._crawler.engine
        slot: Any = engine._slot if engine is not None else None
        return not self._crawler.crawling or slot is None or slot.closing is not None


def _has_failed(request: Request) -> bool:
    """Is this a retry, after no response or a server error?"""
    return _FAILURE_KEY in request.meta


def _given_up_message(host: str, why: str) -> str:
    return f"{host} is given up for this run: {why}"


def _again(request: Request, meta: dict[str, Any] | None = None) -> Request:
    """The same request, to be sent later."""
    return request.replace(dont_filter=True, meta={**request.meta, **(meta or {})})
