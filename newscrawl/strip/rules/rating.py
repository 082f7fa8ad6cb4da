"""Ratings by readers.

Removes their labels and counts, and boxes named after them.
Spares a paragraph about a rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:star-?rating|ratings?-?(?:box|widget|stars)|kk-?star|post-?ratings?"
    r"|rate-?(?:this|article)|helpful-?(?:box|vote))(?![a-z])"
)


@where_found(phrases="rating", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labels, counts and boxes of ratings by readers."""
    yield from by_phrase(article, "rating")
    yield from by_box(article, _BOX_NAMES, prose=False)
