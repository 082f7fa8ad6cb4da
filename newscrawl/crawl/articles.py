"""From the answer for an article to the article, or to the end that its visit comes to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from scrapy.http import Response

from newscrawl.article import Article, Link
from newscrawl.crawl.evidence import with_evidence
from newscrawl.crawl.failures import Refused
from newscrawl.crawl.responses import headers_of, page_of
from newscrawl.crawl.revisions import gone_article, is_gone
from newscrawl.crawl.site import Site, earlier
from newscrawl.crawl.visit import Visit
from newscrawl.discover.address import same_article_key
from newscrawl.discover.page import first_page
from newscrawl.errors import NewscrawlError
from newscrawl.fate import url_key
from newscrawl.read import read_document
from newscrawl.read.document import Document, open_document
from newscrawl.rights import read_rights
from newscrawl.text import UNSTATED

if TYPE_CHECKING:
    from newscrawl.crawl.spiders.news import NewsSpider


class Articles:
    """Reads the articles of a spider."""

    def __init__(self, spider: NewsSpider) -> None:
        self._spider = spider

    async def read(self, site: Site, visit: Visit, response: Response) -> AsyncIterator[Article]:
        """The article, as it was read; none where the visit comes to another end, which is entered."""
        if visit.again and response.status in (304, 404, 410):
            if response.status != 304:
                yield self._gone(visit)
            else:
                assert self._spider.memory is not None
                self._spider.memory.unchanged(visit.url)
                self._spider.settle(site, visit, "Unchanged", response.status, "not changed")
            return
        if self._spider.memory is not None:
            given = {name.lower(): value for name, value in headers_of(response).items()}
            self._spider.memory.remember_validators(visit.url, given.get("etag", ""), given.get("last-modified", ""))
        try:
            article = await self._whole(site, visit, response)
        except Refused as error:
            self._spider.settle(site, visit, error.reason, response.status, str(error))
        except NewscrawlError as error:
            if visit.again and is_gone(error.reason, visit.url, response.url):
                yield self._gone(visit)
            else:
                self._spider.settle(site, visit, error.reason, response.status, str(error))
        else:
            if article is not None:
                site.pages_of[visit.url] = article.canonical_url or response.url
                yield replace(article, found_by=visit.link, requested_url=visit.url)

    async def _whole(self, site: Site, visit: Visit, response: Response) -> Article | None:
        """The article with all its pages and rights; None where the visit's end is entered. Raises Refused and NewscrawlError."""
        document = open_document(page_of(response))
        rights = read_rights(document)
        follows = self._spider.rights.follows_links_of(rights)
        if self._is_later_page(site, visit, document, response.status, follows):
            return None
        published = visit.link.published
        try:
            document, article = await self._spider.escalation.article(
                site, visit, response, document, read_document(document)
            )
            article = with_evidence(article, visit.link)
            if published is None or (article.date_published and article.date_published.tzinfo is not UNSTATED):
                published = article.date_published
        finally:
            if follows:
                self._links_of_article(site, visit, document, published)
        if self._is_too_old(site, visit, published, response.status):
            return None
        if published is not None:
            site.dated_as(url_key(same_article_key(visit.url)), published)
        self._spider.roads.proved_young(site, visit.link)
        rights = await self._spider.rights.complete(rights, response.url, visit.link.found_on)
        return await self._spider.further.whole(site, visit, replace(article, rights=rights), document)

    def _is_too_old(self, site: Site, visit: Visit, published: datetime | None, status: int) -> bool:
        """Is it older than asked for, or without a date? Then that is the visit's end."""
        since = self._spider.since
        if since is None or visit.again or (published is not None and not earlier(published, since)):
            return False
        site.memory.too_old(visit, published)
        self._spider.settle(site, visit, "Undated" if published is None else "TooOld", status, str(published or ""))
        return True

    def _gone(self, visit: Visit) -> Article:
        """An article of an earlier run is not there any more: what says so."""
        assert self._spider.memory is not None
        return gone_article(visit, self._spider.memory.newest_whole(visit.url), datetime.now(timezone.utc))

    def _is_later_page(self, site: Site, visit: Visit, document: Document, status: int, follows: bool) -> bool:
        """Is this page 2 or later of an article? Then its first page is asked for, and reads this one too if it is not through yet.

        follows: may its links be followed? Where not, the first page must be found by another road."""
        first = first_page(document.tree, response_url := document.page.url)
        if first is None or not site.owns(first) or same_article_key(first) == same_article_key(response_url):
            return False
        link = Link(first, visit.link.published, source="pagination", found_on=response_url)
        if len(site.parts) < 50:
            site.parts[visit.url] = document
        if follows:
            self._spider.roads.add_article(site, link, visit.around, listed=True)
        self._spider.settle(site, visit, "JoinedPage", status, f"a further page of {first}")
        return True

    def _links_of_article(self, site: Site, visit: Visit, document: Document, published: datetime | None) -> None:
        try:
            self._spider.roads.from_article(site, visit, document.tree, document.url, published)
        except Exception:
            self._spider.logger.exception("%s: its links could not be read; the article is", visit.url)
