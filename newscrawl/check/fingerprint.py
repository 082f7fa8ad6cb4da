"""One number for one text: the same story from two addresses has the same."""

from __future__ import annotations

import hashlib

from newscrawl.article import Article
from newscrawl.text import words


def fingerprint(article: Article) -> str:
    """SHA-1 (hex) of the words of the body, folded: case, punctuation and spacing do not count."""
    text = " ".join(words(article.article_body))
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
