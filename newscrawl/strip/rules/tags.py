"""Tags.

Strikes lines labelled so, and what stands in a box named so.
Spares a paragraph that tells of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:(?:article|post|entry|story|news)-?)?tags?(?:-?(?:list|links|cloud|s-links|container|wrap\w*))?(?![a-z-])|tagcloud|hashtags"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines labelled so, and what stands in a box named so."""
    yield from worded(article, "tags", "wording of tags")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
