"""Item pipelines: take away what is not the story, check what is left, and let each article through once.

Each works alone in somebody else's project, on items that are `newscrawl.Article`; items of any other type
pass untouched. A drop is one of `newscrawl.crawl.drops`, named like its reason.
"""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.article import Article
from newscrawl.check import check, fingerprint
from newscrawl.crawl.drops import drop
from newscrawl.discover.address import same_article_key, site_of
from newscrawl.errors import NewscrawlError
from newscrawl.fate import url_key
from newscrawl.strip import strip
from newscrawl.text import fold


class StripPipeline:
    """Applies the strip rules. `NEWSCRAWL_WITHOUT_RULES`: names of rules that stay off."""

    def __init__(self, without: tuple[str, ...] = ()) -> None:
        self.without = without

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StripPipeline:
        """Build from the settings."""
        return cls(tuple(crawler.settings.getlist("NEWSCRAWL_WITHOUT_RULES")))

    def process_item(self, item: Any) -> Any:
        """The article without its boilerplate."""
        return strip(item, without=self.without) if isinstance(item, Article) else item


class CheckPipeline:
    """Drops what is no article, or not a whole one."""

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a drop named like the reason."""
        if not isinstance(item, Article):
            return item
        try:
            return check(item)
        except NewscrawlError as error:
            raise drop(error.reason, str(error)) from error


class DeduplicatePipeline:
    """Lets each article of a site through once: by its address, its canonical address and its text.

    Keeps three 8-byte keys an article; knows only this run.
    """

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a `Duplicate` drop."""
        if not isinstance(item, Article):
            return item
        # a canonical address alone proves nothing: some templates give all their pages the same one
        address = f"{same_article_key(item.canonical_url or item.url)}\n{fold(item.headline or '')}"
        # two sites that print one agency's text have an article each
        text = f"{site_of(item.url)} {fingerprint(item)}"
        keys = {url_key(same_article_key(item.url)), url_key(address), url_key(text)}
        if not keys.isdisjoint(self._seen):
            raise drop("Duplicate", f"{item.url} was recorded before")
        self._seen |= keys
        return item
