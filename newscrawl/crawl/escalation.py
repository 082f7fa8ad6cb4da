"""What is tried when a page lacks its story or its list: another version that the page announces, then the browser.

In this order: what the server sent, with the data that the page carries (both are `newscrawl.read`'s, and cost no request); an announced AMP or
print version that is whole; the browser. Whether a page needs any of it is judged from what was read of it (`newscrawl.read.scripted`), and what
has come of it is learned by site and kind of page (`newscrawl.crawl.browser.need`).
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.article import Article, Link, Page
from newscrawl.check import check, wall
from newscrawl.crawl.browser.handler import DOCUMENT_KEY, RENDER_KEY, SENT_KEY
from newscrawl.crawl.browser.keeper import HAMPERED, LARGEST, RENDERED, BrowserKeeper
from newscrawl.crawl.browser.need import kind_of
from newscrawl.crawl.failures import Refused
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.crawl.site import Site
from newscrawl.crawl.visit import META_KEY, As, Visit
from newscrawl.discover.address import site_of
from newscrawl.discover.page import amp_link, has_more_control, page_links, print_link, state_links
from newscrawl.discover.shape import article_score
from newscrawl.errors import NewscrawlError
from newscrawl.read import read_document, told
from newscrawl.read.document import Document, open_document
from newscrawl.read.scripted import FEW_WORDS, lacks_links, lacks_story
from newscrawl.strip import strip

logger = logging.getLogger(__name__)

#: Words that a version must have beyond another for it to count as more of the story, and their share of it; articles of a list likewise.
_MORE_WORDS, _MORE_SHARE, _MORE_LINKS = 40, 1.3, 2
#: From this score on a link is an article.
_ARTICLE = 0.5
#: Lists of a site that are unrolled at most, and bytes of answers that are held for that, of all sites together.
_ROLLED_UP, _MAX_HELD = 5, 32 * 1024 * 1024


class Escalation:
    """For one crawl. page_of: gives the page of a response."""

    def __init__(self, crawler: Crawler, page_of: Callable[[Response], Page]) -> None:
        self._crawler = crawler
        self._page_of = page_of
        self._browser = crawler.get_extension(BrowserKeeper)
        self._memory = crawler.get_extension(MemoryKeeper)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._held = 0
        self._without = tuple(crawler.settings.getlist("NEWSCRAWL_WITHOUT_RULES"))

    # -- asking ---------------------------------------------------------------------------------

    def recall(self, site: Site) -> None:
        """What earlier runs have learned of a site."""
        if self._memory is not None and self._browser is not None:
            for kind, helped, useless in self._memory.memory.renderings(site_of(site.seed)):
                self._browser.findings.recall(kind, helped, useless)

    def meta(self, url: str, is_listing: bool) -> dict[str, Any]:
        """What to put into the meta of a request for this page, so that it is rendered at once where that is known to be needed."""
        browser = self._browser
        if browser is None or not browser.is_to_be_had(url):
            return {}
        if browser.modes.of(url) != "always" and not browser.findings.at_once(kind_of(url, is_listing)):
            return {}
        return {RENDER_KEY: "listing" if is_listing else "article"}

    def is_made_by_scripts(self, url: str) -> bool:
        """Has rendering helped with listings like this one? Then what the server sends says nothing of whether they have changed."""
        return self._browser is not None and self._browser.findings.of(kind_of(url, True))[0] > 0

    # -- articles -------------------------------------------------------------------------------

    async def article(
        self, site: Site, visit: Visit, response: Response, document: Document, article: Article
    ) -> tuple[Document, Article]:
        """The best that is to be had of an article's page, and the document that it was read of.

        Raises Refused with `NeedsBrowser` or `BrowserFailed` where nothing is to be had without the browser.
        """
        kind = kind_of(response.url, is_listing=False)
        if RENDERED in response.flags:
            return self._at_once(response, kind, document, article)
        lacking = lacks_story(document, article) if len(response.body) <= LARGEST else None
        if lacking is None or wall(article) not in (None, "NeedsScript"):
            if lacking is None:
                self._is_whole(kind)
            return document, article
        async for other in self._announced(site, visit, document):
            if _is_more(other, article):
                return document, _of_version(article, other)
        async with self._turns[site.name]:  # what the one before has taught counts
            return await self._rendered(visit, response, document, article, lacking)

    def _at_once(self, response: Response, kind: str, document: Document, article: Article) -> tuple[Document, Article]:
        """A page that was rendered without being looked at first: as the server sent it, where its scripts have taken the story away."""
        sent = response.meta.pop(SENT_KEY, None)
        has_story = not _has_no_story(article)
        self._learn_at_once(response, kind, has_story)
        if sent is not None and (not has_story or wall(article) is not None):
            try:
                sent_document = open_document(self._page_of(sent))
                plain = read_document(sent_document)
            except NewscrawlError:
                return document, replace(article, is_rendered=True)
            if _is_more(plain, article) or (wall(article) is not None and self._passes(plain)):
                return sent_document, plain
        return document, replace(article, is_rendered=True)

    async def _rendered(
        self, visit: Visit, response: Response, document: Document, article: Article, lacking: str
    ) -> tuple[Document, Article]:
        kind = kind_of(response.url, is_listing=False)
        if self._browser is None or not self._browser.findings.is_worth(kind):
            return document, article
        self._crawler.stats.inc_value("newscrawl/browser/escalated")
        try:
            shown = await self._render(visit, response, "article")
        except Refused as error:
            if error.reason == "Stopped":
                raise
            if self._passes(article):
                return document, replace(article, is_partial=True)
            raise Refused(error.reason, f"{lacking}; {error}") from error
        if shown.status != 200 or RENDERED not in shown.flags:
            return document, article
        try:
            new_document = open_document(self._page_of(shown))
            new = read_document(new_document)
        except NewscrawlError:
            self._learn(shown, kind, helped=False)
            return document, article
        helped = _is_more(new, article)
        self._learn(shown, kind, helped)
        if not helped and HAMPERED in shown.flags and not self._passes(article):
            raise Refused("BrowserFailed", f"{lacking}; what its scripts asked for could not be had")
        return (new_document, replace(new, is_rendered=True)) if helped else (document, article)

    def _passes(self, article: Article) -> bool:
        """Would the article as the server sent it become a record?"""
        try:
            check(strip(article, self._without))
        except NewscrawlError:
            return False
        return True

    async def _announced(self, site: Site, visit: Visit, document: Document) -> AsyncIterator[Article]:
        """What the other versions of a page say that it announces, one after the other."""
        for address in _versions(document):
            if not site.owns(address):
                continue
            part = replace(visit, link=Link(address, source="announced version", found_on=document.page.url))
            try:
                request = Request(address, meta={META_KEY: part}, dont_filter=True)
                response = await self._crawler.engine.download_async(request)
                if response.status == 200:
                    yield read_document(open_document(self._page_of(response)))
            except Refused as error:
                if error.reason == "Stopped":
                    raise
            except Exception as error:  # it was only a try
                logger.debug("%s cannot be had: %r", address, error)

    # -- listings -------------------------------------------------------------------------------

    async def listing(
        self, site: Site, visit: Visit, response: Response, document: Document, fresh: int
    ) -> Document | None:
        """A listing as the browser shows it, where what the server sent lacks its list; else None. fresh: new articles that were found on it.

        Raises Refused as `article` does, where the list is lacking and nothing is to be had.
        """
        kind = kind_of(response.url, is_listing=True)
        browser = self._browser
        if browser is None or len(response.body) > LARGEST:
            return None
        if RENDERED in response.flags:
            self._learn_at_once(response, kind, _articles(document, site) >= _MORE_LINKS)
            return None
        count = fresh if fresh >= 3 else _articles(document, site)
        lacking = lacks_links(document, count)
        if lacking is None:
            self._is_whole(kind)
            if self._goes_on_by_script(site, visit, document, fresh):
                site.rolled_up.append(response)
                self._held += len(response.body)
            return None
        if not browser.findings.is_worth(kind):
            return None
        self._crawler.stats.inc_value("newscrawl/browser/escalated")
        try:
            shown = await self._render(visit, response, "listing")
        except Refused as error:
            raise Refused(error.reason, f"{lacking}; {error}") from error
        if shown.status != 200 or RENDERED not in shown.flags:
            return None
        try:
            new = open_document(self._page_of(shown))
        except NewscrawlError:
            self._learn(shown, kind, helped=False)
            return None
        self._learn(shown, kind, helped=_articles(new, site) >= count + _MORE_LINKS)
        return new

    def _goes_on_by_script(self, site: Site, visit: Visit, document: Document, fresh: int) -> bool:
        """Has a list with something new a control that loads more of it, and the site no other road to what comes after, as far as is known?"""
        is_open = (
            fresh
            and not site.has_sitemap
            and not site.has_feed
            and len(site.rolled_up) < _ROLLED_UP
            and self._held < _MAX_HELD
        )
        return bool(is_open) and visit.page == 1 and has_more_control(document.tree, document.url)

    def unroll(self, site: Site, visit: Visit) -> Request | None:
        """When nothing else waits: a request that has the browser unroll a list of the site, where no feed or sitemap names what comes after."""
        if site.has_sitemap or site.has_feed:
            self._held -= sum(len(document.body) for document in site.rolled_up)
            site.rolled_up.clear()
        if not site.rolled_up or self._browser is None:
            return None
        document = site.rolled_up.pop(0)
        self._held -= len(document.body)
        if not self._browser.is_to_be_had(document.url):
            return None
        visit = replace(
            visit,
            link=Link(document.url, source="pagination", found_on=document.url),
            kind=As.SECTION,
            page=2,
            branch=document.url,
        )
        return self._rendering(visit, document, "listing")

    # -- the browser ----------------------------------------------------------------------------

    def _rendering(self, visit: Visit, response: Response, what: str) -> Request:
        """A request for what the browser makes of an answer."""
        meta: dict[str, Any] = {
            META_KEY: visit,
            RENDER_KEY: what,
            DOCUMENT_KEY: response,
            "dont_retry": True,
            "autothrottle_dont_adjust_delay": True,
        }
        return Request(
            response.url,
            meta=meta,
            dont_filter=True,
            headers=response.request.headers if response.request is not None else None,
        )

    async def _render(self, visit: Visit, response: Response, what: str) -> Response:
        try:
            return await self._crawler.engine.download_async(self._rendering(visit, response, what))
        except Refused:
            raise
        except Exception as error:
            raise Refused("BrowserFailed", str(error) or type(error).__name__) from error

    def _learn(self, response: Response, kind: str, helped: bool) -> None:
        if self._browser is None or (not helped and HAMPERED in response.flags):
            return
        self._crawler.stats.inc_value(f"newscrawl/browser/{'helped' if helped else 'useless'}")
        self._browser.findings.learn(kind, helped)
        self._remember(response.url, kind)

    def _learn_at_once(self, response: Response, kind: str, helped: bool) -> None:
        """A page that was rendered without being looked at first."""
        if self._browser is not None and self._browser.modes.of(response.url) != "always" and not helped:
            self._learn(response, kind, helped=False)

    def _is_whole(self, kind: str) -> None:
        if self._browser is not None:
            self._browser.findings.plain(kind)

    def _remember(self, url: str, kind: str) -> None:
        if self._memory is not None and self._browser is not None:
            self._memory.batch.renderings[kind] = (site_of(url), *self._browser.findings.of(kind))


def _versions(document: Document) -> Iterator[str]:
    """The addresses of the AMP and print versions that a page announces."""
    own = document.page.url
    for address in (amp_link(document.tree, own), print_link(document.tree, own)):
        if address and address != own and address.startswith(("http://", "https://")):
            yield address


def _has_no_story(article: Article) -> bool:
    return told(article.blocks) < FEW_WORDS


def _is_more(new: Article, old: Article) -> bool:
    """Does one version of a page tell clearly more than another, and is it no wall?"""
    words, before = told(new.blocks), told(old.blocks)
    return words >= before + _MORE_WORDS and words >= _MORE_SHARE * before and wall(new) is None


def _of_version(article: Article, other: Article) -> Article:
    """An article with the story of another version of its page; what its own page states of it stays."""
    return replace(
        article, blocks=other.blocks, removals=other.removals, images=article.images or other.images, is_cut=other.is_cut, probability=other.probability,
        headline=article.headline or other.headline, authors=article.authors or other.authors, date_published=article.date_published or other.date_published,
        date_published_raw=article.date_published_raw or other.date_published_raw, description=article.description or other.description,
        in_language=article.in_language or other.in_language,
    )  # fmt: skip


def _articles(document: Document, site: Site) -> int:
    """Links to articles that stand on a page or in its data."""
    links = page_links(document.tree, document.url)
    count = sum(article_score(link, site.shapes) >= _ARTICLE for link in links)
    return count if count >= 3 else count + len(state_links(document.tree, document.url))
