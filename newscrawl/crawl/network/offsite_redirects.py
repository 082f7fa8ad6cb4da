"""The downloader middleware that refuses redirects away from the site of a page.

Scrapy's own offsite middleware compares hosts with `allowed_domains`; here the spider says which URLs belong to a site.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.visit import visit_of


class OffsiteRedirectMiddleware:
    """Asks the spider's `belongs(visit, url)`; does nothing for spiders without it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OffsiteRedirectMiddleware:
        """Build for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise ReasonedIgnore for a page of another site."""
        visit = visit_of(request)
        belongs = getattr(self._crawler.spider, "belongs", None)
        if visit is not None and belongs is not None and not belongs(visit, request.url):
            raise ReasonedIgnore("ForeignHost", f"redirects to {request.url}")
