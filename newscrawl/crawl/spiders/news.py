"""The spider: from the addresses of news sites to articles.

    scrapy crawl news -a sites=https://a.example,b.example -a limit=20 -a since=24h -O articles.jsonl

Asks each site's roads (see `newscrawl.crawl.roads`), newest first, and yields `newscrawl.Article` as it was read;
pipelines strip, check and de-duplicate. One parse of a page serves its links, text and metadata.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import nullcontext
from datetime import datetime, timezone
from functools import partial
from typing import Any, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.article import Article, Link
from newscrawl.crawl.arguments import Arguments, parse_arguments
from newscrawl.crawl.articles import Articles
from newscrawl.crawl.escalation import Escalation
from newscrawl.crawl.failures import reason_of
from newscrawl.crawl.frontier import Frontier
from newscrawl.crawl.further import FurtherPages
from newscrawl.crawl.holds import HostGuard
from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.listings import Listings
from newscrawl.crawl.recall import SiteMemory
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.crawl.responses import page_of
from newscrawl.crawl.rights import CrawlRights
from newscrawl.crawl.roads import Roads
from newscrawl.crawl.site import Seen, Site
from newscrawl.crawl.spill import Spill
from newscrawl.crawl.traps import Limits, Traps
from newscrawl.crawl.visit import META_KEY, As, Visit, visit_of
from newscrawl.discover.address import normalise, same_article_key, site_of
from newscrawl.fate import Fate, url_key

#: Bytes of an answer from which on it waits for its turn.
_LARGE = 2 * 1024 * 1024
_UNREACHED = ("HostNotFound", "TimedOut", "ConnectionFailed", "TlsFailed")


class NewsSpider(Spider):
    """Arguments: sites (required), limit, since; see `newscrawl.crawl.arguments`. Any other is an error."""

    name = "news"

    def __init__(self, arguments: Arguments) -> None:
        super().__init__()
        self.now = datetime.now(timezone.utc)
        self.since = arguments.since
        self.limit = arguments.limit
        self.sites = {
            name: Site(name, address, "://" not in name, arguments.limit) for name, address in arguments.sites.items()
        }
        # two names may stand for parts of one site: each URL is then the first one's that meets it
        shared: dict[str, Seen] = {}
        self.spill = Spill()
        for number, site in enumerate(self.sites.values()):
            site.frontier = Frontier(self.spill, number)
            site.seen = shared.setdefault(site_of(site.seed), site.seen)
        self.site_names = list(self.sites)
        self.window = 4
        self._count = 0
        self._turn = asyncio.Lock()
        self._closing = False
        self._pumping: set[str] = set()
        self.keeper: LedgerKeeper
        self.roads: Roads
        self.further: FurtherPages
        self.escalation: Escalation
        self.rights: CrawlRights

    @classmethod
    def check_arguments(cls, given: Mapping[str, str], settings: BaseSettings) -> Arguments:
        """Read the arguments without building anything; ValueError names what is wrong."""
        return parse_arguments(given, settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"), datetime.now(timezone.utc))

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Build from `-a` arguments; ValueError names what is wrong with them."""
        spider = cls(cls.check_arguments(kwargs, crawler.settings))
        spider._set_crawler(crawler)
        crawler.signals.connect(spider._opened, signal=signals.spider_opened)
        crawler.signals.connect(spider._idle, signal=signals.spider_idle)
        return spider

    # -- asking ---------------------------------------------------------------------------------

    def _opened(self, spider: Spider) -> None:
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is None:
            raise RuntimeError(
                "the news spider needs the extension newscrawl.crawl.ledger.LedgerKeeper (see newscrawl.crawl.addon)"
            )
        self.keeper = keeper
        settings = self.crawler.settings  # complete only now: a spider is built before add-ons are applied
        self.window = max(2, 2 * settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        most = settings.getint("NEWSCRAWL_MAX_LISTINGS"), settings.getint("NEWSCRAWL_MAX_DOUBTFUL")
        self.rights = CrawlRights(self.crawler)
        self.escalation = Escalation(self.crawler, page_of)
        at_most, meta_of = settings.getint("NEWSCRAWL_MAX_PAGES"), partial(self.escalation.meta, is_listing=False)
        self.further = FurtherPages(self.crawler, keeper, page_of, at_most, self.rights, meta_of)
        self.articles, self.listings = Articles(self), Listings(self)
        self.roads = Roads(keeper, self.now, self.since, *most)
        self.budget = settings.getint("NEWSCRAWL_BUDGET")
        limits = Limits(
            *(settings.getint(f"NEWSCRAWL_MAX_{name}") for name in ("BARREN", "DEPTH", "SITE_PAGES", "UNLISTED"))
        )
        for site in self.sites.values():
            site.traps = Traps(limits)
        self.hosts = self.crawler.get_downloader_middleware(HostGuard)
        if self.hosts is not None:
            self.hosts.subscribe(self._set_back)
        self.memory = self.crawler.get_extension(MemoryKeeper)
        if self.memory is not None:
            for site in self.sites.values():
                site.memory = SiteMemory(self.memory, site_of(site.seed), site.name, self.since)
                site.seen.memory = site.seen.memory or site.memory
                self.escalation.recall(site)
        for site in self.sites.values():  # a seed is its own site's, even where another one's pages name it first
            self._meet_seed(site, site.seed)
        keeper.ledger.subscribe(self._settled)

    async def start(self) -> AsyncIterator[Any]:
        """One request a site, for its front page; all else follows from the answer."""
        for site in self.sites.values():
            yield self._front_page(site, site.seed)

    def _meet_seed(self, site: Site, address: str) -> None:
        for key in (url_key(normalise(address)), url_key(same_article_key(address))):
            site.seen.add(key)
        self.keeper.meet(address, site.name, "seed")

    def _front_page(self, site: Site, address: str) -> Request:
        return self._request(site, Visit(site.name, Link(address, source="seed"), As.FRONT_PAGE, self.now))

    def _request(self, site: Site, visit: Visit) -> Request:
        site.under_way[visit.url] = visit
        self._count += self._cost(visit)
        if visit.kind is As.ARTICLE:
            self.rights.expect(visit.url)
        meta: dict[str, Any] = {META_KEY: visit}
        if visit.kind in (As.ARTICLE, As.FRONT_PAGE, As.SECTION):
            meta |= self.escalation.meta(visit.url, visit.kind.is_listing)
        if visit.kind is As.ROBOTS:
            meta["dont_obey_robotstxt"] = True
        # a list that scripts make may change though its page does not
        headers = (
            {}
            if visit.kind.is_listing and self.escalation.is_made_by_scripts(visit.url)
            else site.memory.headers(visit)
        )
        if headers or visit.again:
            meta["handle_httpstatus_list"] = [304, *((404, 410) if visit.again else ())]
        return Request(
            visit.url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta=meta,
            dont_filter=visit.kind.is_listing,
            priority=-self._count,  # as the frontier has ordered them
        )

    def _pump(self, site: Site) -> None:
        """Send what the site's window has room for. A fate that this brings about does not begin it anew."""
        engine = self.crawler.engine
        if self._closing or site.name in self._pumping or not self.crawler.crawling:
            return
        self._pumping.add(site.name)
        try:
            while site.has_room(self.window):
                visit = site.next_visit()
                if visit is None:
                    break
                if self.budget and self._count + self._cost(visit) > self.budget:
                    self._postpone(site, visit)
                elif self.hosts is not None and not visit.guessed and (why := self.hosts.given_up(visit.url)):
                    self.keeper.settle(visit.url, "HostHeld", site.name, detail=why, road=visit.road)
                elif self.roads.is_wanted(site, visit):
                    engine.crawl(self._request(site, visit))
        finally:
            self._pumping.discard(site.name)

    def _cost(self, visit: Visit) -> int:
        """The requests that a visit takes: the first article of an origin brings that for its tdmrep.json with it."""
        return 1 + (self.rights.requests_for(visit.url) if visit.kind is As.ARTICLE else 0)

    def _postpone(self, site: Site, visit: Visit) -> None:
        """The run's budget is spent: what still waits is left for the next one."""
        for left in (visit, *site.frontier.drain()):
            if not left.guessed:
                self.keeper.settle(left.url, "Postponed", site.name, road=left.road)

    def belongs(self, visit: Visit, url: str) -> bool:
        """May this visit be led to `url`? Front pages anywhere, feeds and sitemaps too; pages only within the site."""
        return visit.kind not in (As.ARTICLE, As.SECTION) or self.sites[visit.site].owns(url)

    # -- signals --------------------------------------------------------------------------------

    def _settled(self, fate: Fate) -> None:
        """A fate frees a place in the site's window."""
        site = self.sites.get(fate.site)
        if site is None:
            return
        visit = site.under_way.pop(fate.url, None)
        site.set_back.discard(fate.url)
        site.memory.settled(fate, visit)
        if visit is not None:
            site.traps.settled(visit, fate)
        if fate.reason == "Recorded":
            site.recorded += 1
            site.recorded_keys.add(url_key(same_article_key(site.pages_of.get(fate.url, fate.url))))
        site.pages_of.pop(fate.url, None)
        if visit is not None and visit.branch and visit.kind is As.ARTICLE:
            site.outcomes[visit.branch, visit.page, fate.reason == "TooOld"] += 1
        self._pump(site)

    def _set_back(self, request: Request) -> None:
        """A page has failed and may be asked for again: its place in the site's window is another's meanwhile."""
        visit = visit_of(request)
        site = self.sites.get(visit.site) if visit is not None else None
        if visit is not None and site is not None and visit.url in site.under_way:
            site.set_back.add(visit.url)
            self._pump(site)

    def _idle(self) -> None:
        """Nothing is under way: see whether something waits, of any site."""
        for site in self.sites.values():
            site.under_way.clear()
            self._pump(site)
            if not site.under_way and not site.is_full:
                self.roads.last_look(site)
                self._pump(site)
            if not site.under_way and not site.is_full:
                self._unroll(site)
            if not site.under_way and not site.is_full and not (self.budget and self._count >= self.budget):
                self.roads.resume_waiting(site)
                self._pump(site)
        if any(site.under_way for site in self.sites.values()):
            raise DontCloseSpider

    def _unroll(self, site: Site) -> None:
        visit = Visit(site.name, Link(site.seed, source="pagination"), As.SECTION, self.now)
        request = self.escalation.unroll(site, visit)
        if request is not None:
            visit = cast(Visit, visit_of(request))
            site.under_way[visit.url] = visit
            self.crawler.engine.crawl(request.replace(callback=self.parse, errback=self.failed))

    def closed(self, reason: str) -> None:
        """What still waits is not fetched; say why."""
        self._closing = True
        for site in self.sites.values():
            why = "OverLimit" if site.is_full else "Stopped"
            for visit in site.frontier.drain():
                if not visit.guessed:
                    self.keeper.settle(visit.url, why, site.name, road=visit.road)
            for visit in list(site.under_way.values()):
                if not visit.guessed:
                    self.keeper.settle(visit.url, "Stopped", site.name, road=visit.road)
            self.roads.refuse_held(site)
            for url in site.unlikely.values():
                self.keeper.settle(
                    url, "NotAnArticleUrl", site.name, detail="its address and anchor look like no article's"
                )
        self.spill.close()

    # -- answers --------------------------------------------------------------------------------

    async def parse(self, response: Response) -> AsyncIterator[Article]:
        """Every answer comes here and goes its road; large ones one after the other, because a tree is many times as large as its page."""
        visit = visit_of(response.request)
        assert visit is not None
        site, is_large = self.sites[visit.site], len(response.body) > _LARGE
        if is_large and visit.kind is As.ARTICLE:
            await self.rights.look_at_origin(response.url)  # nobody's turn waits for it
        async with self._turn if is_large else nullcontext():
            if visit.kind is not As.ARTICLE:
                await self.listings.read(site, visit, response)
                return
            async for article in self.articles.read(site, visit, response):
                yield article

    def next_guess(self, site: Site, visit: Visit, is_absent: bool = True) -> None:
        """A usual place holds nothing: no road named it, so it has no fate, and the next one is tried."""
        site.under_way.pop(visit.url, None)
        if is_absent:
            site.memory.absent(visit.url, visit.kind)
        if visit.kind is not As.ROBOTS:
            self.roads.add_usual(site, visit.kind, visit.page)
        self._pump(site)

    def settle(self, site: Site, visit: Visit, reason: str, status: int | None, detail: str) -> None:
        """Enter the end of a visit. Where its URL has a fate already, its place in the window is freed all the same."""
        if not self.keeper.settle(visit.url, reason, site.name, status, detail, visit.road):
            site.under_way.pop(visit.url, None)
            self._pump(site)

    def failed(self, failure: Failure) -> None:
        """No answer, or one with an error status."""
        visit = visit_of(getattr(failure, "request", None))
        assert visit is not None and failure.value is not None
        site = self.sites[visit.site]
        reason, status, detail = reason_of(failure.value)
        if visit.guessed:
            self.next_guess(site, visit, is_absent=reason in ("HttpStatus", "RobotsForbidden"))
            return
        if visit.kind is As.FRONT_PAGE:
            if site.scheme_guessed and reason in _UNREACHED and visit.url.startswith("https://"):
                site.under_way.pop(visit.url, None)
                site.homes[:] = ["http" + visit.url.removeprefix("https")]
                self.settle(site, visit, reason, status, detail)
                self._meet_seed(site, site.homes[0])
                self.crawler.engine.crawl(self._front_page(site, site.homes[0]))
                return
            if reason in ("HttpStatus", "RobotsForbidden") or self.listings.named_sitemaps(site):
                self.listings.all_roads(site, visit, None, visit.url)
        self.logger.info("%s: %s (%s)", visit.url, reason, detail)
        self.settle(site, visit, reason, status, detail)
