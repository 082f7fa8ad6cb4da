"""Ratings by readers.

Strikes their labels and counts, and boxes named so.
Spares a paragraph that tells of a rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:star-?rating|ratings?-?(?:box|widget|stars)|kk-?star|post-?ratings?|rate-?(?:this|article)|helpful-?(?:box|vote))(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their labels and counts, and boxes named so."""
    yield from worded(article, "rating", "wording of rating")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
