"""Buttons to react.

Strikes lines that are such a button or a count, and boxes named so.
Spares a paragraph that tells of reactions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:reactions?-?(?:bar|buttons?|list|box|widget)|emoji-?reactions?|like-?button|likes|claps?)(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are such a button or a count, and boxes named so."""
    yield from worded(article, "reactions", "wording of reactions")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
