"""Applies what responses brought: links go to the intake, articles to the pipelines, outcomes to the ledger."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.article import Article, Link
from newscrawl.crawl.articles.article_reader import ArticleReader, ArticleReading
from newscrawl.crawl.discovery.intake import LinkIntake, Origin
from newscrawl.crawl.discovery.listing_escalation import ListingEscalation
from newscrawl.crawl.discovery.listing_intake import ListingIntake
from newscrawl.crawl.discovery.listing_page import ListingPage
from newscrawl.crawl.discovery.listing_reader import ListingReader, ListingReading, blocking_wall
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.discovery.starting import Starting
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.page import headers_of
from newscrawl.crawl.nouns.shared import shared
from newscrawl.crawl.nouns.turns import Turns
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.politeness.rights import CrawlRights
from newscrawl.crawl.politeness.robots_txt import RobotsTxtMiddleware
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.discover.address import same_article_key
from newscrawl.errors import NewscrawlError
from newscrawl.keys import url_key
from newscrawl.units import counted

if TYPE_CHECKING:
    from newscrawl.read.document import Document

logger = logging.getLogger(__name__)

_NOT_FOLLOWED = "its publisher wants its links not to be followed (nofollow)"
#: Later pages of articles that a site keeps until their first page is read.
_MAX_PARTS = 50


class ListingResponses:
    """Reads the responses for listings and applies them."""

    def __init__(
        self,
        crawler: Crawler,
        now: datetime,
        reader: ListingReader,
        intake: ListingIntake,
        starting: Starting,
        links: LinkIntake,
        escalation: ListingEscalation,
        rights: CrawlRights,
    ) -> None:
        self._crawler = crawler
        self._now = now
        self._reader = reader
        self._intake = intake
        self._starting = starting
        self._links = links
        self._escalation = escalation
        self._rights = rights
        self._turns = shared(crawler, Turns)

    async def apply(self, site: Site, visit: Visit, response: Response) -> LedgerEntry | None:
        """Add what a listing names; returns its outcome, or None for a usual place that is empty."""
        reading = self._reader.read(site, visit, response)
        if visit.kind in (VisitKind.FEED, VisitKind.SITEMAP, VisitKind.ROBOTS):
            return await self._apply_entries(site, visit, response, reading)
        if visit.kind is VisitKind.FRONT_PAGE and not reading.reason:
            site.adopt(response.url)
            site.sections.moved(visit.url, response.url)
        if reading.document is None:
            if visit.kind is VisitKind.FRONT_PAGE:
                self._start_sources(site, visit, None)
            if not reading.is_unchanged:
                return visit.entry(reading.reason, response.status, reading.detail)
            return self._unchanged(site, visit, response)
        return await self._apply_page(site, visit, response, reading.document, reading.is_followed)

    async def _apply_page(
        self, site: Site, visit: Visit, response: Response, document: Document, is_followed: bool
    ) -> LedgerEntry:
        """Add the links of a front page or section, as the server sent it and then as the browser shows it."""
        page = ListingPage(document, self._now) if is_followed else None
        if visit.kind is VisitKind.FRONT_PAGE:
            if page is not None and not site.sections.is_whole:
                site.sections.learn(visit.url, page.likely_articles())
            fresh = self._start_sources(site, visit, page)
            reason = blocking_wall(document) if not fresh else None
            if reason is not None:
                return visit.entry(reason, response.status, "in place of the front page")
        else:
            fresh = self._intake.add_page(site, visit, page) if page is not None else 0
        body = response.body
        if is_followed:
            try:
                rendered = await self._escalation.rendered(site, visit, response, document, fresh)
            except ReasonedIgnore as error:
                return visit.entry(error.reason, response.status, str(error))
            if rendered is not None:
                fresh += self._intake.add_page(site, visit, ListingPage(rendered, self._now))
                body = cast(bytes, rendered.page.html)
        if visit.kind is VisitKind.SECTION:
            site.traps.listed(visit, fresh)
        site.listing_memory.answered(visit, headers_of(response), body, fresh)
        return visit.entry("Listing", response.status, f"{fresh} new" if is_followed else _NOT_FOLLOWED)

    def _unchanged(self, site: Site, visit: Visit, response: Response) -> LedgerEntry:
        site.listing_memory.answered(visit, headers_of(response), response.body, 0, is_unchanged=True)
        return visit.entry("Listing", response.status, "not changed")

    async def _apply_entries(
        self, site: Site, visit: Visit, response: Response, reading: ListingReading
    ) -> LedgerEntry | None:
        """Add the entries of a feed, sitemap or robots.txt."""
        if reading.is_unchanged:
            return self._unchanged(site, visit, response)
        before, named, sitemaps = site.discovered, site.named, site.listings
        count, error = 0, None
        try:
            count = await self._add_entries(site, visit, response, reading)
        except NewscrawlError as raised:
            error = raised
        if not reading.is_followed:
            logger.info("%s: %s", response.url, _NOT_FOLLOWED)
        if visit.kind is VisitKind.SITEMAP and reading.is_followed:
            site.traps.sitemap_read(visit, site.named - named, site.listings - sitemaps)
        if visit.guessed and not count:
            return None
        if error is not None or reading.reason:
            reason, detail = (error.reason, str(error)) if error is not None else (reading.reason, reading.detail)
            return visit.entry(reason, response.status, detail)
        site.listing_memory.answered(visit, headers_of(response), response.body, site.discovered - before)
        return visit.entry(
            "Listing", response.status, counted(count, "entry", "entries") if reading.is_followed else _NOT_FOLLOWED
        )

    async def _add_entries(self, site: Site, visit: Visit, response: Response, reading: ListingReading) -> int:
        """The number of entries that were added, or known. Raises NewscrawlError for what is not a sitemap."""
        if visit.kind is VisitKind.ROBOTS:
            self._rights.read_robots(response)
            return sum(self._links.add_listing(site, link, VisitKind.SITEMAP) for link in reading.entries)
        if visit.kind is VisitKind.FEED:
            if not reading.reason and reading.is_followed:
                self._rights.read_feed(response)
            return self._intake.add_feed(site, list(reading.entries))
        count = 0
        for so_far in self._intake.add_sitemap(site, visit, reading.entries):
            count = so_far
            await self._turns.next()
        return count

    def _start_sources(self, site: Site, visit: Visit, page: ListingPage | None) -> int:
        """Start every source of a site at its front page; returns the number of new articles on it."""
        if self._crawler.get_downloader_middleware(RobotsTxtMiddleware) is None:
            # robots.txt is not obeyed, so nobody has requested it; its Sitemap lines are wanted all the same
            robots = Link(urljoin(site.homes[-1], "/robots.txt"), source="usual place")
            site.frontier.push(Visit(site.name, robots, VisitKind.ROBOTS, self._now, guessed=True))
        fresh = self._intake.add_front_page(site, visit, page, self._named_sitemaps(site))
        self._starting.resume(site)
        return fresh

    def _named_sitemaps(self, site: Site) -> list[str]:
        """The sitemaps that robots.txt names, of all hosts of the site."""
        robots_txt = self._crawler.get_downloader_middleware(RobotsTxtMiddleware)
        if robots_txt is None:
            return []
        return list(dict.fromkeys(url for home in site.homes for url in robots_txt.sitemaps(home)))

    def front_page_failed(self, site: Site, visit: Visit, reason: str) -> None:
        """The front page cannot be read: other sources are tried if the host is there or robots.txt names sitemaps."""
        if reason in ("HttpStatus", "RobotsForbidden") or self._named_sitemaps(site):
            self._start_sources(site, visit, None)


class ArticleResponses:
    """Reads the responses for articles and applies them."""

    def __init__(self, crawler: Crawler, reader: ArticleReader, intake: ListingIntake, links: LinkIntake) -> None:
        self._memory = crawler.get_extension(MemoryKeeper)
        self._reader = reader
        self._intake = intake
        self._links = links

    async def apply(
        self, site: Site, visit: Visit, response: Response
    ) -> tuple[Article, None] | tuple[None, LedgerEntry]:
        """The article of a response, or the outcome where there is none. Adds the links of its page."""
        if self._memory is not None and response.status < 300:
            headers = {name.lower(): value for name, value in headers_of(response).items()}
            self._memory.remember_validators(visit.url, headers.get("etag", ""), headers.get("last-modified", ""))
        reading = await self._reader.read(site, visit, response, lambda url: self._links.is_known_href(site, url))
        self._apply_links(site, visit, reading)
        if reading.article is None:
            self._apply_outcome(site, visit, reading)
            return None, visit.entry(reading.reason, response.status, reading.detail)
        if reading.published is not None:
            site.date_article(url_key(same_article_key(visit.url)), reading.published)
            self._links.article_was_recent(site, visit.link)
        site.article_urls[visit.url] = reading.article.canonical_url or response.url
        return reading.article, None

    def _apply_links(self, site: Site, visit: Visit, reading: ArticleReading) -> None:
        if visit.is_given:
            return
        if reading.part is not None and len(site.parts) < _MAX_PARTS:
            site.parts[visit.url] = reading.part
        if reading.part_of is not None:
            self._links.add_article(site, reading.part_of, visit.around, origin=Origin(is_listed=True))
        try:
            self._intake.add_article_links(site, visit, list(reading.links), reading.published)
        except Exception:
            logger.exception("%s: its links could not be added; its article is recorded", visit.url)

    def _apply_outcome(self, site: Site, visit: Visit, reading: ArticleReading) -> None:
        if reading.reason == "Unchanged" and self._memory is not None:
            self._memory.remember_unchanged(visit.url)
        elif reading.reason in ("TooOld", "Undated"):
            site.memory.too_old(visit, reading.published)
