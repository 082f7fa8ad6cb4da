"""The ledger entry of a scraped item, whichever spider it comes from."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.visit import visit_of
from newscrawl.urls import split


def item_entry(response: Response | Failure | None, item: Any, reason: str, detail: str = "") -> LedgerEntry | None:
    """The entry of the URL that an item (or a failure) came from; None where no URL is known.

    Requests without a `Visit` are entered under their host.
    """
    request = response.request if isinstance(response, Response) else getattr(response, "request", None)
    status = response.status if isinstance(response, Response) else None
    visit = visit_of(request)
    if visit is not None:
        return visit.entry(reason, status, detail)
    url = request.url if isinstance(request, Request) else str(getattr(item, "url", "") or "")
    return LedgerEntry(url, split(url).hostname or "", reason, status, detail) if url else None
