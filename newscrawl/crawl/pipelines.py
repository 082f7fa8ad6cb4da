"""Item pipelines: remove boilerplate, check what is left, respect rights, and let each article through once.

Each works alone in any Scrapy project, on items that are `newscrawl.Article`; items of other types pass untouched. A
drop is one of `newscrawl.crawl.drops`, named like its reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from newscrawl.article import Article
from newscrawl.crawl.articles.revisions import revised
from newscrawl.crawl.drops import drop
from newscrawl.crawl.nouns.options import option
from newscrawl.crawl.nouns.shared import shared
from newscrawl.crawl.nouns.site_table import SiteTable
from newscrawl.crawl.nouns.visit import GIVEN
from newscrawl.crawl.reading import check, forced, strip
from newscrawl.crawl.state.identity import identity_keys
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.discover.address import same_article_key
from newscrawl.errors import NewscrawlError
from newscrawl.keys import url_key
from newscrawl.memory import State
from newscrawl.memory.notices import notices_of
from newscrawl.rights import refusal, reserved


class StripPipeline:
    """Applies the strip rules, except those that are off: for all (`NEWSCRAWL_WITHOUT_RULES`), or for the site."""

    def __init__(self, without: tuple[str, ...] = (), sites: SiteTable | None = None) -> None:
        self.without = without
        self._sites = sites or SiteTable()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StripPipeline:
        """Build from the settings."""
        without = tuple(option(crawler.settings, "NEWSCRAWL_WITHOUT_RULES"))
        return cls(without, shared(crawler, SiteTable))

    def process_item(self, item: Any) -> Any:
        """The article without its boilerplate."""
        if not isinstance(item, Article) or item.refusal is not None:
            return item
        site = self._sites.named(item.site)
        if site is None or not site.without_rules:
            return strip(item, without=self.without)
        note = f"rules left off: {', '.join(site.without_rules)}"
        stripped = strip(item, without={*self.without, *site.without_rules})
        return replace(stripped, overrides=(*item.overrides, note))


class CheckPipeline:
    """Drops what is not an article, or not a whole one.

    Not what was wanted all the same (`extract(refuse=False)`, `NEWSCRAWL_FORCE`).
    """

    def __init__(self, is_forced: bool = False) -> None:
        self._is_forced = is_forced

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CheckPipeline:
        """Build from the settings."""
        return cls(option(crawler.settings, "NEWSCRAWL_FORCE"))

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a drop named like the reason."""
        if not isinstance(item, Article) or item.refusal is not None or _is_removal_notice(item):
            return item
        if self._is_forced and item.found_by is not None and item.found_by.source == GIVEN:
            return forced(item)
        try:
            return check(item)
        except NewscrawlError as error:
            raise drop(error.reason, str(error)) from error


class WantedPipeline:
    """Drops articles in a language, or without the words, that the person who crawls a site asked for."""

    def __init__(self, sites: SiteTable | None = None) -> None:
        self._sites = sites or SiteTable()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WantedPipeline:
        """Build for a crawl."""
        return cls(shared(crawler, SiteTable))

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a drop named like the reason."""
        site = self._sites.named(item.site) if isinstance(item, Article) else None
        if site is None or _is_removal_notice(item):
            return item
        if site.wanted.refuses_language(item.in_language):
            raise drop("OtherLanguage", f"it is in {item.in_language}")
        if site.wanted.has_no_match(item):
            raise drop("NoMatch")
        return item


class RightsPipeline:
    """Drops articles whose publisher wants no record of them, and those reserved for a purpose of `NEWSCRAWL_PURPOSE`.

    The first only where rights are honoured (`NEWSCRAWL_RIGHTS`).
    """

    def __init__(self, honours: bool = True, purposes: tuple[str, ...] = ()) -> None:
        self.honours = honours
        self.purposes = purposes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RightsPipeline:
        """Build from the settings. Raises ValueError for bad ones."""
        settings = crawler.settings
        purposes = tuple(option(settings, "NEWSCRAWL_PURPOSE"))
        return cls(option(settings, "NEWSCRAWL_RIGHTS") == "honour", purposes)

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a drop named like the reason."""
        if not isinstance(item, Article) or item.rights is None:
            return item
        why = refusal(item.rights) if self.honours and not _is_removal_notice(item) else None
        if why is not None:
            raise drop(*why)
        found = reserved(item.rights) if self.purposes else {}
        for purpose in self.purposes:
            if purpose in found:
                raise drop("Reserved", f"reserved for {purpose}: {'; '.join(found[purpose])}")
        return item


class _PipelineWithMemory:
    """Base of pipelines that ask the memory, where there is one."""

    def __init__(self, crawler: Crawler | None = None) -> None:
        self._crawler = crawler
        self._keeper: MemoryKeeper | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        """Build for a crawl."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline._opened, signal=signals.spider_opened)
        return pipeline

    def _opened(self) -> None:
        self._keeper = self._crawler.get_extension(MemoryKeeper) if self._crawler is not None else None


class RevisionPipeline(_PipelineWithMemory):
    """Lets a new version of a recorded article through, and drops one that has not changed."""

    def process_item(self, item: Any) -> Any:
        """The article, with what it is a revision of; an `Unchanged` drop."""
        if self._keeper is None or not isinstance(item, Article):
            return item
        item = replace(item, correction=notices_of(item))
        url = item.requested_url or item.url
        state = self._keeper.memory.article(url_key(same_article_key(url)))
        old = self._keeper.newest_version(url) if state is not None else None
        if state is None or old is None:
            return item
        revision = revised(item, state, old)
        if revision is None:
            self._keeper.remember_unchanged(url)
            raise drop("Unchanged", "it is still gone" if state.removed else "")
        return revision


class DeduplicatePipeline(_PipelineWithMemory):
    """Lets each article of a site through once: by its URL, its canonical URL and its text.

    Keeps three 8-byte keys an article. With a memory, the articles of earlier runs count too. A new version of an
    article passes.
    """

    def __init__(self, crawler: Crawler | None = None) -> None:
        super().__init__(crawler)
        self._seen: set[int] = set()
        #: key of a canonical URL -> the article that named it first
        self._canonical: dict[int, int] = {}

    def process_item(self, item: Any) -> Any:
        """The article as it came, or a `Duplicate` drop."""
        if not isinstance(item, Article) or item.revision is not None:
            return item
        keys = identity_keys(item)
        if not keys.isdisjoint(self._seen) or any(map(self._is_recorded, keys)):
            raise drop("Duplicate", f"{item.url} was recorded before")
        self._seen |= keys
        item = self._with_own_canonical_url(item)
        if self._keeper is not None:
            self._keeper.remember_identity(item.requested_url or item.url, keys)
        return item

    def _with_own_canonical_url(self, article: Article) -> Article:
        """Without a canonical URL that another article has named: some templates give one URL to all pages."""
        if article.canonical_url is None:
            return article
        own, canonical = url_key(same_article_key(article.url)), url_key(same_article_key(article.canonical_url))
        if self._canonical.setdefault(canonical, own) == own or canonical == own:
            return article
        return replace(article, canonical_url=None)

    def _is_recorded(self, key: int) -> bool:
        known = self._keeper.memory.known(key) if self._keeper is not None else None
        return known is not None and known[0] in (State.RECORDED, State.TWIN)


def _is_removal_notice(article: Article) -> bool:
    """Does it only say that an article is gone?"""
    return article.revision is not None and article.revision.kind == "removed"
