"""What one article is known by, however it is met: three 8-byte keys. Pure."""

from __future__ import annotations

from newscrawl.article import Article
from newscrawl.check import fingerprint
from newscrawl.discover.address import same_article_key, site_of
from newscrawl.fate import url_key
from newscrawl.text import fold


def identity_keys(article: Article) -> set[int]:
    """The keys of its address, of its canonical address with its headline, and of its text on its site."""
    # a canonical address alone proves nothing: some templates give all their pages the same one
    address = f"{same_article_key(article.canonical_url or article.url)}\n{fold(article.headline or '')}"
    # two sites that print one agency's text have an article each
    text = f"{site_of(article.url)} {fingerprint(article)}"
    return {url_key(same_article_key(article.url)), url_key(address), url_key(text)}
