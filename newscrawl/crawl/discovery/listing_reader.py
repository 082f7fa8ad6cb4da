"""From the response for a listing to what it brought, as a value: links, or the reason why there are none.

Changes nothing: the spider applies the reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding

from newscrawl.article import Link
from newscrawl.crawl.discovery.listing_page import feed_entries, sitemap_entries
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.page import headers_of, page_of
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.politeness.rights import CrawlRights
from newscrawl.crawl.reading import open_document, read_document, wall
from newscrawl.discover.robots import sitemaps_of
from newscrawl.errors import NewscrawlError
from newscrawl.outcomes import BLOCKED

if TYPE_CHECKING:
    from newscrawl.read.document import Document


@dataclass(frozen=True, slots=True)
class ListingReading:
    """What the response for a listing brought.

    reason, detail: why it could not be read; "" when it could. is_unchanged: it is the same as in an earlier run.
    is_followed: its publisher lets its links be followed. document: the page, parsed; None for feeds, sitemaps and
    robots.txt. entries: the links of those, read as they are iterated, which may raise NewscrawlError.
    """

    reason: str = ""
    detail: str = ""
    is_unchanged: bool = False
    is_followed: bool = True
    document: Document | None = None
    entries: Iterable[Link] = ()


class ListingReader:
    """rights: says whether links may be followed."""

    def __init__(self, rights: CrawlRights) -> None:
        self._rights = rights

    def read(self, site: Site, visit: Visit, response: Response) -> ListingReading:
        """Read a response."""
        if visit.kind is VisitKind.ROBOTS:
            sitemaps = sitemaps_of(response.body, response.url)
            return ListingReading(entries=[Link(url, source="sitemap", found_on=response.url) for url in sitemaps])
        if site.listing_memory.is_unchanged(visit, response.status, response.body):
            return ListingReading(is_unchanged=True)
        if visit.kind in (VisitKind.FEED, VisitKind.SITEMAP):
            return self._read_entries(visit, response)
        try:
            document = open_document(page_of(response))
        except NewscrawlError as error:
            return ListingReading(error.reason, str(error))
        return ListingReading(document=document, is_followed=self._rights.follows(document))

    def _read_entries(self, visit: Visit, response: Response) -> ListingReading:
        if not self._rights.follows_response(headers_of(response)):
            return ListingReading(is_followed=False)
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        charset = http_content_type_encoding(content_type) or ""
        if visit.kind is VisitKind.SITEMAP:
            return ListingReading(entries=sitemap_entries(response.body, response.url, charset))
        try:
            return ListingReading(entries=feed_entries(response.body, response.url, charset))
        except NewscrawlError as error:
            return ListingReading(error.reason, str(error))


def blocking_wall(document: Document) -> str | None:
    """The reason where a challenge, consent wall or login form stands in place of a page of links; else None."""
    try:
        reason = wall(read_document(document))
    except NewscrawlError:
        return None
    return reason if reason in BLOCKED else None
