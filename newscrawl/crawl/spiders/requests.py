"""From visits to Scrapy requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Request

from newscrawl.crawl.browser.rendering import Rendering
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.meta_keys import VISIT_KEY
from newscrawl.crawl.nouns.visit import Visit, VisitKind

_PAGES = (VisitKind.ARTICLE, VisitKind.FRONT_PAGE, VisitKind.SECTION)


class RequestBuilder:
    """callback, errback: of the spider."""

    def __init__(self, rendering: Rendering, callback: Callable[..., Any], errback: Callable[..., Any]) -> None:
        self._rendering = rendering
        self._callback = callback
        self._errback = errback
        self._count = 0

    def request(self, site: Site, visit: Visit) -> Request:
        """The request of a visit. Requests keep the order in which they are built: the frontier has sorted them."""
        self._count += 1
        meta: dict[str, Any] = {VISIT_KEY: visit}
        if visit.kind in _PAGES:
            meta |= self._rendering.meta(visit.url, visit.kind.is_listing)
        if visit.kind is VisitKind.ROBOTS:
            meta["dont_obey_robotstxt"] = True
        headers = self._conditional_headers(site, visit)
        if headers or visit.again:
            meta["handle_httpstatus_list"] = [304, *((404, 410) if visit.again else ())]
        return Request(
            visit.url,
            callback=self._callback,
            errback=self._errback,
            headers=headers,
            meta=meta,
            dont_filter=visit.kind.is_listing,
            priority=-self._count,
        )

    def _conditional_headers(self, site: Site, visit: Visit) -> dict[str, str]:
        if visit.kind.is_listing and self._rendering.is_made_by_scripts(visit.url):
            return {}  # such a list may change though the server's page does not
        return site.listing_memory.conditional_headers(visit)
