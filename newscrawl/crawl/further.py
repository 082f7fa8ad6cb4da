"""The further pages of an article in several pages: fetches them one after the other, through Scrapy's downloader, and reads each.

Uses the engine's inline download, so that robots.txt, delays and the guards hold as for any request. Each page gets its own fate; none
becomes an article of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.article import Article, Link, Page
from newscrawl.crawl.failures import reason_of
from newscrawl.crawl.joining import join
from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.rights import CrawlRights
from newscrawl.crawl.site import Site
from newscrawl.crawl.visit import META_KEY, As, Visit
from newscrawl.discover.address import normalise, same_article_key
from newscrawl.discover.page import article_pages
from newscrawl.errors import NewscrawlError
from newscrawl.fate import url_key
from newscrawl.read import read_document
from newscrawl.read.document import Document, open_document
from newscrawl.rights import read_rights
from newscrawl.strip import strip

#: Gives the page of a response.
PageOf = Callable[[Response], Page]
#: Gives what the meta of a request for an article's page holds.
MetaOf = Callable[[str], dict[str, Any]]


class FurtherPages:
    """Reads pages 2 to n. at_most: pages of one article that are read, the first counted. rights: says which links are followed."""

    def __init__(
        self,
        crawler: Crawler,
        keeper: LedgerKeeper,
        page_of: PageOf,
        at_most: int,
        rights: CrawlRights,
        meta_of: MetaOf,
    ) -> None:
        self._crawler = crawler
        self._keeper = keeper
        self._page_of = page_of
        self._at_most = at_most
        self._rights = rights
        self._meta_of = meta_of
        self._without = tuple(crawler.settings.getlist("NEWSCRAWL_WITHOUT_RULES"))

    async def whole(self, site: Site, visit: Visit, article: Article, document: Document) -> Article:
        """The article with all its pages; marked partial where one of them could not be had.

        Each page is stripped before they are joined: what stands at the edges of a page would stand amid the whole.
        """
        if not article_pages(document.tree, document.page.url):
            return article
        if self._rights.refusal(article.rights) or not self._rights.follows_links_of(article.rights):
            return replace(article, is_partial=True)
        later: list[Article] = []
        is_whole = True
        async for page in self._pages(site, visit, document):
            if page is None:
                is_whole = False
            else:
                later.append(page)
        return join(strip(article, self._without), [strip(page, self._without) for page in later], is_whole)

    async def _pages(self, site: Site, visit: Visit, document: Document) -> AsyncIterator[Article | None]:
        """Each further page's article in order; None for one that could not be had."""
        first = document.page.url
        waiting = self._named(site, visit, document)
        number = 1
        while waiting:
            url = waiting.pop(0)
            number += 1
            if number > self._at_most:
                self._keeper.settle(url, "OverBudget", site.name, detail=f"page {number} of {first}")
                yield None
                continue
            further = await self._fetch(site, visit, url, first)
            if further is None:
                yield None
                continue
            rights = read_rights(further)
            if self._rights.follows_links_of(rights):  # a page may name only the ones beside it
                waiting += [address for address in self._named(site, visit, further) if address not in waiting]
            if (why := self._rights.refusal(rights)) is not None:
                self._keeper.settle(url, why[0], site.name, 200, why[1])
                yield None
                continue
            try:
                article = replace(read_document(further), rights=rights)
            except NewscrawlError as error:
                self._keeper.settle(url, error.reason, site.name, 200, str(error))
                yield None
                continue
            self._keeper.settle(url, "JoinedPage", site.name, 200, f"page {number} of {first}")
            yield article

    def _named(self, site: Site, visit: Visit, document: Document) -> list[str]:
        """The pages that this one names and that no one has met; from now on no other road brings them in."""
        named = []
        for address in article_pages(document.tree, document.page.url):
            url = site.secured(normalise(address))
            key = url_key(same_article_key(url))
            if not site.owns(url) or same_article_key(url) == same_article_key(visit.url):
                continue
            if key in site.seen and not site.take_part(url):
                continue
            site.seen.add(key)
            self._keeper.meet(url, site.name, f"pagination {document.page.url}")
            named.append(url)
        return named

    async def _fetch(self, site: Site, visit: Visit, url: str, first: str) -> Document | None:
        if (known := site.parts.pop(url, None)) is not None:  # it came before its first page
            return cast(Document, known)
        link = Link(url, source="pagination", found_on=first)
        part = replace(visit, link=link, kind=As.ARTICLE, around=visit.around - timedelta(seconds=1))
        try:
            request = Request(url, meta={META_KEY: part, **self._meta_of(url)}, dont_filter=True)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever the network does costs this page only
            reason, status, detail = reason_of(error)
            if reason in ("Stopped", "HostHeld"):
                raise  # the article is left for the next run, with all its pages
            self._keeper.settle(url, reason, site.name, status, detail)
            return None
        if response.status >= 400:
            self._keeper.settle(url, "HttpStatus", site.name, response.status, f"status {response.status}")
            return None
        if same_article_key(response.url) == same_article_key(first):
            self._keeper.settle(url, "Duplicate", site.name, response.status, f"leads to {first}")
            return None
        try:
            return open_document(self._page_of(response))
        except NewscrawlError as error:
            self._keeper.settle(url, error.reason, site.name, response.status, str(error))
            return None
