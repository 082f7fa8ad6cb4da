"""Articles that are visited again: what changed since they were recorded, and those that are gone.

An article of which the memory has a version is compared with it once it is clean: what is the same is dropped as `Unchanged`, what changed goes on as
a new version. Without a memory nothing here does anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.article import Article, Revision
from newscrawl.crawl.drops import drop
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.crawl.visit import Visit
from newscrawl.discover.address import same_article_key
from newscrawl.fate import url_key
from newscrawl.memory.notices import notices_of
from newscrawl.memory.revision import compare
from newscrawl.record import record, rights_of

#: What stands in the place of an article that is gone: not what stands before it for a while, a challenge or a consent wall.
_GONE = frozenset({"SoftNotFound"})
_GONE_BY_REDIRECT = frozenset({"SectionPage", "OtherPage", "SearchPage"})


class RevisionPipeline:
    """Lets a new version of a recorded article through, and drops one that is the same."""

    _keeper: MemoryKeeper | None = None

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RevisionPipeline:
        """Build for a crawl."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline._opened, signal=signals.spider_opened)
        return pipeline

    def _opened(self) -> None:
        self._keeper = self._crawler.get_extension(MemoryKeeper)

    def process_item(self, item: Any) -> Any:
        """The article, with what it is a revision of; an `Unchanged` drop."""
        if self._keeper is None or not isinstance(item, Article):
            return item
        item = replace(item, correction=notices_of(item))
        url = item.requested_url or item.url
        state = self._keeper.memory.article(url_key(same_article_key(url)))
        if state is None:
            return item
        old = self._keeper.newest_whole(url)
        if old is None:
            return item
        if item.revision is not None:  # gone
            if state.removed:
                self._keeper.unchanged(url)
                raise drop("Unchanged", "it is gone still")
            return replace(item, revision=replace(item.revision, number=state.number + 1))
        change = compare(old, record(item))
        if change is None and not state.removed:
            self._keeper.unchanged(url)
            raise drop("Unchanged")
        fields = change.changed_fields if change is not None else ()
        kind = "reinstated" if state.removed or change is None else change.kind
        revision = Revision(state.number + 1, _hash(old), fields, kind, str(old.get("url") or url))
        return replace(item, revision=revision)


def is_gone(reason: str, asked: str, answered: str) -> bool:
    """Does a page that is no article say that the article which stood there is gone?"""
    return reason in _GONE or (reason in _GONE_BY_REDIRECT and same_article_key(asked) != same_article_key(answered))


def gone_article(visit: Visit, old: Mapping[str, Any] | None, now: datetime) -> Article:
    """The article that says that another one is gone: its address and headline, with their rights as they were observed last, and no text."""
    old = old or {}
    url = str(old.get("url") or visit.url)
    revision = Revision(0, _hash(old), ("articleBody",), "removed", url)
    return Article(
        url=url, headline=old.get("headline"), revision=revision, requested_url=visit.url, fetched_at=now, found_by=visit.link,
        rights=rights_of(old),
    )  # fmt: skip


def _hash(old: Mapping[str, Any]) -> str | None:
    value = (old.get("metadata") or {}).get("contentHash")
    return str(value) if value else None
