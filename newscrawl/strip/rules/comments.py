"""Comment threads (WordPress, wpDiscuz, Disqus, Facebook, Coral, Hyvor, Discourse) and what leads to them.

Strikes labels and counts, and what stands in a box named so.
Spares a paragraph that tells of comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:comments|comment|comment-?(?:list|thread|section|area|body|content|text|meta|author|count|wrap\w*)s?|commentlist|disqus\w*|wpdiscuz\w*|wpd-\w+|fb-comments|coral\w*|hyvor\w*|discourse\w*|livefyre|spot-?im|openweb|viafoura|kommentare?|commentaires?|comentarios|commenti|yorumlar)(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Labels and counts, and what stands in a box named so."""
    yield from worded(article, "comments", "wording of comments")
    yield from boxed(article, _NAMED, "stands in a box named so", words=400, share=0.9, judged=True)
