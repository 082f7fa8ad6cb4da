"""From the response for an article to a value: an article or the reason why there is none, and links.

Changes nothing: the spider applies the reading. What an article needs beyond its response (other versions, the browser,
further pages, tdmrep.json) is downloaded through Scrapy's engine.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.article import Article, Link
from newscrawl.crawl.articles.escalation import ArticleEscalation
from newscrawl.crawl.articles.evidence import with_evidence
from newscrawl.crawl.articles.page_objects import with_page_object
from newscrawl.crawl.articles.pagination import Pagination
from newscrawl.crawl.articles.revisions import gone_article, is_gone
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.page import page_of
from newscrawl.crawl.nouns.visit import Visit
from newscrawl.crawl.politeness.rights import CrawlRights
from newscrawl.crawl.reading import open_document, read_selected
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.discover.address import same_article_key
from newscrawl.discover.anchors import Known
from newscrawl.discover.page import first_page, page_links
from newscrawl.discover.when import is_before
from newscrawl.errors import NewscrawlError
from newscrawl.rights import read_rights
from newscrawl.sites import Wanted
from newscrawl.text import UNSTATED

if TYPE_CHECKING:
    from newscrawl.read.document import Document

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What the response for an article brought.

    article: None where there is none to record; reason and detail then say why. links: the articles that its page
    names. published: when it was published, by its page or its source. part_of: the first page of the article, where
    the response is a later page of it; part: that later page, parsed.
    """

    article: Article | None = None
    reason: str = ""
    detail: str = ""
    links: tuple[Link, ...] = ()
    published: datetime | None = None
    part_of: Link | None = None
    part: Document | None = None


class ArticleReader:
    """Reads the responses for articles of one crawl."""

    def __init__(
        self, crawler: Crawler, rights: CrawlRights, escalation: ArticleEscalation, pagination: Pagination
    ) -> None:
        self._memory = crawler.get_extension(MemoryKeeper)
        self._rights = rights
        self._escalation = escalation
        self._pagination = pagination

    async def read(self, site: Site, visit: Visit, response: Response, is_known: Known) -> ArticleReading:
        """Read a response. is_known: links to these URLs need not be returned."""
        if visit.again and response.status in (304, 404, 410):
            if response.status == 304:
                return ArticleReading(reason="Unchanged", detail="not modified")
            return ArticleReading(self._gone(visit))
        try:
            document = open_document(page_of(response))
        except NewscrawlError as error:
            return self._without_article(visit, response, error, ())
        rights = read_rights(document)
        follows = not visit.is_given and self._rights.follows_links_of(rights)
        part_of = self._first_page(site, visit, document, is_known) if not visit.is_given else None
        if part_of is not None:
            detail = f"a further page of {part_of.url}"
            return ArticleReading(
                reason="JoinedPage", detail=detail, part_of=part_of if follows else None, part=document
            )
        try:
            read = read_selected(document, site.options.selectors)
            document, article = await self._escalation.best(site, visit, response, document, read)
            article = await with_page_object(site.options, document, article)
        except (ReasonedIgnore, NewscrawlError) as error:
            return self._without_article(visit, response, error, _links(document, is_known) if follows else ())
        article = with_evidence(article, visit.link)
        published = _published(visit.link, article)
        links = _links(document, is_known) if follows else ()
        if (reason := _wrong_date(site.wanted, visit, published)) is not None:
            return ArticleReading(reason=reason, detail=str(published or ""), links=links, published=published)
        try:
            rights = await self._rights.complete(rights, response.url, visit.link.found_on)
            article = await self._pagination.whole(site, visit, replace(article, rights=rights), document, is_known)
        except (ReasonedIgnore, NewscrawlError) as error:
            return self._without_article(visit, response, error, links)
        article = replace(article, found_by=visit.link, requested_url=visit.url, site=site.name)
        if not visit.is_given:  # nobody will ask, and they would keep the page's bytes while the article is written
            article = replace(article, candidates=())
        return ArticleReading(article, links=links, published=published)

    def _without_article(
        self, visit: Visit, response: Response, error: ReasonedIgnore | NewscrawlError, links: tuple[Link, ...]
    ) -> ArticleReading:
        """There is no article to record; one that was recorded earlier may be gone."""
        is_page = isinstance(error, NewscrawlError)
        if is_page and visit.again and is_gone(error.reason, visit.url, response.url):
            return ArticleReading(self._gone(visit), links=links)
        return ArticleReading(reason=error.reason, detail=str(error), links=links, published=visit.link.published)

    def _gone(self, visit: Visit) -> Article:
        """The article that says that the one recorded earlier is gone."""
        assert self._memory is not None
        return gone_article(visit, self._memory.newest_version(visit.url), datetime.now(timezone.utc))

    def _first_page(self, site: Site, visit: Visit, document: Document, is_known: Known) -> Link | None:
        """The first page of an article of which this is page 2 or later; None for any other page."""
        url = document.page.url
        first = first_page(document.tree, url, is_known)
        if first is None or not site.owns(first) or same_article_key(first) == same_article_key(url):
            return None
        return Link(first, visit.link.published, source="pagination", found_on=url)


def _wrong_date(wanted: Wanted, visit: Visit, published: datetime | None) -> str | None:
    """The reason why an article is not wanted for its date; None if it may be."""
    if visit.again:
        return None
    if wanted.since is not None and (published is None or is_before(published, wanted.since)):
        return "Undated" if published is None else "TooOld"
    return "TooNew" if wanted.is_too_new(published) else None


def _published(link: Link, article: Article) -> datetime | None:
    """When an article was published: as its source says, or its page where the page says more."""
    on_page = article.date_published
    if link.published is None or (on_page is not None and on_page.tzinfo is not UNSTATED):
        return on_page
    return link.published


def _links(document: Document, is_known: Known) -> tuple[Link, ...]:
    try:
        return tuple(page_links(document.tree, document.url, known=is_known))
    except Exception:
        logger.exception("%s: its links could not be read; its article is", document.url)
        return ()
