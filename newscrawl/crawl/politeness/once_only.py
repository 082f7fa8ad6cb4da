"""The downloader middleware that requests no URL twice in a run, also if several URLs redirect to it.

Looks only at requests with a `Visit`, so not at those for robots.txt or of other spiders. Retries of a request, and its
repetitions after a back-off, are allowed.
"""

from __future__ import annotations

from scrapy import Request

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.meta_keys import DOCUMENT_KEY
from newscrawl.crawl.nouns.visit import VisitKind, visit_of
from newscrawl.keys import KeySet, url_key

#: In `Request.meta`: the URL for which this request (or the one that it repeats) was let through, and the number of
#: redirects that led there.
_REQUESTED_KEY = "newscrawl_requested"


class OnceOnlyMiddleware:
    """Refuses URLs that were requested before, except a front page to which another site has redirected."""

    def __init__(self) -> None:
        self._requested = KeySet()

    def process_request(self, request: Request) -> None:
        """Raise ReasonedIgnore for a URL that was requested before."""
        meta = request.meta
        visit = visit_of(request)
        url = request.url.partition("#")[0]
        this = (url, meta.get("redirect_times", 0))
        if visit is None or meta.get(_REQUESTED_KEY) == this or DOCUMENT_KEY in meta:
            return
        key = url_key(url)
        if key in self._requested:
            # a URL may redirect to itself to set a cookie, say
            if any(earlier.partition("#")[0] == url for earlier in meta.get("redirect_urls", ())):
                raise ReasonedIgnore("RedirectLoop", f"redirects back to {url}")
            if visit.kind is not VisitKind.FRONT_PAGE:
                raise ReasonedIgnore("Duplicate", f"{request.url} was requested before")
        else:
            self._requested.add(key)
        meta[_REQUESTED_KEY] = this
