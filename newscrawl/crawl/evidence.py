"""What the road to an article states of it, where the page itself is silent. Pure."""

from __future__ import annotations

from dataclasses import replace

from newscrawl.article import Article, Link
from newscrawl.text import UNSTATED

#: Roads whose statements are made for each article by its publisher: an anchor's text or a sitemap's lastmod are not.
_STATING = frozenset({"feed", "news sitemap"})


def with_evidence(article: Article, link: Link) -> Article:
    """The article with the road's date, headline and language in the place of those that its page does not state.

    A page's date without an offset gives way to the road's moment of the same day: that says more.
    """
    if link.source not in _STATING:
        return article
    stated, said = article.date_published, link.published
    if said is not None and (
        stated is None or (stated.tzinfo is UNSTATED and said.tzinfo is not UNSTATED and stated.date() == said.date())
    ):
        article = replace(
            article, date_published=said, date_published_raw=article.date_published_raw or said.isoformat()
        )
    return replace(
        article, headline=article.headline or link.headline, in_language=article.in_language or link.language
    )
