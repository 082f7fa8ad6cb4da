"""The SSRF guard for URLs as they are written: no request goes to a loopback, private or reserved host.

Resolves no name: `newscrawl.crawl.network.public_pool` checks the addresses that a name stands for.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.discover.address import is_private_host
from newscrawl.urls import split


class AddressGuardMiddleware:
    """Refuses private hosts for pages, links, redirects and robots.txt alike.

    `NEWSCRAWL_ALLOW_PRIVATE` switches it off.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuardMiddleware:
        """Build, unless private hosts are allowed."""
        if crawler.settings.getbool("NEWSCRAWL_ALLOW_PRIVATE"):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Raise ReasonedIgnore for a private host."""
        host = split(request.url).hostname or ""
        if is_private_host(host):
            raise ReasonedIgnore("PrivateAddress", f"{host} is a loopback, private or reserved address")
