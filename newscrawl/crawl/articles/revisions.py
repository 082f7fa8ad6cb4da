"""Articles that are visited again: what has changed since they were recorded, and which are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from newscrawl.article import Article, Revision
from newscrawl.crawl.nouns.visit import Visit
from newscrawl.discover.address import same_article_key
from newscrawl.memory import ArticleState
from newscrawl.memory.revision import compare
from newscrawl.record import record, rights_of

#: Pages that take the place of an article that is gone. A challenge or a consent wall only stands before it for a
#: while.
_GONE = frozenset({"SoftNotFound"})
_GONE_BY_REDIRECT = frozenset({"SectionPage", "OtherPage", "SearchPage"})


def revised(article: Article, state: ArticleState, old: Mapping[str, Any]) -> Article | None:
    """The article as a revision of its newest version; None when nothing has changed.

    state: what the memory knows of it. old: the record of its newest version that is no notice of a removal.
    """
    if article.revision is not None:  # it is gone
        return None if state.removed else replace(article, revision=replace(article.revision, number=state.number + 1))
    change = compare(old, record(article))
    if change is None and not state.removed:
        return None
    fields = change.changed_fields if change is not None else ()
    kind = "reinstated" if state.removed or change is None else change.kind
    url = str(old.get("url") or article.requested_url or article.url)
    return replace(article, revision=Revision(state.number + 1, _hash(old), fields, kind, url))


def is_gone(reason: str, requested: str, answered: str) -> bool:
    """Does a page that is not an article say that the article which was there is gone?"""
    if reason in _GONE:
        return True
    return reason in _GONE_BY_REDIRECT and same_article_key(requested) != same_article_key(answered)


def gone_article(visit: Visit, old: Mapping[str, Any] | None, now: datetime) -> Article:
    """The article that says that an article is gone: its URL, headline and last known rights, and no text."""
    old = old or {}
    url = str(old.get("url") or visit.url)
    return Article(
        url=url,
        headline=old.get("headline"),
        revision=Revision(0, _hash(old), ("articleBody",), "removed", url),
        requested_url=visit.url,
        site=visit.site,
        fetched_at=now,
        found_by=visit.link,
        rights=rights_of(old),
    )


def _hash(old: Mapping[str, Any]) -> str | None:
    value = (old.get("metadata") or {}).get("contentHash")
    return str(value) if value else None
