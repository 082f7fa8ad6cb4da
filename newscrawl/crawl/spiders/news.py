"""The news spider: from the URLs of news sites to articles.

    scrapy crawl news -a sites=https://a.example,b.example -a limit=20 -a since=24h -O articles.jsonl

It asks each site's sources (front page, feeds, sitemaps, sections ...), newest first, and yields each
`newscrawl.Article` as it was read; pipelines strip, check and de-duplicate. Readers say what a response brought, as a
value; the spider applies it to the site, the ledger and the memory (`newscrawl.crawl.spiders.applying`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timezone
from typing import Any, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.article import Article, Link
from newscrawl.crawl.arguments import Arguments, UnusableLine, parse_arguments
from newscrawl.crawl.articles.page_objects import load_page_object
from newscrawl.crawl.discovery.disk_queue import DiskQueue
from newscrawl.crawl.discovery.frontier import Frontier
from newscrawl.crawl.discovery.site import Seen, Site
from newscrawl.crawl.job.ledger_keeper import LedgerKeeper
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.shared import shared
from newscrawl.crawl.nouns.turns import Turns
from newscrawl.crawl.nouns.visit import GIVEN, Visit, VisitKind, entry_of, visit_of
from newscrawl.crawl.politeness.download_slots import set_delay
from newscrawl.crawl.spiders.parts import Parts
from newscrawl.crawl.spiders.site_settings import apply_site_options, leave_out_unused
from newscrawl.discover.address import normalise, same_article_key, site_of
from newscrawl.keys import url_key
from newscrawl.outcomes import Outcome
from newscrawl.record import FIELDS
from newscrawl.units import counted

#: Larger responses (bytes) are read one after the other: a parsed tree is many times as large as its page.
_LARGE = 2 * 1024 * 1024
#: Lines of a list that cannot be used and are told; of the others, how many there are.
_TOLD = 5
_UNREACHED = ("HostNotFound", "TimedOut", "ConnectionFailed", "TlsFailed")


class NewsSpider(Spider):
    """Its arguments are those of `newscrawl.crawl.arguments`. Any other is an error."""

    name = "news"
    #: All items are articles: a table without any has these columns.
    fields_of_items = FIELDS

    def __init__(self, arguments: Arguments) -> None:
        super().__init__()
        self.now = datetime.now(timezone.utc)
        self.arguments = arguments
        pages = arguments.urls or {}
        self.sites = {name: Site.of(options, pages.get(name)) for name, options in arguments.sites.items()}
        self.site_names = list(self.sites)
        self._disk_queue = DiskQueue()
        shared: dict[str, Seen] = {}  # two names may be parts of one site: a URL belongs to the one that discovers it
        for number, site in enumerate(self.sites.values()):
            site.frontier = Frontier(self._disk_queue, number)
            site.seen = shared.setdefault(site_of(site.seed), site.seen)
        self._large_turn = asyncio.Lock()
        self._is_closing = False
        self._turns: Turns
        self.parts: Parts

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Leave out what this spider has no use for."""
        super().update_settings(settings)
        leave_out_unused(settings)

    @classmethod
    def check_arguments(cls, given: Mapping[str, Any], settings: BaseSettings) -> Arguments:
        """Read the arguments without building anything. Raises ValueError that names what is wrong."""
        arguments = parse_arguments(given, settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"), datetime.now(timezone.utc))
        for options in arguments.sites.values():
            if options.page_object:
                load_page_object(options.page_object)
        return arguments

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Build from `-a` arguments. Raises ValueError that names what is wrong with them."""
        arguments = cls.check_arguments(kwargs, crawler.settings)
        apply_site_options(crawler, arguments.sites.values())
        spider = cls(arguments)
        spider._set_crawler(crawler)
        spider._turns = shared(crawler, Turns)
        crawler.signals.connect(spider._opened, signal=signals.spider_opened)
        crawler.signals.connect(spider._idle, signal=signals.spider_idle)
        return spider

    def _opened(self, spider: Spider) -> None:
        if self.crawler.get_extension(LedgerKeeper) is None:
            raise RuntimeError(
                "the news spider needs the extension newscrawl.crawl.job.ledger_keeper.LedgerKeeper; "
                "the add-on newscrawl.crawl.addon.NewscrawlAddon switches it on"
            )
        # add-ons are applied after the spider is built: only now are the settings complete
        self.parts = Parts(self.crawler, self.sites.values(), self.now, self.parse, self.failed)
        if self.parts.backoff is not None:
            self.parts.backoff.subscribe(self._retrying)
        for site in self.sites.values():  # each seed is its own site's, even where another site's pages name it first
            set_delay(self.crawler, site.options)
            for url in site.options.start if site.pages is None else ():
                self._discover_seed(site, url)
        self.parts.ledger.on_settled(self._settled)

    # -- requests -------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """One request for each start URL; everything else follows from the responses."""
        self._leave_out(self.arguments.unusable)
        for site in self.sites.values():
            if site.pages is not None:
                self.parts.starting.add_pages(site)
                self._send_next(site)
            for url in site.options.start if site.pages is None else ():
                yield self._front_page(site, url)

    def _leave_out(self, lines: Sequence[UnusableLine]) -> None:
        """Enter the outcome of lines of a list of pages that cannot be requested."""
        for line in lines:
            link = Link(line.url, source=GIVEN)
            self.parts.ledger.discover(line.list, link)
            self.parts.ledger.settle(entry_of(line.list, link, line.reason, detail=line.detail))
        for line in lines[:_TOLD]:
            self.logger.warning("%s", line.detail)
        if len(lines) > _TOLD:
            self.logger.warning("and %s of the list cannot be used", counted(len(lines) - _TOLD, "more line"))

    def _discover_seed(self, site: Site, url: str) -> None:
        for key in (url_key(normalise(url)), url_key(same_article_key(url))):
            site.seen.add(key)
        self.parts.ledger.discover(site.name, Link(url, source="seed"))

    def _front_page(self, site: Site, url: str) -> Request:
        visit = Visit(site.name, Link(url, source="seed"), VisitKind.FRONT_PAGE, self.now)
        self.parts.scheduler.begin(site, visit)
        return self.parts.requests.request(site, visit)

    def _send_next(self, site: Site) -> None:
        """Send the requests for which the site's window has room."""
        if self._is_closing or not self.crawler.crawling:
            return
        for visit in self.parts.scheduler.next_visits(site):
            if visit.kind is VisitKind.ARTICLE:
                self.parts.rights.expect(visit.url)
            self.crawler.engine.crawl(self.parts.requests.request(site, visit))

    def belongs(self, visit: Visit, url: str) -> bool:
        """May this visit be redirected to `url`?

        Front pages, feeds, sitemaps and pages that the person named anywhere; others within the site.
        """
        return (
            visit.is_given
            or visit.kind not in (VisitKind.ARTICLE, VisitKind.SECTION)
            or self.sites[visit.site].owns(url)
        )

    # -- signals --------------------------------------------------------------------------------

    def _settled(self, entry: LedgerEntry) -> None:
        """A URL has its outcome, which makes room for another visit."""
        site = self.sites.get(entry.site)
        if site is not None:
            is_free = self.parts.scheduler.settled(site, entry)
            if is_free or entry.outcome is not Outcome.SKIPPED:
                self._send_next(site)

    def _retrying(self, request: Request) -> None:
        """A page has failed and may be retried: in the meantime another visit takes its place in the site's window."""
        visit = visit_of(request)
        site = self.sites.get(visit.site) if visit is not None else None
        if visit is not None and site is not None and visit.url in site.in_progress:
            site.retrying.add(visit.url)
            self._send_next(site)

    def _idle(self) -> None:
        """Nothing is in progress: see whether anything waits, of any site."""
        for site in self.sites.values():
            site.in_progress.clear()
            self._send_next(site)
            if site.pages is not None:
                continue
            if self._has_time_for_more(site):
                self.parts.links.try_held_back(site)
                self._send_next(site)
            if self._has_time_for_more(site):
                self._unroll(site)
            if self._has_time_for_more(site) and not self.parts.scheduler.is_budget_spent:
                self.parts.starting.resume_waiting(site)
                self._send_next(site)
        if any(site.in_progress for site in self.sites.values()):
            raise DontCloseSpider

    def _has_time_for_more(self, site: Site) -> bool:
        return not site.in_progress and not site.is_full

    def _unroll(self, site: Site) -> None:
        """Have the browser unroll a list that continues by script alone."""
        visit = Visit(site.name, Link(site.seed, source="pagination"), VisitKind.SECTION, self.now)
        request = self.parts.listing_escalation.unroll(site, visit)
        if request is not None:
            visit = cast(Visit, visit_of(request))
            site.in_progress[visit.url] = visit
            self.crawler.engine.crawl(request.replace(callback=self.parse, errback=self.failed))

    def closed(self, reason: str) -> None:
        """Enter the outcome of everything that still waits."""
        self._is_closing = True
        for site in self.sites.values():
            self.parts.links.close(site)
        self._disk_queue.close()

    # -- responses ------------------------------------------------------------------------------

    async def parse(self, response: Response) -> AsyncIterator[Article]:
        """Every response comes here."""
        visit = visit_of(response.request)
        assert visit is not None
        site, is_large = self.sites[visit.site], len(response.body) > _LARGE
        if is_large and visit.kind is VisitKind.ARTICLE:
            await self.parts.rights.prepare(response.url)  # before its turn, so that nobody else waits for it
        async with self._large_turn if is_large else nullcontext():
            await self._turns.next()
            while visit.kind is VisitKind.ARTICLE and self.parts.rights.is_fetching(response.url):
                await self.parts.rights.fetched(response.url)  # before it is parsed: a tree takes much more memory
                await self._turns.next()
            if visit.kind is not VisitKind.ARTICLE:
                self._end(site, visit, await self.parts.listings.apply(site, visit, response))
                return
            article, entry = await self.parts.articles.apply(site, visit, response)
            if article is not None:
                yield article
            else:
                self._end(site, visit, entry)

    def _end(self, site: Site, visit: Visit, entry: LedgerEntry | None) -> None:
        """End a visit with its outcome; None for a usual place that was empty, which gets none."""
        if entry is None:
            self._next_usual_place(site, visit)
        elif not self.parts.ledger.settle(entry):  # the URL has an outcome already: its place becomes free all the same
            site.in_progress.pop(visit.url, None)
            self._send_next(site)

    def _next_usual_place(self, site: Site, visit: Visit, is_absent: bool = True) -> None:
        """A usual place for feeds or sitemaps is empty (is_absent) or cannot be read: try the next one."""
        site.in_progress.pop(visit.url, None)
        if is_absent:
            site.listing_memory.absent(visit.url, visit.kind)
        if visit.kind is not VisitKind.ROBOTS:
            self.parts.links.add_usual_place(site, visit.kind, visit.page)
        self._send_next(site)

    def failed(self, failure: Failure) -> None:
        """There was no response, or one with an error status."""
        visit = visit_of(getattr(failure, "request", None))
        assert visit is not None and failure.value is not None
        site = self.sites[visit.site]
        reason, status, detail = reason_of(failure.value)
        if visit.guessed:
            self._next_usual_place(site, visit, is_absent=reason in ("HttpStatus", "RobotsForbidden"))
            return
        entry = visit.entry(reason, status, detail)
        if visit.kind is VisitKind.FRONT_PAGE:
            if site.scheme_guessed and reason in _UNREACHED and visit.url.startswith("https://"):
                self._try_http(site, visit, entry)
                return
            self.parts.listings.front_page_failed(site, visit, reason)
        level = logging.DEBUG if entry.outcome is Outcome.SKIPPED else logging.INFO
        self.logger.log(level, "%s: %s (%s)", visit.url, reason, detail)
        self._end(site, visit, entry)

    def _try_http(self, site: Site, visit: Visit, entry: LedgerEntry) -> None:
        """A site named without a scheme cannot be reached by https."""
        site.in_progress.pop(visit.url, None)
        site.homes[:] = ["http" + visit.url.removeprefix("https")]
        self._end(site, visit, entry)
        self._discover_seed(site, site.homes[0])
        self.crawler.engine.crawl(self._front_page(site, site.homes[0]))
