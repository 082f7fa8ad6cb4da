"""What the response for a listing names, as values: links of a page, and entries of feeds, sitemaps and robots.txt.

Reads; decides nothing about which links are requested (`newscrawl.crawl.discovery.intake`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from newscrawl.article import Link
from newscrawl.discover.archive import archive_links
from newscrawl.discover.feed import read_feed
from newscrawl.discover.page import announced_feeds, next_pages, page_links, section_links, state_links
from newscrawl.discover.shape import Shapes, article_score
from newscrawl.discover.sitemap import read_sitemap

if TYPE_CHECKING:
    from newscrawl.read.document import Document

#: From this score on a link is likely an article.
LIKELY = 0.5
#: Anchors to articles from which on the data embedded in a page is not read: it would name the same ones, and takes
#: time.
_ENOUGH_ANCHORS = 5
_FEED_BODY = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b|^\s*\{", re.IGNORECASE)
_SITEMAP_BODY = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex|rss|feed)\b", re.IGNORECASE)
_HTML_BODY = re.compile(rb"<html\b|<!doctype html", re.IGNORECASE)


class ListingPage:
    """The links of a front page or section. Each group of them is read when it is first asked for."""

    def __init__(self, document: Document, now: datetime) -> None:
        self.url = document.url
        self._tree = document.tree
        self._now = now

    @cached_property
    def feeds(self) -> list[Link]:
        """The feeds that the page announces."""
        return announced_feeds(self._tree, self.url)

    @cached_property
    def sections(self) -> list[Link]:
        """The sections that its navigation names."""
        return section_links(self._tree, self.url)

    @cached_property
    def archives(self) -> list[Link]:
        """The archives by date that it names."""
        return archive_links(self._tree, self.url, self._now)

    @cached_property
    def next_pages(self) -> list[str]:
        """The URLs of further pages of its list, the surest first."""
        return next_pages(self._tree, self.url)

    def articles(self, shapes: Shapes) -> list[Link]:
        """What may be its articles: its anchors (and embedded data, where they are few), sections left out.

        shapes: what the site's articles look like.
        """
        links = page_links(self._tree, self.url)
        if sum(article_score(link, shapes) >= LIKELY for link in links) < _ENOUGH_ANCHORS:
            links += state_links(self._tree, self.url)
        sections = {link.url for link in self.sections}
        return [link for link in links if link.url not in sections or article_score(link, shapes) >= LIKELY]

    def likely_articles(self) -> list[Link]:
        """Those of its anchors that most likely lead to articles, by their URLs and texts alone."""
        return [link for link in page_links(self._tree, self.url) if article_score(link) >= LIKELY]


def feed_entries(body: bytes, url: str, charset: str = "") -> list[Link]:
    """The entries of a feed; none where an HTML page came instead. Raises NewscrawlError for what is not a feed."""
    is_feed = _FEED_BODY.search(body[:4096]) or not _HTML_BODY.search(body[:4096])
    return read_feed(body, url, charset) if is_feed else []


def sitemap_entries(body: bytes, url: str, charset: str = "") -> Iterator[Link]:
    """The entries of a sitemap, or the children of an index (source "sitemap index").

    None where an HTML page came in its place. Raises NewscrawlError for what is not a sitemap.
    """
    if _HTML_BODY.search(body[:1024]) and not _SITEMAP_BODY.search(body[:1024]):
        return iter(())
    return iter(read_sitemap(body, url, charset=charset))
