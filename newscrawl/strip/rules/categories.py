"""Categories a story is filed under.

Strikes lines labelled so, and boxes named so.
Spares a sentence with a category in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"cat-?links|(?:post|entry|article)-?categor(?:y|ies)")


def removals(article: Article) -> Iterator[Removal]:
    """Lines labelled so, and boxes named so."""
    yield from worded(article, "categories", "wording of categories")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
