"""Downloader middlewares that keep requests from going where they should not. They change no request."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl.failures import Refused
from newscrawl.crawl.visit import visit_of
from newscrawl.discover.address import is_private_host


class AddressGuard:
    """Refuses loopback, private and reserved addresses, of pages, links, redirects and robots.txt alike.

    Off with `NEWSCRAWL_ALLOW_PRIVATE`. Looks at the address as it is written; resolves no name.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """Build, unless private addresses are allowed."""
        if crawler.settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Raise for a private address."""
        host = urlsplit(request.url).hostname or ""
        if is_private_host(host):
            raise Refused("PrivateAddress", f"{host} is a loopback, private or reserved address")


class SiteGuard:
    """Refuses pages that a redirect leads away from the site they were found on.

    Asks the spider's `belongs(visit, url)`; spiders without it are left alone.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SiteGuard:
        """Build for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise for a page of another site."""
        visit = visit_of(request)
        belongs = getattr(self._crawler.spider, "belongs", None)
        if visit is not None and belongs is not None and not belongs(visit, request.url):
            raise Refused("ForeignHost", f"it leads to {request.url}")
