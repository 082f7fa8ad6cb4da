"""What is tried when a listing lacks its list, or continues by script alone: the browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from newscrawl.article import Link
from newscrawl.crawl.browser.findings import kind_of
from newscrawl.crawl.browser.rendered_response import LARGEST, is_rendered
from newscrawl.crawl.browser.rendering import Rendering
from newscrawl.crawl.discovery.listing_page import LIKELY
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.page import page_of
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.reading import lacks_links, open_document
from newscrawl.discover.page import has_more_control, page_links, state_links
from newscrawl.discover.shape import article_score
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from newscrawl.read.document import Document

#: Rendering has helped where it brings so many more links to articles; from so many on a list needs no closer look.
_MORE_LINKS, _ENOUGH_LINKS = 2, 3
#: Lists of a site that are unrolled, and bytes of responses that are kept for that, of all sites together.
_MAX_UNROLLED, _MAX_KEPT = 5, 32 * 1024 * 1024


class ListingEscalation:
    """For one crawl."""

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._kept = 0

    async def rendered(
        self, site: Site, visit: Visit, response: Response, document: Document, fresh: int
    ) -> Document | None:
        """A listing as the browser shows it, where the server's response lacks its list; else None.

        fresh: new articles that were found on it. Raises ReasonedIgnore with `NeedsBrowser` or `BrowserFailed`.
        """
        kind = kind_of(response.url, is_listing=True)
        if not self._rendering.has_browser or len(response.body) > LARGEST:
            return None
        if is_rendered(response):
            self._rendering.learn_at_once(response, kind, _article_links(document, site) >= _MORE_LINKS)
            return None
        count = fresh if fresh >= _ENOUGH_LINKS else _article_links(document, site)
        lacking = lacks_links(document, count)
        if lacking is None:
            self._rendering.learn_whole(kind)
            if self._continues_by_script(site, visit, document, fresh):
                site.unrollable.append(response)
                self._kept += len(response.body)
            return None
        if not self._rendering.is_worth_trying(kind):
            return None
        try:
            rendered = await self._rendering.render(visit, response, "listing")
        except ReasonedIgnore as error:
            raise ReasonedIgnore(error.reason, f"{lacking}; {error}") from error
        if rendered.status != 200 or not is_rendered(rendered):
            return None
        try:
            new = open_document(page_of(rendered))
        except NewscrawlError:
            self._rendering.learn(rendered, kind, helped=False)
            return None
        self._rendering.learn(rendered, kind, helped=_article_links(new, site) >= count + _MORE_LINKS)
        return new

    def _continues_by_script(self, site: Site, visit: Visit, document: Document, fresh: int) -> bool:
        """Has a list with something new a control that loads more of it, on a site without feed and sitemap?"""
        if not fresh or visit.page > 1 or site.has_sitemap or site.has_feed:
            return False
        has_room = len(site.unrollable) < _MAX_UNROLLED and self._kept < _MAX_KEPT
        return has_room and has_more_control(document.tree, document.url)

    def unroll(self, site: Site, visit: Visit) -> Request | None:
        """When nothing else waits: a request that has the browser unroll a list of the site; None where there is none.

        Where a feed or sitemap turned up in the meantime, it names the rest, and no list is unrolled.
        """
        if site.has_sitemap or site.has_feed:
            self._kept -= sum(len(response.body) for response in site.unrollable)
            site.unrollable.clear()
        if not site.unrollable or not self._rendering.has_browser:
            return None
        response = site.unrollable.pop(0)
        self._kept -= len(response.body)
        if not self._rendering.is_available(response.url):
            return None
        link = Link(response.url, source="pagination", found_on=response.url)
        visit = replace(visit, link=link, kind=VisitKind.SECTION, page=2, branch=response.url)
        return self._rendering.request(visit, response, "listing")


def _article_links(document: Document, site: Site) -> int:
    """The number of links to articles on a page, and in its data where they are few."""
    links = page_links(document.tree, document.url)
    count = sum(article_score(link, site.shapes) >= LIKELY for link in links)
    return count if count >= _ENOUGH_LINKS else count + len(state_links(document.tree, document.url))
