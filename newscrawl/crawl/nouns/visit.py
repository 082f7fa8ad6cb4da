"""A visit: one errand of the crawl. Which link is requested, for which site, and as what.

A `Visit` travels in `Request.meta` (it pickles), so that whoever sees the request, its response or its failure can name
the URL as it was discovered. What became of the visit is the ledger's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import cast

from scrapy import Request

from newscrawl.article import Link
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.meta_keys import VISIT_KEY

#: Source of pages that the argument `urls` names.
GIVEN = "urls"


class VisitKind(Enum):
    """What a URL is requested as."""

    FRONT_PAGE = "front page"
    ROBOTS = "robots.txt"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARTICLE = "article"

    @property
    def is_listing(self) -> bool:
        """Is it read only for its links?"""
        return self is not VisitKind.ARTICLE


@dataclass(frozen=True, slots=True)
class Visit:
    """What to request.

    site: as the person named it. link.url: the URL; this visit decides its outcome. around: the date of its content,
    stated or guessed (aware); the newest is requested first. page: number of a page within a paginated listing, from 1.
    branch: the URL that the paginated listing began with. guessed: no source named it, it is only a usual place for a
    feed or sitemap; it gets no outcome. sure: does it look like an article (or is it a listing)? again: it was recorded
    in an earlier run, and may have changed. depth: of an article, how many articles lead from a listing, feed or
    sitemap to this one; 0 where one of those named it. Of a sitemap, how many indexes lead to it.
    """

    site: str
    link: Link
    kind: VisitKind
    around: datetime
    page: int = 1
    guessed: bool = False
    sure: bool = True
    branch: str = ""
    again: bool = False
    depth: int = 0

    @property
    def is_given(self) -> bool:
        """Did a person ask for this very page?"""
        return self.link.source == GIVEN

    @property
    def url(self) -> str:
        """The URL to request."""
        return self.link.url

    def entry(self, reason: str, status: int | None = None, detail: str = "") -> LedgerEntry:
        """The ledger entry that ends this visit."""
        is_article = not self.kind.is_listing and not self.again
        return entry_of(self.site, self.link, reason, status, detail, is_article)


def entry_of(
    site: str, link: Link, reason: str, status: int | None = None, detail: str = "", is_article: bool = True
) -> LedgerEntry:
    """The ledger entry of a link of a site."""
    return LedgerEntry(link.url, site, reason, status, detail, link.source, link.found_on, is_article)


def visit_of(request: Request | None) -> Visit | None:
    """The visit that a request (or a redirect of it) belongs to; None for requests of other components."""
    return cast("Visit | None", request.meta.get(VISIT_KEY)) if request is not None else None
