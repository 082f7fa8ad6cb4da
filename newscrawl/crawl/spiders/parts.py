"""The parts of the spider, put together for one crawl once its settings are complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.crawl.articles.article_reader import ArticleReader
from newscrawl.crawl.articles.escalation import ArticleEscalation
from newscrawl.crawl.articles.loading import load_early
from newscrawl.crawl.articles.pagination import Pagination
from newscrawl.crawl.browser.rendering import Rendering
from newscrawl.crawl.discovery.crawl_traps import CrawlTraps, TrapLimits
from newscrawl.crawl.discovery.intake import LinkIntake
from newscrawl.crawl.discovery.listing_escalation import ListingEscalation
from newscrawl.crawl.discovery.listing_intake import ListingIntake
from newscrawl.crawl.discovery.listing_reader import ListingReader
from newscrawl.crawl.discovery.scheduler import Scheduler
from newscrawl.crawl.discovery.site import Forbidden, Site, nothing
from newscrawl.crawl.discovery.starting import Starting
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.politeness.backoff import BackoffMiddleware
from newscrawl.crawl.politeness.rights import CrawlRights
from newscrawl.crawl.politeness.robots_txt import RobotsTxtMiddleware
from newscrawl.crawl.spiders.applying import ArticleResponses, ListingResponses
from newscrawl.crawl.spiders.requests import RequestBuilder
from newscrawl.crawl.state.listing_memory import ListingMemory
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.crawl.state.site_memory import SiteMemory
from newscrawl.discover.address import site_of


class Parts:
    """Builds each part from the settings, and prepares the sites."""

    def __init__(
        self,
        crawler: Crawler,
        sites: Iterable[Site],
        now: datetime,
        callback: Callable[..., Any],
        errback: Callable[..., Any],
    ) -> None:
        settings = crawler.settings
        self.ledger = ledger_of(crawler)
        self.backoff = crawler.get_downloader_middleware(BackoffMiddleware)
        robots_txt = crawler.get_downloader_middleware(RobotsTxtMiddleware)
        self.rights = rights = CrawlRights(crawler)
        self.rendering = rendering = Rendering(crawler)
        self.requests = RequestBuilder(rendering, callback, errback)
        forbidden = robots_txt.known_refusal if robots_txt is not None else nothing
        self.links = LinkIntake(self.ledger, now, settings.getint("NEWSCRAWL_MAX_LISTINGS"), forbidden)
        self.starting = Starting(self.links)
        intake = ListingIntake(self.links)
        self.listing_escalation = ListingEscalation(rendering)
        self.listings = ListingResponses(
            crawler, now, ListingReader(rights), intake, self.starting, self.links, self.listing_escalation, rights
        )
        pagination = Pagination(
            crawler,
            settings.getint("NEWSCRAWL_MAX_ARTICLE_PAGES"),
            rights,
            partial(rendering.meta, is_listing=False),
        )
        load_early(crawler)
        reader = ArticleReader(crawler, rights, ArticleEscalation(crawler, rendering), pagination)
        self.articles = ArticleResponses(crawler, reader, intake, self.links)
        self.scheduler = self._scheduler(settings, forbidden)
        limits = TrapLimits(
            unproductive=settings.getint("NEWSCRAWL_MAX_UNPRODUCTIVE"),
            depth=settings.getint("NEWSCRAWL_MAX_DEPTH"),
            pages=settings.getint("NEWSCRAWL_MAX_SITE_PAGES"),
            unlisted=settings.getint("NEWSCRAWL_MAX_UNLISTED_ARTICLES"),
        )
        memory = crawler.get_extension(MemoryKeeper)
        for site in sites:
            site.traps = CrawlTraps(limits)
            if memory is not None:
                self._connect_memory(site, memory)

    def _scheduler(self, settings: BaseSettings, forbidden: Forbidden) -> Scheduler:
        return Scheduler(
            self.ledger,
            window=max(2, 2 * settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")),
            budget=settings.getint("NEWSCRAWL_BUDGET"),
            max_unlikely=settings.getint("NEWSCRAWL_MAX_UNLIKELY_ARTICLES"),
            cost=self._cost,
            backed_off=self._backed_off,
            forbidden=forbidden,
        )

    def _connect_memory(self, site: Site, memory: MemoryKeeper) -> None:
        name, wanted = site_of(site.seed), site.wanted
        wants_others = memory.has_other_wishes(site.name, name, site.options.key)
        site.listing_memory = ListingMemory(memory, name, wanted.since, wants_others)
        site.memory = SiteMemory(memory, name, site.name, wanted, site.listing_memory)
        site.seen.memory = site.seen.memory or site.memory
        self.rendering.recall(site.seed)

    def _cost(self, visit: Visit) -> int:
        """The requests that a visit takes: the first article of an origin takes one more, for its tdmrep.json."""
        return 1 + (self.rights.requests_for(visit.url) if visit.kind is VisitKind.ARTICLE else 0)

    def _backed_off(self, url: str) -> str:
        return self.backoff.given_up(url) if self.backoff is not None else ""
