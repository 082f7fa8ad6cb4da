"""A hash of an article's text, so that the same story found under two URLs is recognised."""

from __future__ import annotations

import hashlib

from newscrawl.article import Article
from newscrawl.text import plain_words


def fingerprint(article: Article) -> str:
    """SHA-1 (hex) of the words of the body; case, punctuation and spacing do not matter."""
    text = plain_words(article.article_body)
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
