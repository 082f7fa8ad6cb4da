"""Response bodies and parsed pages in, Links out: where a site's articles are.

Knows no Scrapy, uses no network, and keeps no state but what a run passes in. Each source is a module of pure
functions:

    robots    robots.txt -> the sitemaps it names
    sitemap   sitemap, sitemap index, news sitemap, text list -> Links
    feed      RSS, RDF, Atom, JSON Feed -> Links
    page      HTML page -> feeds, links, sections, further pages, URLs in embedded data
    archive   HTML page -> archives by date

Beside them: `address` (do two URLs mean the same page, or the same site?), `shape` (does a URL look like an
article's?), and `when` (what a stated date can mean).
"""

from __future__ import annotations

from newscrawl.discover.address import is_on_site, is_private_host, normalise, parse_site, same_article_key, site_of
from newscrawl.discover.feed import read_feed
from newscrawl.discover.page import page_links
from newscrawl.discover.robots import sitemaps_of
from newscrawl.discover.shape import Shapes, article_score, refusal
from newscrawl.discover.sitemap import read_sitemap

__all__ = [
    "Shapes",
    "article_score",
    "is_on_site",
    "is_private_host",
    "normalise",
    "page_links",
    "parse_site",
    "read_feed",
    "read_sitemap",
    "refusal",
    "same_article_key",
    "site_of",
    "sitemaps_of",
]
