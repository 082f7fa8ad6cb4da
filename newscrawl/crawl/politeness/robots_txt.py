"""robots.txt, asked for once for each scheme, host and port, before the first page there.

Stands in the place of Scrapy's own middleware, which keeps one answer for http and https, and takes a server's error or silence as permission. Here
(RFC 9309): 2xx is read; a 4xx other than 429, and more than five redirects, allow everything; 429, 5xx and no answer forbid everything, and it is asked
for again after a while. Its copy of the last 24 hours (of an earlier run too, where there is a memory) stands in meanwhile. In long runs it is asked for
anew before a day is over. Obeys Scrapy's settings ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT and ROBOTSTXT_PARSER, and the request's `dont_obey_robotstxt`.
Crawl-delay holds for its host up to `NEWSCRAWL_MAX_CRAWL_DELAY`; where more is asked for, nothing there is asked for. Keeps the Sitemap lines for who
wants them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response, TextResponse
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.internet.defer import Deferred

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.network.response_limits import first_bytes
from newscrawl.crawl.politeness.backoff import EVERY_ERROR_KEY, BackoffMiddleware
from newscrawl.crawl.politeness.download_slots import MinimumDelays
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.crawl.state.robots_copy import RobotsCopy
from newscrawl.discover.robots import MAX_BYTES, as_utf8, is_page, rules_for, sitemaps_of
from newscrawl.rights import RobotsStatements, robots_statements

logger = logging.getLogger(__name__)

#: Seconds that a copy is good for (RFC 9309, 2.4), and after which a new one is asked for: the hour between is for a server that fails just then.
_A_DAY, _RENEWED = 24 * 3600.0, 23 * 3600.0
_REDIRECTS = 5
#: In `Request.meta`: this asks for a robots.txt, and so does where it leads.
_ROBOTS_KEY = "newscrawl_robots"
#: The agent whose group `rules_for` makes of those that hold.
_ALL = "*"


@dataclass(frozen=True)
class Rules:
    """What one origin allows. parser: None when all is allowed. fault: (reason, detail) when nothing is. statements: what it says of the pages' use.

    read: when it was had from the server; None when it never was. until: when it is to be asked for again. failures: in a row. All by the guard's clock.
    """

    parser: RobotParser | None = None
    sitemaps: tuple[str, ...] = ()
    fault: tuple[str, str] | None = None
    statements: RobotsStatements = RobotsStatements()
    read: float | None = None
    until: float = 0.0
    failures: int = 0


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


class RobotsTxtMiddleware:
    """Lets out only what robots.txt allows. clock: seconds since the epoch."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.time) -> None:
        self._crawler = crawler
        self._clock = clock
        self._parser = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._longest_delay = crawler.settings.getfloat("NEWSCRAWL_MAX_CRAWL_DELAY")
        self._pause = crawler.settings.getfloat("NEWSCRAWL_BACKOFF")
        self._delays = MinimumDelays(crawler)
        self._rules: dict[str, Rules] = {}
        self._waiting: dict[str, list[Deferred[None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsTxtMiddleware:
        """Build, unless the project does not obey robots.txt."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of this address's origin names; () also when it was not asked for yet."""
        rules = self._rules.get(origin_of(url))
        return rules.sitemaps if rules else ()

    def statements(self, url: str) -> RobotsStatements | None:
        """What the robots.txt of this address's origin says of the use of its pages; None when it was not asked for yet."""
        rules = self._rules.get(origin_of(url))
        return rules.statements if rules else None

    async def process_request(self, request: Request) -> None:
        """Raise for what robots.txt forbids."""
        if _ROBOTS_KEY in request.meta and request.url in request.meta.get("redirect_urls", ()):
            raise IgnoreRequest("max redirections reached: it leads back to itself")
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith(("http://", "https://")):
            return
        origin = origin_of(request.url)
        rules = self._rules.get(origin)
        if rules is None or not rules.until - _A_DAY <= self._clock() < rules.until:
            rules = await self._rules_for(origin, request)
        if rules.fault is not None:
            raise ReasonedIgnore(*rules.fault)
        if rules.parser is not None and not rules.parser.allowed(request.url, _ALL):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise ReasonedIgnore("RobotsForbidden", "robots.txt forbids it")

    async def _rules_for(self, origin: str, request: Request) -> Rules:
        """What holds from now on. The first that comes asks, the others wait for it."""
        guard = self._crawler.get_downloader_middleware(BackoffMiddleware)
        with guard.aside(request) if guard is not None else nullcontext():
            if origin in self._waiting:
                turn: Deferred[None] = Deferred()
                self._waiting[origin].append(turn)
                await maybe_deferred_to_future(turn)
                return self._rules[origin]
            self._waiting[origin] = []
            before = self._rules.get(origin, Rules())
            try:
                self._rules[origin] = rules = await self._fetch(origin, before)
            except Exception as error:  # what nobody can read forbids, and costs its host only
                logger.exception("%s/robots.txt cannot be read", origin)
                self._rules[origin] = rules = self._fault(
                    f"{origin}/robots.txt", before, None, "RobotsForbidden", f"it cannot be read: {error!r}"
                )
            finally:
                for turn in self._waiting.pop(origin):
                    turn.callback(None)
        return rules

    async def _fetch(self, origin: str, before: Rules) -> Rules:
        memory = self._crawler.get_extension(MemoryKeeper)
        known = memory.robots(origin) if memory is not None else None
        copy = self._copy(before, known)
        meta: dict[str, Any] = {_ROBOTS_KEY: True, "dont_obey_robotstxt": True, "redirect_ttl": _REDIRECTS}
        # without a copy all that waits there waits for it, as long as a host is waited for
        meta |= {"dont_retry": True} if copy is not None else {EVERY_ERROR_KEY: True}
        if known is not None:
            meta["handle_httpstatus_list"] = [304]
        request = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            priority=1000,
            meta=meta,
            headers=known.headers if known is not None else None,
        )
        request.headers["Accept-Encoding"] = "identity"  # its first bytes can be read without the rest
        self._crawler.stats.inc_value("robotstxt/request_count")
        try:
            with first_bytes(self._crawler, request, MAX_BYTES + 1):
                response = await self._crawler.engine.download_async(request)
        except Exception as error:
            if isinstance(error, IgnoreRequest) and not isinstance(error, ReasonedIgnore):
                return self._read(
                    Response(request.url, 404), origin
                )  # redirects without end: unavailable (RFC 9309, 2.3.1.2)
            reason, _, detail = reason_of(error)
            return self._fault(request.url, before, copy, reason, detail)
        status = response.status
        self._crawler.stats.inc_value(f"robotstxt/response_status_count/{status}")
        if status == 429 or status >= 500:
            return self._fault(request.url, before, copy, "RobotsForbidden", f"answered {status}")
        if known is not None and status == 304:
            assert memory is not None
            memory.remember_robots(origin, known.url, known.body, {**known.validators, **response.headers})
            response = TextResponse(known.url, 200, body=known.body)
        elif memory is not None and 200 <= status < 300:
            memory.remember_robots(origin, response.url, response.body[: MAX_BYTES + 1], response.headers)
        return self._read(response, origin)

    def _copy(self, before: Rules, known: RobotsCopy | None) -> Rules | None:
        """What was had in the last 24 hours, of this run or an earlier one."""
        now = self._clock()
        if before.read is not None and 0 <= now - before.read < _A_DAY:
            return before
        if known is not None and known.is_fresh:
            return replace(self._read(TextResponse(known.url, 200, body=known.body), known.url), read=known.moment)
        return None

    def _fault(self, url: str, before: Rules, copy: Rules | None, reason: str, detail: str) -> Rules:
        """It cannot be had: its copy holds where there is one, else nothing is allowed; it is asked for again after a pause."""
        failures = before.failures + 1
        until = self._clock() + self._pause * float(2 ** min(failures - 1, 6))
        if copy is not None and copy.read is not None and reason != "Stopped":
            logger.info("%s cannot be had (%s): its copy holds", url, detail)
            return replace(copy, until=min(until, copy.read + _A_DAY), failures=failures)
        logger.info("%s cannot be had, so nothing there is asked for: %s", url, detail)
        return Rules(fault=(reason, f"robots.txt: {detail}"), until=until, failures=failures)

    def _read(self, response: Response, origin: str) -> Rules:
        now = self._clock()
        body = as_utf8(response.body[: MAX_BYTES + 1])
        if not 200 <= response.status < 300 or is_page(body):
            return Rules(read=now, until=now + _RENEWED)
        sitemaps = dict.fromkeys(
            urljoin(response.url, address) for address in sitemaps_of(body[:MAX_BYTES], response.url)
        )
        statements = robots_statements(body[:MAX_BYTES], response.url, self._agent)
        rules = rules_for(body, self._agent)
        parser = build_from_crawler(self._parser, self._crawler, rules) if rules else None
        delay = parser.crawl_delay(_ALL) if parser is not None else None
        fault = self._delayed(origin, delay) if delay else None
        return Rules(parser, tuple(sitemaps), fault, statements, now, now + _RENEWED)

    def _delayed(self, origin: str, delay: float) -> tuple[str, str] | None:
        """A host wants a delay; the reason why it is left out, where that is too long."""
        if delay > self._longest_delay:
            why = f"robots.txt asks for {delay:g} s between two requests, and {self._longest_delay:g} s are waited at most"
            guard = self._crawler.get_downloader_middleware(BackoffMiddleware)
            if guard is not None:
                guard.left_out[origin_of(origin)] = why
            return "DelayTooLong", why
        self._delays.set(origin, delay)
        return None
