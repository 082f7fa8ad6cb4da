"""Boxes of a live ticker.

Strikes their labels, and short blocks of a box named so.
Spares a live story itself, whose entries have sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:live-?ticker-?(?:box|teaser|widget)|breaking-?(?:news-?)?(?:bar|ticker|banner)|news-?ticker)(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their labels, and short blocks of a box named so."""
    yield from worded(article, "live_ticker", "wording of live ticker")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
