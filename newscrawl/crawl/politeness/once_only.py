"""The downloader middleware that asks for no address twice in a run, also where other addresses lead to it.

Knows requests with a `Visit` only: robots.txt, and what other spiders ask for, are none of its business. Tries of one request (retries, holds) are one.
"""

from __future__ import annotations

from scrapy import Request

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.meta_keys import DOCUMENT_KEY
from newscrawl.crawl.nouns.visit import VisitKind, visit_of
from newscrawl.keys import KeySet, url_key

#: In `Request.meta`: the address that the request, or the one it is a try of, was let out for, and the redirects that led there.
_ASKED_KEY = "newscrawl_asked"


class OnceOnlyMiddleware:
    """Refuses what was asked for already. A front page is asked for though another site's has led there."""

    def __init__(self) -> None:
        self._asked = KeySet()

    def process_request(self, request: Request) -> None:
        """Raise `ReasonedIgnore` for an address that was asked for."""
        meta = request.meta
        visit = visit_of(request)
        address = request.url.partition("#")[0]
        here = (address, meta.get("redirect_times", 0))
        if visit is None or meta.get(_ASKED_KEY) == here or DOCUMENT_KEY in meta:
            return
        key = url_key(address)
        if key in self._asked:
            if any(url.partition("#")[0] == address for url in meta.get("redirect_urls", ())):  # it wants a cookie, say
                raise ReasonedIgnore("RedirectLoop", f"leads back to {address}")
            if visit.kind is not VisitKind.FRONT_PAGE:
                raise ReasonedIgnore("Duplicate", f"{request.url} was asked for already")
        else:
            self._asked.add(key)
        meta[_ASKED_KEY] = here
