"""Rights in a crawl: what robots.txt, tdmrep.json and feeds add to what a page says, and whether they are honoured.

`NEWSCRAWL_RIGHTS`: "honour" or "observe". `NEWSCRAWL_PURPOSE`: the purposes that all records are wanted for.
tdmrep.json is requested once for each scheme, host and port, when the first article there is read; the request goes
through Scrapy's engine, so robots.txt, delays and guards apply to it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newscrawl.article import Rights, RslLicense
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.nouns.options import option
from newscrawl.crawl.politeness.robots_txt import RobotsTxtMiddleware, origin_of
from newscrawl.discover.address import normalise, same_article_key
from newscrawl.keys import url_key
from newscrawl.rights import (
    RobotsStatements,
    TdmRule,
    feed_licenses,
    file_rules,
    forbids_following,
    header_is_followed,
    is_followed,
    refusal,
    robots_statements,
    with_origin,
)
from newscrawl.rights.tdmrep import MAX_FILE

if TYPE_CHECKING:
    from newscrawl.read.document import Document

logger = logging.getLogger(__name__)

#: Articles whose licence a feed states that are remembered during a run.
_MAX_FROM_FEEDS = 20_000


class CrawlRights:
    """The rights of one crawl. honours: are they honoured, or only observed?"""

    def __init__(self, crawler: Crawler) -> None:
        self.honours = option(crawler.settings, "NEWSCRAWL_RIGHTS") == "honour"
        self._crawler = crawler
        self._robots_txt = crawler.get_downloader_middleware(RobotsTxtMiddleware)
        self._robots: dict[str, RobotsStatements] = {}
        self._tdm: dict[str, tuple[TdmRule, ...]] = {}
        self._waiting: dict[str, list[Deferred[None]]] = {}
        self._expected: set[str] = set()
        self._of_feed_entries: dict[int, tuple[RslLicense, ...]] = {}
        self._of_feeds: dict[str, tuple[RslLicense, ...]] = {}

    # -- what is honoured -----------------------------------------------------------------------

    def follows(self, document: Document) -> bool:
        """May the links of a page be followed?"""
        return not self.honours or is_followed(document)

    def follows_links_of(self, rights: Rights | None) -> bool:
        """The same for a page whose rights were read."""
        return not self.honours or rights is None or not forbids_following(rights)

    def follows_response(self, headers: Mapping[str, str]) -> bool:
        """The same for a feed or sitemap, by its headers."""
        return not self.honours or header_is_followed(headers)

    def refusal(self, rights: Rights | None) -> tuple[str, str] | None:
        """Why a page must not become a record or a part of one: reason and detail; None if it may."""
        return refusal(rights) if self.honours else None

    # -- what origins and feeds say -------------------------------------------------------------

    def requests_for(self, url: str) -> int:
        """Requests that an article costs besides its own: one if the tdmrep.json of its origin is still needed."""
        return int(origin_of(url) not in self._expected)

    def expect(self, url: str) -> None:
        """An article of this origin will be requested."""
        self._expected.add(origin_of(url))

    def read_robots(self, response: Response) -> None:
        """Read a robots.txt that the spider itself has requested."""
        agent = self._crawler.settings["ROBOTSTXT_USER_AGENT"] or self._crawler.settings["USER_AGENT"]
        self._robots[origin_of(response.url)] = robots_statements(response.body, response.url, agent)

    def read_feed(self, response: Response) -> None:
        """Read the licences that a feed states for its entries."""
        for url, licenses in feed_licenses(response.body, response.urljoin).items():
            if not url:
                self._of_feeds[response.url] = licenses
            elif len(self._of_feed_entries) < _MAX_FROM_FEEDS:
                self._of_feed_entries[url_key(same_article_key(normalise(url)))] = licenses

    async def prepare(self, url: str) -> None:
        """Fetch what the origin of an article says, so that `complete` does not wait for it."""
        with suppress(ReasonedIgnore):
            await self._rules_for(origin_of(url))

    def is_fetching(self, url: str) -> bool:
        """Is what the origin of an article says being fetched?"""
        return origin_of(url) in self._waiting

    async def fetched(self, url: str) -> None:
        """Wait until it is not any more."""
        if (waiting := self._waiting.get(origin_of(url))) is not None:
            turn: Deferred[None] = Deferred()
            waiting.append(turn)
            await maybe_deferred_to_future(turn)

    async def complete(self, rights: Rights, url: str, found_on: str = "") -> Rights:
        """The rights of a page together with what its origin says, and the feed that named it.

        Raises ReasonedIgnore if the crawl is told to stop, or if the origin's host is given up.
        """
        robots = self._robots_txt.statements(url) if self._robots_txt is not None else self._robots.get(origin_of(url))
        licenses: tuple[RslLicense, ...] = ()
        if self._of_feed_entries or self._of_feeds:
            key = url_key(same_article_key(normalise(url)))
            licenses = self._of_feed_entries.get(key, ()) + self._of_feeds.get(found_on, ())
        return with_origin(rights, url, robots, await self._rules_for(origin_of(url)), licenses)

    async def _rules_for(self, origin: str) -> tuple[TdmRule, ...]:
        while origin not in self._tdm:
            if origin in self._waiting:
                await self.fetched(origin)
                continue
            self._waiting[origin] = []
            try:
                self._tdm[origin] = await self._fetch(origin)
            finally:
                for turn in self._waiting.pop(origin):
                    turn.callback(None)
        return self._tdm[origin]

    async def _fetch(self, origin: str) -> tuple[TdmRule, ...]:
        url = f"{origin}/.well-known/tdmrep.json"
        meta = {"download_maxsize": MAX_FILE, "dont_retry": True}
        self._crawler.stats.inc_value("tdmrep/request_count")
        try:
            request = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever the network does, only this file is missing
            reason, _, detail = reason_of(error)
            if reason in ("Stopped", "HostBackedOff"):
                raise
            logger.info("%s could not be fetched (%s), so it reserves nothing", url, detail)
            return ()
        self._crawler.stats.inc_value(f"tdmrep/response_status_count/{response.status}")
        if not 200 <= response.status < 300:
            return ()
        try:
            return file_rules(response.body)
        except ValueError as error:
            logger.info("%s cannot be read (%s), so it reserves nothing", url, error)
            return ()
