"""The downloader middleware for robots.txt: requested once for each scheme, host and port, before the first page there.

Replaces Scrapy's own, which keeps one robots.txt for http and https, and takes a server error or silence as permission.
Here, as RFC 9309 has it, a 2xx response is read; a 4xx other than 429, and more than five redirects, allow everything;
429, 5xx and no response forbid everything, and robots.txt is requested again after a while. Until then a copy from the
last 24 hours is used; with a memory, it may come from an earlier run. In long runs robots.txt is requested again before
a day is over.

Obeys Scrapy's settings ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT and ROBOTSTXT_PARSER, and the request's
`dont_obey_robotstxt`. A Crawl-delay applies to its host if it is at most `NEWSCRAWL_MAX_CRAWL_DELAY`; nothing is
requested where a longer one is asked for. Keeps the Sitemap lines, and what robots.txt says about the use of pages.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

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
from newscrawl.crawl.nouns.meta_keys import EVERY_ERROR_KEY
from newscrawl.crawl.politeness.backoff import BackoffMiddleware
from newscrawl.crawl.politeness.download_slots import MinimumDelays
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.crawl.state.robots_copy import RobotsCopy
from newscrawl.discover.robots import MAX_BYTES, as_utf8, is_page, rules_for, sitemaps_of
from newscrawl.rights import RobotsStatements, robots_statements
from newscrawl.urls import split

logger = logging.getLogger(__name__)

#: Seconds that a copy may be used (RFC 9309, 2.4), and after which a new one is requested: the hour between is for a
#: server that fails just then.
_MAX_AGE, _REFRESH_AGE = 24 * 3600.0, 23 * 3600.0
_MAX_REDIRECTS = 5
#: In `Request.meta`: this is a request for a robots.txt, also after redirects.
_ROBOTS_KEY = "newscrawl_robots"
#: `rules_for` puts the groups that apply to us under this user agent.
_ANY_AGENT = "*"


@dataclass(frozen=True)
class Rules:
    """What one origin allows.

    parser: None if everything is allowed. fault: (reason, detail) if nothing is. statements: about the use of its
    pages. fetched: when the server sent it, None if it never did. until: when it is to be requested again. failures: in
    a row. Times in seconds since the epoch.
    """

    parser: RobotParser | None = None
    sitemaps: tuple[str, ...] = ()
    fault: tuple[str, str] | None = None
    statements: RobotsStatements = RobotsStatements()
    fetched: float | None = None
    until: float = 0.0
    failures: int = 0


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL: the scope of one robots.txt."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


class RobotsTxtMiddleware:
    """Refuses what robots.txt does not allow. clock: seconds since the epoch."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.time) -> None:
        self._crawler = crawler
        self._clock = clock
        self._parser = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._max_delay = crawler.settings.getfloat("NEWSCRAWL_MAX_CRAWL_DELAY")
        self._retry_delay = crawler.settings.getfloat("NEWSCRAWL_BACKOFF")
        self._delays = MinimumDelays(crawler)
        self._rules: dict[str, Rules] = {}
        self._waiting: dict[str, list[Deferred[None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsTxtMiddleware:
        """Build, unless robots.txt is not to be obeyed."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of a URL's origin names; () also if it was not requested yet."""
        rules = self._rules.get(origin_of(url))
        return rules.sitemaps if rules else ()

    def statements(self, url: str) -> RobotsStatements | None:
        """What the robots.txt of a URL's origin says about the use of pages; None if it was not requested yet."""
        rules = self._rules.get(origin_of(url))
        return rules.statements if rules else None

    def known_refusal(self, url: str) -> tuple[str, str] | None:
        """Why robots.txt does not let this URL be requested: reason and detail.

        None where it does, and where the robots.txt of the origin is not known yet or must be requested again. Asked
        before a request is built, so that a sitemap of many forbidden URLs costs little.
        """
        rules = self._rules.get(origin_of(url))
        if rules is None or not rules.until - _MAX_AGE <= self._clock() < rules.until:
            return None
        return self._refusal(rules, url)

    def _refusal(self, rules: Rules, url: str) -> tuple[str, str] | None:
        if rules.fault is not None:
            return rules.fault
        if rules.parser is not None and not rules.parser.allowed(url, _ANY_AGENT):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            return "RobotsForbidden", "forbidden by robots.txt"
        return None

    async def process_request(self, request: Request) -> None:
        """Raise ReasonedIgnore for what robots.txt forbids."""
        if _ROBOTS_KEY in request.meta and request.url in request.meta.get("redirect_urls", ()):
            raise IgnoreRequest("max redirections reached: it redirects to itself")
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith(("http://", "https://")):
            return
        origin = origin_of(request.url)
        rules = self._rules.get(origin)
        if rules is None or not rules.until - _MAX_AGE <= self._clock() < rules.until:
            rules = await self._rules_for(origin, request)
        if (why := self._refusal(rules, request.url)) is not None:
            raise ReasonedIgnore(*why)

    async def _rules_for(self, origin: str, request: Request) -> Rules:
        """The rules that apply from now on. The first request for an origin fetches them; the others wait for it."""
        backoff = self._crawler.get_downloader_middleware(BackoffMiddleware)
        with backoff.parked(request) if backoff is not None else nullcontext():
            if origin in self._waiting:
                turn: Deferred[None] = Deferred()
                self._waiting[origin].append(turn)
                await maybe_deferred_to_future(turn)
                return self._rules[origin]
            self._waiting[origin] = []
            before = self._rules.get(origin, Rules())
            try:
                self._rules[origin] = rules = await self._fetch(origin, before)
            except Exception as error:  # whatever the parser raises: it must not cost other hosts anything
                logger.exception("%s/robots.txt cannot be read", origin)
                self._rules[origin] = rules = self._fault(
                    f"{origin}/robots.txt", before, None, "RobotsForbidden", f"cannot be read: {error!r}"
                )
            finally:
                for turn in self._waiting.pop(origin):
                    turn.callback(None)
        return rules

    async def _fetch(self, origin: str, before: Rules) -> Rules:
        memory = self._crawler.get_extension(MemoryKeeper)
        known = memory.robots(origin) if memory is not None else None
        copy = self._copy(before, known)
        meta: dict[str, Any] = {_ROBOTS_KEY: True, "dont_obey_robotstxt": True, "redirect_ttl": _MAX_REDIRECTS}
        # without a copy, all requests of the host wait for this one, so it is worth backing off and trying again
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
        request.headers["Accept-Encoding"] = "identity"  # so that its first bytes can be read without the rest
        self._crawler.stats.inc_value("robotstxt/request_count")
        try:
            with first_bytes(self._crawler, request, MAX_BYTES + 1):
                response = await self._crawler.engine.download_async(request)
        except Exception as error:
            if isinstance(error, IgnoreRequest) and not isinstance(error, ReasonedIgnore):
                # too many redirects: unavailable (RFC 9309, 2.3.1.2)
                return self._read(Response(request.url, 404), origin)
            reason, _, detail = reason_of(error)
            return self._fault(request.url, before, copy, reason, detail)
        status = response.status
        self._crawler.stats.inc_value(f"robotstxt/response_status_count/{status}")
        if status == 429 or status >= 500:
            return self._fault(request.url, before, copy, "RobotsForbidden", f"status {status}")
        if known is not None and status == 304:
            assert memory is not None
            memory.remember_robots(origin, known.url, known.body, {**known.validators, **response.headers})
            response = TextResponse(known.url, 200, body=known.body)
        elif memory is not None and 200 <= status < 300:
            memory.remember_robots(origin, response.url, response.body[: MAX_BYTES + 1], response.headers)
        return self._read(response, origin)

    def _copy(self, before: Rules, known: RobotsCopy | None) -> Rules | None:
        """The rules of the last 24 hours, from this run or an earlier one; None if there are none."""
        now = self._clock()
        if before.fetched is not None and 0 <= now - before.fetched < _MAX_AGE:
            return before
        if known is not None and known.is_fresh:
            return replace(self._read(TextResponse(known.url, 200, body=known.body), known.url), fetched=known.moment)
        return None

    def _fault(self, url: str, before: Rules, copy: Rules | None, reason: str, detail: str) -> Rules:
        """The rules while robots.txt cannot be fetched: those of the copy if there is one, else nothing is allowed."""
        failures = before.failures + 1
        until = self._clock() + self._retry_delay * float(2 ** min(failures - 1, 6))
        if copy is not None and copy.fetched is not None and reason != "Stopped":
            logger.info("%s cannot be fetched (%s); its copy applies", url, detail)
            return replace(copy, until=min(until, copy.fetched + _MAX_AGE), failures=failures)
        logger.info("%s cannot be fetched, so nothing there is requested: %s", url, detail)
        return Rules(fault=(reason, f"robots.txt: {detail}"), until=until, failures=failures)

    def _read(self, response: Response, origin: str) -> Rules:
        now = self._clock()
        body = as_utf8(response.body[: MAX_BYTES + 1])
        if not 200 <= response.status < 300 or is_page(body):
            return Rules(fetched=now, until=now + _REFRESH_AGE)
        sitemaps = dict.fromkeys(sitemaps_of(body[:MAX_BYTES], response.url))
        statements = robots_statements(body[:MAX_BYTES], response.url, self._agent)
        rules = rules_for(body, self._agent)
        parser = build_from_crawler(self._parser, self._crawler, rules) if rules else None
        delay = parser.crawl_delay(_ANY_AGENT) if parser is not None else None
        fault = self._apply_delay(origin, delay) if delay else None
        return Rules(parser, tuple(sitemaps), fault, statements, now, now + _REFRESH_AGE)

    def _apply_delay(self, origin: str, delay: float) -> tuple[str, str] | None:
        """Apply the Crawl-delay of an origin. Returns the fault that excludes the origin if the delay is too long."""
        if delay > self._max_delay:
            why = f"robots.txt asks for {delay:g} s between two requests; at most {self._max_delay:g} s are accepted"
            backoff = self._crawler.get_downloader_middleware(BackoffMiddleware)
            if backoff is not None:
                backoff.left_out[origin_of(origin)] = why
            return "DelayTooLong", why
        self._delays.set(origin, delay)
        return None
