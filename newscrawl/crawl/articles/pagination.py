"""Articles in several pages: fetches the further pages one after the other, reads each, and joins them.

Downloads go through Scrapy's engine, so robots.txt, delays and guards apply as to any request. Each page gets its own
outcome; none becomes an article of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.article import Article, Link
from newscrawl.crawl.articles.joining import join
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.nouns.meta_keys import VISIT_KEY
from newscrawl.crawl.nouns.page import page_of
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.politeness.rights import CrawlRights
from newscrawl.crawl.reading import open_document, read_selected, strip
from newscrawl.discover.address import same_article_key
from newscrawl.discover.anchors import Known
from newscrawl.discover.page import article_pages, has_unreachable_pages
from newscrawl.errors import NewscrawlError
from newscrawl.keys import url_key
from newscrawl.rights import read_rights

if TYPE_CHECKING:
    from newscrawl.read.document import Document


class Pagination:
    """max_pages: pages of one article that are read, with the first. meta_of: the meta of a request for a page."""

    def __init__(
        self, crawler: Crawler, max_pages: int, rights: CrawlRights, meta_of: Callable[[str], dict[str, Any]]
    ) -> None:
        self._crawler = crawler
        self._ledger = ledger_of(crawler)
        self._max_pages = max_pages
        self._rights = rights
        self._meta_of = meta_of
        self._without_rules = tuple(crawler.settings.getlist("NEWSCRAWL_WITHOUT_RULES"))

    async def whole(
        self, site: Site, visit: Visit, article: Article, document: Document, is_known: Known | None = None
    ) -> Article:
        """The article with all its pages; marked partial where one of them could not be read. is_known: see `anchors`.

        Each page is stripped before they are joined: what is at the edge of a page would be in the middle of the whole.
        """
        if not article_pages(document.tree, document.page.url, known=is_known):
            return replace(article, is_partial=True) if has_unreachable_pages(document.tree) else article
        if self._rights.refusal(article.rights) or not self._rights.follows_links_of(article.rights):
            return replace(article, is_partial=True)
        pages = [page async for page in self._further_pages(site, visit, document, article)]
        later = [strip(page, self._without_rules) for page in pages if page is not None]
        return join(strip(article, self._without_rules), later, is_whole=None not in pages)

    async def _further_pages(
        self, site: Site, visit: Visit, document: Document, article: Article
    ) -> AsyncIterator[Article | None]:
        """The article of each further page, in order; None for a page that could not be read.

        Ends with a page that repeats the article: such pagination belongs to its comments.
        """
        known_texts = _texts(article)
        first = document.page.url
        waiting = self._claim(site, visit, document, None)
        number = 1
        while waiting:
            link = waiting.pop(0)
            number += 1
            part = replace(visit, link=link, kind=VisitKind.ARTICLE, around=visit.around - timedelta(seconds=1))
            if number > self._max_pages:
                self._ledger.settle(part.entry("OverBudget", detail=f"page {number} of {first}"))
                yield None
                continue
            further = await self._fetch(site, part, first)
            if further is not None and self._rights.follows_links_of(read_rights(further)):
                known = {one.url for one in waiting}  # a page may name only the ones beside it
                waiting += [one for one in self._claim(site, visit, further, first) if one.url not in known]
            page = self._read(site, part, further, f"page {number} of {first}") if further is not None else None
            if page is not None and _texts(page) <= known_texts:
                for link in waiting:
                    one = replace(part, link=link)
                    self._ledger.settle(one.entry("Duplicate", detail=f"{part.url} repeats {first}"))
                return
            yield page

    def _claim(self, site: Site, visit: Visit, document: Document, first: str | None) -> list[Link]:
        """The pages that this one names and that are still free; from now on no source brings them in.

        first: the URL of page 1, where this is a later one.
        """
        claimed = []
        for address in article_pages(document.tree, document.page.url, first):
            url = site.resolved(address)
            if not site.owns(url) or same_article_key(url) == same_article_key(visit.url):
                continue
            key = url_key(same_article_key(url))
            if key in site.seen and not site.claim_part(url):
                continue
            site.seen.add(key)
            link = Link(url, source="pagination", found_on=document.page.url)
            self._ledger.discover(site.name, link)
            claimed.append(link)
        return claimed

    async def _fetch(self, site: Site, part: Visit, first: str) -> Document | None:
        """A further page, parsed; None where that failed, with its outcome entered."""
        if (known := site.parts.pop(part.url, None)) is not None:  # it came before its first page
            return cast("Document", known)
        try:
            request = Request(part.url, meta={VISIT_KEY: part, **self._meta_of(part.url)}, dont_filter=True)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever the network does costs this page only
            reason, status, detail = reason_of(error)
            if reason in ("Stopped", "HostBackedOff"):
                raise  # the article is left for the next run, with all its pages
            self._ledger.settle(part.entry(reason, status, detail))
            return None
        status = response.status
        if status >= 400:
            self._ledger.settle(part.entry("HttpStatus", status, f"status {status}"))
            return None
        if same_article_key(response.url) == same_article_key(first):
            self._ledger.settle(part.entry("Duplicate", status, f"leads to {first}"))
            return None
        try:
            return open_document(page_of(response))
        except NewscrawlError as error:
            self._ledger.settle(part.entry(error.reason, status, str(error)))
            return None

    def _read(self, site: Site, part: Visit, document: Document, detail: str) -> Article | None:
        """The article of a further page; None where there is none to join. Enters the page's outcome."""
        rights = read_rights(document)
        if (why := self._rights.refusal(rights)) is not None:
            self._ledger.settle(part.entry(why[0], 200, why[1]))
            return None
        try:
            article = replace(read_selected(document, site.options.selectors), rights=rights)
        except NewscrawlError as error:
            self._ledger.settle(part.entry(error.reason, 200, str(error)))
            return None
        self._ledger.settle(part.entry("JoinedPage", 200, detail))
        return article


def _texts(article: Article) -> frozenset[str]:
    return frozenset(block.text for block in article.blocks)
