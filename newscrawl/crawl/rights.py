"""Rights in a crawl: what robots.txt, tdmrep.json and feeds add to what a page says, what is honoured, and outputs for one purpose.

`NEWSCRAWL_RIGHTS`: "honour" or "observe". `NEWSCRAWL_PURPOSE`: purposes that all records are wanted for. tdmrep.json is asked for once for each scheme,
host and port, when the first article there is read, through Scrapy's engine, so that robots.txt, delays and guards hold. A feed option
`"item_filter": "newscrawl.crawl.rights.ForTraining"` leaves out of one output what is reserved for its purpose.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import ItemFilter
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newscrawl.article import Article, Rights, RslLicense
from newscrawl.crawl.drops import drop
from newscrawl.crawl.failures import Refused, reason_of
from newscrawl.crawl.robots import RobotsGuard, origin_of
from newscrawl.discover.address import normalise, same_article_key
from newscrawl.fate import url_key
from newscrawl.read import Document
from newscrawl.rights import (
    PURPOSES,
    RobotsStatements,
    TdmRule,
    feed_licenses,
    file_rules,
    forbids_following,
    header_is_followed,
    is_followed,
    refusal,
    reserved,
    robots_statements,
    with_origin,
)
from newscrawl.rights.tdmrep import MAX_FILE

logger = logging.getLogger(__name__)

_MODES = ("honour", "observe")
#: Articles whose licence a feed gives that are kept in mind at most.
_MAX_FROM_FEEDS = 20_000


def honours_rights(mode: object) -> bool:
    """`NEWSCRAWL_RIGHTS` as a truth value; ValueError for what is neither of its values."""
    word = str(mode or "honour").strip().lower()
    if word not in _MODES:
        raise ValueError(f"NEWSCRAWL_RIGHTS={mode!r} is neither of {', '.join(_MODES)}")
    return word == "honour"


def read_purposes(value: object) -> tuple[str, ...]:
    """`NEWSCRAWL_PURPOSE` (names parted by commas, or a list of them); ValueError for one that there is not."""
    given = value.split(",") if isinstance(value, str) else list(value) if isinstance(value, Collection) else []
    names = tuple(name for name in (str(one).strip().lower() for one in given) if name)
    for name in names:
        if name not in PURPOSES:
            raise ValueError(f"NEWSCRAWL_PURPOSE: there is no purpose {name!r} (there are {', '.join(PURPOSES)})")
    return names


def reserved_of(item: Any) -> Collection[str]:
    """The purposes that an item is reserved for: an Article's, or those that stand in a record; none of any other item."""
    if isinstance(item, Article):
        return reserved(item.rights)
    rights = item.get("rights") if isinstance(item, Mapping) else None
    found = rights.get("reserved") if isinstance(rights, Mapping) else None
    return found if isinstance(found, list) else ()


class PurposeFilter(ItemFilter):
    """A feed's item_filter: accepts what is not reserved for `purpose`."""

    purpose = ""

    def accepts(self, item: Any) -> bool:
        """Is the item for this output?"""
        return bool(super().accepts(item)) and self.purpose not in reserved_of(item)


class ForSearch(PurposeFilter):
    """For an output that a search is made of."""

    purpose = "search"


class ForArchive(PurposeFilter):
    """For an output that is kept, and shown, as a copy."""

    purpose = "archive"


class ForTraining(PurposeFilter):
    """For an output that models are trained with."""

    purpose = "train"


class RightsPipeline:
    """Drops what its publisher wants no record of, where rights are honoured, and what is reserved for a purpose of `NEWSCRAWL_PURPOSE`."""

    def __init__(self, honours: bool = True, purposes: tuple[str, ...] = ()) -> None:
        self.honours = honours
        self.purposes = purposes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RightsPipeline:
        """Build from the settings; ValueError for bad ones."""
        settings = crawler.settings
        return cls(honours_rights(settings.get("NEWSCRAWL_RIGHTS")), read_purposes(settings.get("NEWSCRAWL_PURPOSE")))

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a drop named like the reason."""
        if not isinstance(item, Article) or item.rights is None:
            return item
        is_notice = item.revision is not None and item.revision.kind == "removed"  # that an article is gone may be told
        if self.honours and not is_notice and (why := refusal(item.rights)) is not None:
            raise drop(*why)
        if self.purposes:
            found = reserved(item.rights)
            for purpose in self.purposes:
                if purpose in found:
                    raise drop("Reserved", f"reserved for {purpose}: {'; '.join(found[purpose])}")
        return item


class CrawlRights:
    """What the spider asks. honours: are rights honoured, or only observed?"""

    def __init__(self, crawler: Crawler) -> None:
        self.honours = honours_rights(crawler.settings.get("NEWSCRAWL_RIGHTS"))
        self._crawler = crawler
        self._guard = crawler.get_downloader_middleware(RobotsGuard)
        self._robots: dict[str, RobotsStatements] = {}
        self._tdm: dict[str, tuple[TdmRule, ...]] = {}
        self._waiting: dict[str, list[Deferred[None]]] = {}
        self._expected: set[str] = set()
        self._of_feeds: dict[int, tuple[RslLicense, ...]] = {}
        self._of_whole_feeds: dict[str, tuple[RslLicense, ...]] = {}

    # -- what is honoured -----------------------------------------------------------------------

    def follows(self, document: Document) -> bool:
        """May the links of a page be followed?"""
        return not self.honours or is_followed(document)

    def follows_links_of(self, rights: Rights | None) -> bool:
        """The same, of a page whose rights are read."""
        return not self.honours or rights is None or not forbids_following(rights)

    def follows_answer(self, headers: Mapping[str, str]) -> bool:
        """The same, of a feed or sitemap, by its headers."""
        return not self.honours or header_is_followed(headers)

    def refusal(self, rights: Rights | None) -> tuple[str, str] | None:
        """Why a page must not become a record, or a part of one."""
        return refusal(rights) if self.honours else None

    # -- what origins and feeds say -------------------------------------------------------------

    def requests_for(self, url: str) -> int:
        """How many requests an article costs besides its own: one for the tdmrep.json of an origin of which none was asked for or expected yet."""
        return int(origin_of(url) not in self._expected)

    def expect(self, url: str) -> None:
        """An article of this origin will be asked for."""
        self._expected.add(origin_of(url))

    def read_robots(self, response: Response) -> None:
        """A robots.txt that the spider itself has asked for."""
        agent = self._crawler.settings["ROBOTSTXT_USER_AGENT"] or self._crawler.settings["USER_AGENT"]
        self._robots[origin_of(response.url)] = robots_statements(response.body, response.url, agent)

    def read_feed(self, response: Response) -> None:
        """A feed: it may say under what licence its entries are."""
        for address, licenses in feed_licenses(response.body, response.urljoin).items():
            if not address:
                self._of_whole_feeds[response.url] = licenses
            elif len(self._of_feeds) < _MAX_FROM_FEEDS:
                self._of_feeds[url_key(same_article_key(normalise(address)))] = licenses

    async def look_at_origin(self, url: str) -> None:
        """Have at hand what the origin of an article says, so that `complete` does not wait for it."""
        with suppress(Refused):
            await self._rules_for(origin_of(url))

    async def complete(self, rights: Rights, url: str, found_on: str = "") -> Rights:
        """The rights of a page with what its origin says, and the feed that named it. Raises Refused where the crawl is told to stop."""
        robots = self._guard.statements(url) if self._guard is not None else self._robots.get(origin_of(url))
        licenses: tuple[RslLicense, ...] = ()
        if self._of_feeds or self._of_whole_feeds:
            licenses = self._of_feeds.get(url_key(same_article_key(normalise(url))), ()) + self._of_whole_feeds.get(
                found_on, ()
            )
        return with_origin(rights, url, robots, await self._rules_for(origin_of(url)), licenses)

    async def _rules_for(self, origin: str) -> tuple[TdmRule, ...]:
        while origin not in self._tdm:
            if origin in self._waiting:
                turn: Deferred[None] = Deferred()
                self._waiting[origin].append(turn)
                await maybe_deferred_to_future(turn)
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
            response = await self._crawler.engine.download_async(
                Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
            )
        except Exception as error:  # whatever the network does costs nothing but this note
            reason, _, detail = reason_of(error)
            if reason in ("Stopped", "HostHeld"):
                raise
            logger.info("%s cannot be had (%s), so it reserves nothing", url, detail)
            return ()
        self._crawler.stats.inc_value(f"tdmrep/response_status_count/{response.status}")
        if not 200 <= response.status < 300:
            return ()
        try:
            return file_rules(response.body)
        except ValueError as error:
            logger.info("%s cannot be read (%s), so it reserves nothing", url, error)
            return ()
