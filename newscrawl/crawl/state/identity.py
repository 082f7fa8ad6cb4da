"""By which keys an article is recognised, however it was discovered."""

from __future__ import annotations

from newscrawl.article import Article
from newscrawl.crawl.reading import fingerprint
from newscrawl.discover.address import same_article_key, site_of
from newscrawl.keys import url_key
from newscrawl.text import fold


def identity_keys(article: Article) -> set[int]:
    """Three 64-bit keys: of its URL, of its canonical URL with its headline, and of its text on its site."""
    # a canonical URL alone proves nothing: some templates give the same one to all their pages
    canonical = f"{same_article_key(article.canonical_url or article.url)}\n{fold(article.headline or '')}"
    # two sites that print the same agency text have an article each
    text = f"{site_of(article.url)} {fingerprint(article)}"
    return {url_key(same_article_key(article.url)), url_key(canonical), url_key(text)}
