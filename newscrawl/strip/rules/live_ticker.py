"""Teaser boxes of a live ticker.

Removes their labels, and short blocks in boxes named after one.
Spares a live story itself, whose entries consist of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:live-?ticker-?(?:box|teaser|widget)|breaking-?(?:news-?)?(?:bar|ticker|banner)"
    r"|news-?ticker)(?![a-z])"
)


@where_found(phrases="live_ticker", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labels and boxes of a live ticker."""
    yield from by_phrase(article, "live_ticker")
    yield from by_box(article, _BOX_NAMES, prose=False)
