"""Item pipelines: take away what is not the story, check what is left, and let each article through once.

Each works alone in somebody else's project, on items that are `newscrawl.Article`; items of any other type
pass untouched. A drop is one of `newscrawl.crawl.drops`, named like its reason.
"""

from __future__ import annotations

from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.article import Article
from newscrawl.check import check, fingerprint
from newscrawl.crawl.drops import drop
from newscrawl.discover.address import same_article_key, site_of
from newscrawl.errors import NewscrawlError
from newscrawl.fate import url_key
from newscrawl.memory import Memory, State
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
        if not isinstance(item, Article) or (item.revision is not None and item.revision.kind == "removed"):
            return item
        try:
            return check(item)
        except NewscrawlError as error:
            raise drop(error.reason, str(error)) from error


def identity_keys(article: Article) -> set[int]:
    """What one article is known by: its address, its canonical address with its headline, and its text on its site."""
    # a canonical address alone proves nothing: some templates give all their pages the same one
    address = f"{same_article_key(article.canonical_url or article.url)}\n{fold(article.headline or '')}"
    # two sites that print one agency's text have an article each
    text = f"{site_of(article.url)} {fingerprint(article)}"
    return {url_key(same_article_key(article.url)), url_key(address), url_key(text)}


class DeduplicatePipeline:
    """Lets each article of a site through once: by its address, its canonical address and its text.

    Keeps three 8-byte keys an article; with a memory, the articles of earlier runs count too. A new version of an article passes.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self._seen: set[int] = set()
        self._memory = memory

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DeduplicatePipeline:
        """Build for a crawl."""
        pipeline = cls()
        crawler.signals.connect(pipeline._opened, signal=signals.spider_opened)
        pipeline._crawler = crawler
        return pipeline

    _crawler: Crawler | None = None
    _keeper: Any = None

    def _opened(self) -> None:
        from newscrawl.crawl.remember import MemoryKeeper  # it asks this file for keys

        self._keeper = self._crawler.get_extension(MemoryKeeper) if self._crawler is not None else None
        self._memory = self._keeper.memory if self._keeper is not None else None

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a `Duplicate` drop."""
        if not isinstance(item, Article) or item.revision is not None:
            return item
        keys = identity_keys(item)
        if not keys.isdisjoint(self._seen) or any(map(self._is_recorded, keys)):
            raise drop("Duplicate", f"{item.url} was recorded before")
        self._seen |= keys
        if self._keeper is not None:
            self._keeper.remember_identity(item.requested_url or item.url, keys)
        return item

    def _is_recorded(self, key: int) -> bool:
        known = self._memory.known(key) if self._memory is not None else None
        return known is not None and known[0] in (State.RECORDED, State.TWIN)
