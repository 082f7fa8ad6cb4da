"""From the answer for a list (front page, section, feed, sitemap, robots.txt) to what it names, and to the end that its visit comes to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from scrapy.http import Response
from scrapy.utils.asyncio import is_asyncio_available

from newscrawl.article import Link
from newscrawl.check import wall
from newscrawl.crawl.failures import Refused
from newscrawl.crawl.responses import headers_of, page_of
from newscrawl.crawl.robots import RobotsGuard
from newscrawl.crawl.site import Site
from newscrawl.crawl.status import BLOCKED
from newscrawl.crawl.visit import As, Visit
from newscrawl.discover.robots import sitemaps_of
from newscrawl.errors import NewscrawlError
from newscrawl.read import read_document
from newscrawl.read.document import Document, open_document

if TYPE_CHECKING:
    from newscrawl.crawl.spiders.news import NewsSpider

_NOT_FOLLOWED = "its publisher wants its links not to be followed (nofollow)"


class Listings:
    """Reads the lists of a spider."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    async def read(self, site: Site, visit: Visit, response: Response) -> None:
        """Meet what the list names, and enter the end of its visit."""
        if visit.kind in (As.FEED, As.SITEMAP, As.ROBOTS):
            await self._document_of_links(site, visit, response)
            return
        if site.memory.is_unchanged(visit, response.status, response.body):
            if visit.kind is As.FRONT_PAGE:
                site.adopt(response.url)
                self.all_roads(site, visit, None, response.url)
            self._unchanged(site, visit, response)
            return
        try:
            document = open_document(page_of(response))
        except NewscrawlError as error:
            if visit.kind is As.FRONT_PAGE:
                self.all_roads(site, visit, None, response.url)
            self._spider.settle(site, visit, error.reason, response.status, str(error))
            return
        follows = self._spider.rights.follows(document)
        if visit.kind is As.FRONT_PAGE:
            site.adopt(response.url)
            fresh = self.all_roads(site, visit, document if follows else None, response.url)
            standing = self._wall(document) if not fresh else None
            if standing is not None:
                self._spider.settle(site, visit, standing, response.status, "in the place of the front page")
                return
        else:
            fresh = self._spider.roads.from_listing(site, visit, document.tree, document.url) if follows else 0
        body = response.body
        try:
            shown = await self._spider.escalation.listing(site, visit, response, document, fresh) if follows else None
        except Refused as error:
            self._spider.settle(site, visit, error.reason, response.status, str(error))
            return
        if shown is not None:
            fresh += self._spider.roads.from_listing(site, visit, shown.tree, shown.url)
            body = cast(bytes, shown.page.html)
        if visit.kind is As.SECTION:
            site.traps.listed(visit, fresh)
        detail = f"{fresh} new" if follows else _NOT_FOLLOWED
        site.memory.answered(visit, headers_of(response), body, fresh)
        self._spider.settle(site, visit, "Listing", response.status, detail)

    def _unchanged(self, site: Site, visit: Visit, response: Response) -> None:
        site.memory.answered(visit, headers_of(response), response.body, 0, is_unchanged=True)
        self._spider.settle(site, visit, "Listing", response.status, "not changed")

    def _wall(self, document: Document) -> str | None:
        """A challenge, consent wall or login form in the place of a page of links, as the reason's name."""
        try:
            reason = wall(read_document(document))
        except NewscrawlError:
            return None
        return reason if reason in BLOCKED else None

    async def _document_of_links(self, site: Site, visit: Visit, response: Response) -> None:
        if visit.kind is not As.ROBOTS and site.memory.is_unchanged(visit, response.status, response.body):
            self._unchanged(site, visit, response)
            return
        met_before, follows = (
            site.met,
            visit.kind is As.ROBOTS or self._spider.rights.follows_answer(headers_of(response)),
        )
        count, fault = 0, None
        try:
            count = await self._entries(site, visit, response) if follows else 0
        except NewscrawlError as error:
            fault = error
        if not follows:
            self._spider.logger.info("%s: %s", response.url, _NOT_FOLLOWED)
        if visit.guessed and not count:
            self._spider.next_guess(site, visit)
        elif fault is not None:
            self._spider.settle(site, visit, fault.reason, response.status, str(fault))
        else:
            site.memory.answered(visit, headers_of(response), response.body, site.met - met_before)
            self._spider.settle(
                site, visit, "Listing", response.status, f"{count} entries" if follows else _NOT_FOLLOWED
            )

    async def _entries(self, site: Site, visit: Visit, response: Response) -> int:
        """Meet what a feed, a sitemap or a robots.txt names; how much that is. Raises NewscrawlError for what is none."""
        count = 0
        if visit.kind is As.ROBOTS:
            self._spider.rights.read_robots(response)
            for address in sitemaps_of(response.body, response.url):
                count += self._spider.roads.add_listing(
                    site, Link(address, source="sitemap", found_on=response.url), As.SITEMAP
                )
        elif visit.kind is As.FEED:
            count = self._spider.roads.from_feed(site, visit, response.body, response.url)
            self._spider.rights.read_feed(response)
        else:
            for so_far in self._spider.roads.from_sitemap(site, visit, response.body, response.url):
                count = so_far
                if is_asyncio_available():
                    await asyncio.sleep(0)
        return count

    def all_roads(self, site: Site, visit: Visit, document: Document | None, url: str) -> int:
        """Begin all roads of a site at its front page; the number of new articles on it."""
        if self._spider.crawler.get_downloader_middleware(RobotsGuard) is None:
            # nobody has asked for robots.txt, and its Sitemap lines are wanted all the same
            robots = Link(urljoin(site.homes[-1], "/robots.txt"), source="usual place")
            site.frontier.push(Visit(site.name, robots, As.ROBOTS, self._spider.now, guessed=True))
        tree, base = (document.tree, document.url) if document is not None else (None, url)
        fresh = self._spider.roads.from_front_page(site, visit, tree, base, self.named_sitemaps(site))
        self._spider.roads.resume(site)
        return fresh

    def named_sitemaps(self, site: Site) -> list[str]:
        """The sitemaps that robots.txt names, of all hosts that belong to the site."""
        guard = self._spider.crawler.get_downloader_middleware(RobotsGuard)
        return list(dict.fromkeys(address for home in site.homes for address in guard.sitemaps(home))) if guard else []
