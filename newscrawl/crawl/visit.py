"""One errand of the crawl: which link is asked for, for which site, and as what.

A `Visit` travels in `Request.meta` (it pickles) so that whoever meets the request, its response or its
failure can name the URL as it was met. Does not say what became of it: that is the ledger's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import cast

from scrapy import Request

from newscrawl.article import Link

META_KEY = "newscrawl_visit"


class As(Enum):
    """What a URL is asked for as."""

    FRONT_PAGE = "front page"
    ROBOTS = "robots.txt"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARTICLE = "article"

    @property
    def is_listing(self) -> bool:
        """Is it read for its links only?"""
        return self is not As.ARTICLE


@dataclass(frozen=True, slots=True)
class Visit:
    """What to ask for.

    site: the site as the person named it. link.url: the URL, whose fate this visit decides.
    page: number of a page within a paginated listing, from 1. around: when its content is, or is guessed to
    be, from (aware); the newest is asked for first. guessed: no road named it, it is only a usual place.
    sure: does it look like an article (or is it a listing)? branch: the address that a paginated listing began with.
    again: it was recorded in an earlier run, and may have changed. depth: articles that lead here from a list, a feed or a sitemap, which named the first.
    """

    site: str
    link: Link
    kind: As
    around: datetime
    page: int = 1
    guessed: bool = False
    sure: bool = True
    branch: str = ""
    again: bool = False
    depth: int = 0

    @property
    def url(self) -> str:
        """The URL to ask for."""
        return self.link.url

    @property
    def road(self) -> str:
        """How it was found, as "source found_on"."""
        return road_of(self.link)


def road_of(link: Link) -> str:
    """How a link was found, as "source found_on"."""
    return f"{link.source} {link.found_on}"


def visit_of(request: Request | None) -> Visit | None:
    """The visit that a request (or a redirect of it) belongs to; None when it is none of ours."""
    return cast("Visit | None", request.meta.get(META_KEY)) if request is not None else None
