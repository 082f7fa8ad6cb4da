"""Response bodies and trees in, Links out: where a site's articles are. No Scrapy, no network, no state but what a run hands in.

A channel is a file found by its place, each a pure function:

    robots    robots.txt -> the sitemaps it names
    sitemap   sitemap, index, news sitemap, text list -> Links
    feed      RSS, RDF, Atom, JSON Feed -> Links
    page      HTML tree -> feeds, anchors, sections, further pages, embedded addresses

Beside them: `address` (is it the same address, the same site), `shape` (is it an article's address), `when` (what a date can mean).
"""

from __future__ import annotations

from newscrawl.discover.address import is_on_site, is_private_host, normalise, parse_site, same_article_key, site_of
from newscrawl.discover.feed import read_feed
from newscrawl.discover.page import page_links
from newscrawl.discover.robots import sitemaps_of
from newscrawl.discover.shape import Shapes, article_score, refusal
from newscrawl.discover.sitemap import read_sitemap

__all__ = [
    "Shapes", "article_score", "is_on_site", "is_private_host", "normalise", "page_links", "parse_site", "read_feed", "read_sitemap",
    "refusal", "same_article_key", "site_of", "sitemaps_of",
]  # fmt: skip
