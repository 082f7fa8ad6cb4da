"""The extension that owns the one ledger of the run, and hears from Scrapy's signals what became of each URL.

Works beside any spider: requests without a `Visit` are entered under their host when an item of theirs is
scraped or dropped. Counts each reason as a stat, `newscrawl/<reason>`. Fetches and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.audit import Audit
from newscrawl.crawl.drops import ReasonedDrop
from newscrawl.crawl.status import ExitStatus, problem
from newscrawl.crawl.visit import visit_of
from newscrawl.fate import Fate, Ledger


class LedgerKeeper:
    """Keeps `ledger`; get it with `crawler.get_extension(LedgerKeeper)` once the crawl has been set up."""

    def __init__(self, crawler: Crawler) -> None:
        self.ledger = Ledger()
        self.faults: list[tuple[ExitStatus, str]] = []
        #: site -> how its front page came out; the last one, where several were tried
        self.front_pages: dict[str, str] = {}
        self._crawler = crawler
        path = crawler.settings.get("NEWSCRAWL_AUDIT")
        self.audit = Audit(str(path)) if path else None
        if self.audit is not None:
            self.ledger.subscribe(self.audit.settle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LedgerKeeper:
        """Listen to the crawl's signals."""
        keeper = cls(crawler)
        keeper.ledger.subscribe(keeper._count)
        for handler, signal in (
            (keeper._scraped, signals.item_scraped),
            (keeper._dropped, signals.item_dropped),
            (keeper._item_error, signals.item_error),
            (keeper._spider_error, signals.spider_error),
            (keeper._request_dropped, signals.request_dropped),
            (keeper._closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return keeper

    def meet(self, url: str, site: str, road: str) -> None:
        """A road named this URL. From the first time on it is owed a fate."""
        if self.audit is not None:
            self.audit.name(url, site, road, self.ledger.is_settled(url))
        self.ledger.meet(site, url)

    def settle(
        self, url: str, reason: str, site: str = "", status: int | None = None, detail: str = "", road: str = ""
    ) -> bool:
        """Enter what became of a URL; False when it has a fate already. Who met a URL sees to it that it comes to one."""
        return self.ledger.settle(Fate(url, site, (road,) if road else (), reason, status, detail))

    def fault(self, status: ExitStatus, why: str) -> None:
        """Something is wrong with the run itself, not with a page: the process says so when it ends."""
        if (status, why) not in self.faults:
            self.faults.append((status, why))

    def problems(self, sites: Iterable[str]) -> dict[str, str | None]:
        """Each of these sites, with why it counts as failed, or None."""
        table = self.ledger.table()
        return {site: problem(table.get(site, {}), self.front_pages.get(site)) for site in sites}

    def _count(self, fate: Fate) -> None:
        self._crawler.stats.inc_value(f"newscrawl/{fate.reason}")
        if fate.roads and fate.roads[0].startswith("seed"):
            self.front_pages[fate.site] = fate.reason

    def settle_item(self, response: Response | Failure | None, item: Any, reason: str, detail: str = "") -> None:
        """Enter the end of the URL that an item, or a failure, came from."""
        request = response.request if isinstance(response, Response) else getattr(response, "request", None)
        visit, status = visit_of(request), response.status if isinstance(response, Response) else None
        if visit is not None:
            self.settle(visit.url, reason, visit.site, status, detail, visit.road)
            return
        url = request.url if isinstance(request, Request) else str(getattr(item, "url", "") or "")
        if url:
            self.settle(url, reason, urlsplit(url).hostname or "", status, detail)

    def _scraped(self, item: Any, response: Response | None) -> None:
        revision = getattr(item, "revision", None)
        self.settle_item(
            response, item, "Recorded" if revision is None else "Removed" if revision.kind == "removed" else "Changed"
        )

    def _dropped(self, item: Any, response: Response | None, exception: BaseException) -> None:
        reason = exception.reason if isinstance(exception, ReasonedDrop) else "Dropped"
        self.settle_item(response, item, reason, str(exception))

    def _item_error(self, item: Any, response: Response | None, failure: Failure) -> None:
        self.settle_item(response, item, "PipelineError", repr(failure.value))

    def _spider_error(self, failure: Failure, response: Response | Failure) -> None:
        self.settle_item(response, None, "SpiderError", repr(failure.value))

    def _request_dropped(self, request: Request, spider: Spider) -> None:
        visit = visit_of(request)
        if visit is not None and request.url in request.meta.get("redirect_urls", ()):
            self.settle(visit.url, "RedirectLoop", visit.site, None, f"leads back to {request.url}", visit.road)
        elif visit is not None:
            self.settle(
                visit.url,
                "Duplicate",
                visit.site,
                None,
                f"leads to {request.url}, which was asked for already",
                visit.road,
            )

    def _closed(self, spider: Spider) -> None:
        if self.audit is not None:
            self.audit.close()
