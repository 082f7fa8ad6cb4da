"""Turns what a person says of single sites into what the parts of a crawl read: the site table, and settings."""

from __future__ import annotations

from collections.abc import Iterable

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.crawl.job.logs import hide_secrets
from newscrawl.crawl.nouns.shared import shared
from newscrawl.crawl.nouns.site_table import SiteTable
from newscrawl.sites import SiteOptions


def apply_site_options(crawler: Crawler, sites: Iterable[SiteOptions]) -> None:
    """Fill the site table, hide the sites' secrets from the log, and set the browser's mode for each site."""
    sites = list(sites)
    shared(crawler, SiteTable).fill(sites)
    hide_secrets(secret for site in sites for secret in site.secrets)
    modes = {start: mode for site in sites if (mode := _browser_mode(site)) for start in site.start}
    if modes:
        given = crawler.settings.get("NEWSCRAWL_BROWSER") or "auto"
        of_sites = ", ".join(f"{start}={mode}" for start, mode in modes.items())
        crawler.settings.set("NEWSCRAWL_BROWSER", f"{of_sites}, {given}", priority="cmdline")


def _browser_mode(site: SiteOptions) -> str:
    """The mode of a site. The browser knows no proxies of single sites, so such a site is not rendered unless asked."""
    return site.browser or ("never" if site.proxy else "")


#: Spider middlewares of Scrapy that look at the requests of callbacks alone. This spider's callbacks make none.
#: (RefererMiddleware stays: redirects ask for it.)
_UNUSED = (
    "scrapy.spidermiddlewares.depth.DepthMiddleware",
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
)


def leave_out_unused(settings: BaseSettings) -> None:
    """Leave out what costs each response something and does nothing for this spider, unless a project asks for it.

    A response brings one item at most, so that one worker for its items is enough.
    """
    settings.set("CONCURRENT_ITEMS", 1, priority="spider")
    middlewares = {**dict.fromkeys(_UNUSED), **settings.getdict("SPIDER_MIDDLEWARES")}
    settings.set("SPIDER_MIDDLEWARES", middlewares, priority="spider")
