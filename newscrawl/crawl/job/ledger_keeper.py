"""The extension that fills the ledger from Scrapy's signals: items scraped and dropped, errors, dropped requests.

Works beside any spider. Counts each reason as a stat, `newscrawl/<reason>`.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.drops import ReasonedDrop
from newscrawl.crawl.job.audit import Audit
from newscrawl.crawl.nouns.item_entry import item_entry
from newscrawl.crawl.nouns.ledger import LedgerEntry, ledger_of
from newscrawl.crawl.nouns.visit import visit_of


class LedgerKeeper:
    """Fills `ledger` and, with `NEWSCRAWL_AUDIT`, writes the audit file."""

    def __init__(self, crawler: Crawler) -> None:
        self.ledger = ledger_of(crawler)
        self._crawler = crawler
        path = crawler.settings.get("NEWSCRAWL_AUDIT")
        self._audit = Audit(str(path)) if path else None
        if self._audit is not None:
            self.ledger.on_discovered(self._audit.discovered)
            self.ledger.on_settled(self._audit.settled)
        self.ledger.on_settled(self._count)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LedgerKeeper:
        """Listen to the crawl's signals."""
        keeper = cls(crawler)
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

    def _count(self, entry: LedgerEntry) -> None:
        self._crawler.stats.inc_value(f"newscrawl/{entry.reason}")

    def _settle(self, response: Response | Failure | None, item: Any, reason: str, detail: str = "") -> None:
        entry = item_entry(response, item, reason, detail)
        if entry is not None:
            self.ledger.settle(entry)

    def _scraped(self, item: Any, response: Response | None) -> None:
        revision = getattr(item, "revision", None)
        if revision is None:
            self._settle(response, item, "Recorded")
        else:
            self._settle(response, item, "Removed" if revision.kind == "removed" else "Changed")

    def _dropped(self, item: Any, response: Response | None, exception: BaseException) -> None:
        reason = exception.reason if isinstance(exception, ReasonedDrop) else "Dropped"
        self._settle(response, item, reason, str(exception))

    def _item_error(self, item: Any, response: Response | None, failure: Failure) -> None:
        self._settle(response, item, "PipelineError", repr(failure.value))

    def _spider_error(self, failure: Failure, response: Response | Failure) -> None:
        self._settle(response, None, "SpiderError", repr(failure.value))

    def _request_dropped(self, request: Request, spider: Spider) -> None:
        visit = visit_of(request)
        if visit is None:
            return
        if request.url in request.meta.get("redirect_urls", ()):
            self.ledger.settle(visit.entry("RedirectLoop", detail=f"leads back to {request.url}"))
        else:
            detail = f"leads to {request.url}, which was requested already"
            self.ledger.settle(visit.entry("Duplicate", detail=detail))

    def _closed(self, spider: Spider) -> None:
        if self._audit is not None:
            self._audit.close()
