"""What the source of an article states of it, where the page itself is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newscrawl.article import Article, Link
from newscrawl.text import UNSTATED

#: Sources in which the publisher describes each article. An anchor's text and a sitemap's lastmod are no such
#: description.
_DESCRIBING = frozenset({"feed", "news sitemap"})


def with_evidence(article: Article, link: Link) -> Article:
    """The article with its source's date, headline and language in place of those that its page does not state.

    A page's date without an offset gives way to the source's moment of the same day, which says more.
    """
    if link.source not in _DESCRIBING:
        return article
    on_page, in_source = article.date_published, link.published
    if in_source is not None and (on_page is None or _says_more(in_source, on_page)):
        raw = article.date_published_raw or in_source.isoformat()
        article = replace(article, date_published=in_source, date_published_raw=raw)
    headline, language = article.headline or link.headline, article.in_language or link.language
    return replace(article, headline=headline, in_language=language)


def _says_more(in_source: datetime, on_page: datetime) -> bool:
    """Does the source state the offset that the page leaves open, for the same day?"""
    is_open, is_stated = on_page.tzinfo is UNSTATED, in_source.tzinfo is not UNSTATED
    return is_open and is_stated and on_page.date() == in_source.date()
