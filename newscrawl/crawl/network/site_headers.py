"""The downloader middleware that gives each site's requests its own headers, cookies and proxy, and nobody else's.

A request that is redirected to another site loses them. Robots.txt, listings and articles are treated alike.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.crawl.nouns.shared import shared
from newscrawl.crawl.nouns.site_table import SiteTable
from newscrawl.crawl.nouns.visit import visit_of

#: Key of `Request.meta`: the names of the headers that were set here.
_SET = "newscrawl_site_headers"


class SiteHeadersMiddleware:
    """Reads the options of sites (`SiteTable`)."""

    def __init__(self, crawler: Crawler) -> None:
        self._sites = shared(crawler, SiteTable)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SiteHeadersMiddleware:
        """Build for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set what belongs to the request's site, and take away what belonged to the one that redirected it."""
        before = request.meta.pop(_SET, None)
        if before is not None:
            for name in before:
                request.headers.pop(name, None)
            request.meta.pop("proxy", None)
        visit = visit_of(request)
        options = self._sites.of_visit(visit.site if visit is not None else None, request.url)
        if options is None:
            return
        if options.proxy:
            request.meta["proxy"] = options.proxy
        headers = options.sent_headers if self._sites.may_tell(request.url, options) else {}
        for name, value in headers.items():
            request.headers[name] = value
        if options.delay is not None:
            request.meta["autothrottle_dont_adjust_delay"] = True
        if headers or options.proxy:
            request.meta[_SET] = list(headers)
