"""What is tried when a page lacks its story, in this order: other versions that the page announces, then the browser.

The response itself, with the data that it embeds, was read already (`newscrawl.read`) and costs no request. Announced
versions are AMP and print pages.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.article import Article, Link
from newscrawl.crawl.browser.findings import kind_of
from newscrawl.crawl.browser.rendered_response import LARGEST, is_hampered, is_rendered
from newscrawl.crawl.browser.rendering import Rendering
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.meta_keys import SENT_KEY, VISIT_KEY
from newscrawl.crawl.nouns.page import page_of
from newscrawl.crawl.nouns.visit import Visit
from newscrawl.crawl.reading import body_words, check, lacks_story, open_document, read_selected, strip, wall
from newscrawl.discover.page import amp_link, print_link
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from newscrawl.read.document import Document

logger = logging.getLogger(__name__)

#: A version has clearly more of the story with so many more words, and with so many times the words.
_MORE_WORDS, _MORE_SHARE = 40, 1.3


class ArticleEscalation:
    """For one crawl."""

    def __init__(self, crawler: Crawler, rendering: Rendering) -> None:
        self._crawler = crawler
        self._rendering = rendering
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._without_rules = tuple(crawler.settings.getlist("NEWSCRAWL_WITHOUT_RULES"))

    async def best(
        self, site: Site, visit: Visit, response: Response, document: Document, article: Article
    ) -> tuple[Document, Article]:
        """The best version of an article, and the document that it was read from.

        Raises ReasonedIgnore with `NeedsBrowser` or `BrowserFailed` where nothing can be read without the browser.
        """
        kind = kind_of(response.url, is_listing=False)
        if is_rendered(response):
            return self._rendered_at_once(site, response, kind, document, article)
        lacking = lacks_story(document, article) if len(response.body) <= LARGEST else None
        if lacking is None:
            self._rendering.learn_whole(kind)
            return document, article
        if wall(article) not in (None, "NeedsScript"):
            return document, article
        async for other in self._announced_versions(site, visit, document):
            if _is_more(other, article):
                return document, _with_story_of(article, other)
        async with self._turns[site.name]:  # one after the other: each can learn from the one before
            return await self._rendered(site, visit, response, document, article, lacking)

    def _rendered_at_once(
        self, site: Site, response: Response, kind: str, document: Document, article: Article
    ) -> tuple[Document, Article]:
        """A page that was rendered at once: as the server sent it, where its scripts have removed the story."""
        from newscrawl.read.scripted import FEW_WORDS

        sent = response.meta.pop(SENT_KEY, None)
        has_story = body_words(article.blocks) >= FEW_WORDS
        self._rendering.learn_at_once(response, kind, has_story)
        rendered = document, replace(article, is_rendered=True)
        if sent is None or (has_story and wall(article) is None):
            return rendered
        try:
            sent_document = open_document(page_of(sent))
            plain = read_selected(sent_document, site.options.selectors)
        except NewscrawlError:
            return rendered
        if _is_more(plain, article) or (wall(article) is not None and self._would_be_recorded(plain)):
            return sent_document, plain
        return rendered

    async def _rendered(
        self, site: Site, visit: Visit, response: Response, document: Document, article: Article, lacking: str
    ) -> tuple[Document, Article]:
        kind = kind_of(response.url, is_listing=False)
        if not self._rendering.is_worth_trying(kind):
            return document, article
        try:
            rendered = await self._rendering.render(visit, response, "article")
        except ReasonedIgnore as error:
            if error.reason == "Stopped":
                raise
            if self._would_be_recorded(article):
                return document, replace(article, is_partial=True)
            raise ReasonedIgnore(error.reason, f"{lacking}; {error}") from error
        if rendered.status != 200 or not is_rendered(rendered):
            return document, article
        try:
            new_document = open_document(page_of(rendered))
            new = read_selected(new_document, site.options.selectors)
        except NewscrawlError:
            self._rendering.learn(rendered, kind, helped=False)
            return document, article
        helped = _is_more(new, article)
        self._rendering.learn(rendered, kind, helped)
        if helped:
            return new_document, replace(new, is_rendered=True)
        if is_hampered(rendered) and not self._would_be_recorded(article):
            raise ReasonedIgnore("BrowserFailed", f"{lacking}; its scripts could not load what they need")
        return document, article

    def _would_be_recorded(self, article: Article) -> bool:
        """Would the article become a record as it is?"""
        try:
            check(strip(article, self._without_rules))
        except NewscrawlError:
            return False
        return True

    async def _announced_versions(self, site: Site, visit: Visit, document: Document) -> AsyncIterator[Article]:
        """The articles of the other versions that a page announces, one after the other."""
        for url in _version_urls(document):
            if not site.owns(url):
                continue
            part = replace(visit, link=Link(url, source="announced version", found_on=document.page.url))
            try:
                request = Request(url, meta={VISIT_KEY: part}, dont_filter=True)
                response = await self._crawler.engine.download_async(request)
                if response.status == 200:
                    yield read_selected(open_document(page_of(response)), site.options.selectors)
            except ReasonedIgnore as error:
                if error.reason == "Stopped":
                    raise
            except Exception as error:  # it was only an attempt
                logger.debug("%s could not be read: %r", url, error)


def _version_urls(document: Document) -> Iterator[str]:
    """The URLs of the AMP and print versions that a page announces."""
    own = document.page.url
    for url in (amp_link(document.tree, own), print_link(document.tree, own)):
        if url and url != own and url.startswith(("http://", "https://")):
            yield url


def _is_more(new: Article, old: Article) -> bool:
    """Has one version of a page clearly more of the story than another, and is it not a wall?"""
    words, before = body_words(new.blocks), body_words(old.blocks)
    return words >= before + _MORE_WORDS and words >= _MORE_SHARE * before and wall(new) is None


def _with_story_of(article: Article, other: Article) -> Article:
    """An article with the story of another version of its page; what its own page states stays."""
    return replace(
        article,
        blocks=other.blocks,
        removals=other.removals,
        is_cut=other.is_cut,
        probability=other.probability,
        images=article.images or other.images,
        headline=article.headline or other.headline,
        authors=article.authors or other.authors,
        date_published=article.date_published or other.date_published,
        date_published_raw=article.date_published_raw or other.date_published_raw,
        description=article.description or other.description,
        in_language=article.in_language or other.in_language,
    )
