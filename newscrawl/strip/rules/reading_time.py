"""How long the story takes to read.

Strikes lines that say so.
Spares a sentence with minutes in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say so."""
    yield from worded(article, "reading_time", "wording of reading time")
