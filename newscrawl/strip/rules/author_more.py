"""More pieces by the author.

Strikes lines that lead to them.
Spares a sentence about an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"more-?(?:by|from)-?author|author-?(?:posts|articles|more)")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that lead to them."""
    yield from worded(article, "author_more", "wording of author more")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
