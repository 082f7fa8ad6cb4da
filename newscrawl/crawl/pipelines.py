"""Item pipelines: take away what is not the story, check what is left, and let each article through once.

Each works alone in somebody else's project, on items that are `newscrawl.Article`; items of any other type
pass untouched. A drop is one of `newscrawl.crawl.drops`, named like its reason.
"""

from __future__ import annotations

from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.article import Article
from newscrawl.check import check
from newscrawl.crawl.drops import drop
from newscrawl.crawl.identity import identity_keys
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.errors import NewscrawlError
from newscrawl.memory import State
from newscrawl.strip import strip


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


class DeduplicatePipeline:
    """Lets each article of a site through once: by its address, its canonical address and its text.

    Keeps three 8-byte keys an article; with a memory, the articles of earlier runs count too. A new version of an article passes.
    """

    def __init__(self, crawler: Crawler | None = None) -> None:
        self._seen: set[int] = set()
        self._crawler = crawler
        self._keeper: MemoryKeeper | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DeduplicatePipeline:
        """Build for a crawl."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline._opened, signal=signals.spider_opened)
        return pipeline

    def _opened(self) -> None:
        self._keeper = self._crawler.get_extension(MemoryKeeper) if self._crawler is not None else None

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
        known = self._keeper.memory.known(key) if self._keeper is not None else None
        return known is not None and known[0] in (State.RECORDED, State.TWIN)
