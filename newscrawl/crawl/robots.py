"""robots.txt, asked for once for each scheme, host and port, before the first page there.

Stands in the place of Scrapy's own middleware, which keeps one answer for http and https, and takes a server's error
or silence as permission. Here (RFC 9309): 2xx is read, a 4xx other than 429 allows everything, 429, 5xx and no answer
forbid everything. Obeys Scrapy's settings ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT and ROBOTSTXT_PARSER, and the request's
`dont_obey_robotstxt`. Keeps the Sitemap lines for who wants them; does not know delays.
With a memory, a robots.txt is asked for with the validators of the last one, whose copy stands in while the server fails, for 24 hours.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response, TextResponse
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.internet.defer import Deferred

from newscrawl.crawl.answers import first_bytes
from newscrawl.crawl.failures import Refused, reason_of
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.discover.robots import sitemaps_of
from newscrawl.rights import RobotsStatements, robots_statements

logger = logging.getLogger(__name__)

#: Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least.
MAX_BYTES = 512 * 1024
_HTML = re.compile(rb"^\s*(?:<!doctype|<html|<head|<body)", re.IGNORECASE)


@dataclass(frozen=True)
class Rules:
    """What one origin allows. parser: None when all is allowed. fault: (reason, detail) when nothing is. statements: what it says of the pages' use."""

    parser: RobotParser | None = None
    sitemaps: tuple[str, ...] = ()
    fault: tuple[str, str] | None = None
    statements: RobotsStatements = RobotsStatements()


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


class RobotsGuard:
    """Lets out only what robots.txt allows."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._parser = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._rules: dict[str, Rules] = {}
        self._waiting: dict[str, list[Deferred[None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGuard:
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
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith(("http://", "https://")):
            return
        rules = await self._rules_for(origin_of(request.url))
        if rules.fault is not None:
            raise Refused(*rules.fault)
        if rules.parser is not None and not rules.parser.allowed(request.url, self._agent):
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise Refused("RobotsForbidden", "robots.txt forbids it")

    async def _rules_for(self, origin: str) -> Rules:
        if origin not in self._rules:
            if origin in self._waiting:
                turn: Deferred[None] = Deferred()
                self._waiting[origin].append(turn)
                await maybe_deferred_to_future(turn)
            else:
                self._waiting[origin] = []
                self._rules[origin] = await self._fetch(origin)
                for turn in self._waiting.pop(origin):
                    turn.callback(None)
        return self._rules[origin]

    async def _fetch(self, origin: str) -> Rules:
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, priority=1000, meta={"dont_obey_robotstxt": True})
        memory = self._crawler.get_extension(MemoryKeeper)
        known = memory.robots(origin) if memory is not None else None
        if known is not None:
            request = request.replace(headers=known.headers, meta={**request.meta, "handle_httpstatus_list": [304]})
        request.headers["Accept-Encoding"] = "identity"  # its first bytes can be read without the rest
        self._crawler.stats.inc_value("robotstxt/request_count")
        try:
            with first_bytes(self._crawler, request, MAX_BYTES):
                response = await self._crawler.engine.download_async(request)
            if known is not None and response.status == 304:
                response = TextResponse(known.url, 200, body=known.body)
            elif known is not None and known.is_fresh and (response.status == 429 or response.status >= 500):
                logger.info("%s answered %d: the copy of an earlier run holds", request.url, response.status)
                response = TextResponse(known.url, 200, body=known.body)
            elif memory is not None and 200 <= response.status < 300:
                memory.remember_robots(origin, response.url, response.body[:MAX_BYTES], response.headers)
            return self._read(response)
        except Exception as error:
            reason, status, detail = reason_of(error)
            if known is not None and known.is_fresh:
                logger.info("%s cannot be had (%s): the copy of an earlier run holds", request.url, detail)
                return self._read(TextResponse(known.url, 200, body=known.body))
            logger.info("%s cannot be had, so nothing there is asked for: %s", request.url, detail)
            return Rules(fault=("RobotsForbidden" if status else reason, f"robots.txt: {detail}"))

    def _read(self, response: Response) -> Rules:
        self._crawler.stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status == 429 or response.status >= 500:
            return Rules(fault=("RobotsForbidden", f"robots.txt answered {response.status}"))
        if not 200 <= response.status < 300 or _HTML.match(response.body[:1024]):
            return Rules()
        body = response.body[:MAX_BYTES]
        sitemaps = dict.fromkeys(urljoin(response.url, address) for address in sitemaps_of(body, response.url))
        statements = robots_statements(body, response.url, self._agent)
        return Rules(build_from_crawler(self._parser, self._crawler, body), tuple(sitemaps), statements=statements)
