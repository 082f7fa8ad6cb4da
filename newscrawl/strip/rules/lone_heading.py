"""Headings that head nothing: what stood under them was a box, and went.

Strikes headings behind the last block of the story. Spares headings with text, lists, tables, captions or sub-headings under them.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view


def removals(article: Article) -> Iterator[Removal]:
    """Headings without anything under them, at the end of the story."""
    seen = view(article)
    if not seen.prose:
        return
    for block in reversed(seen.blocks):
        if block.kind is not Kind.HEADING:
            return
        yield Removal(block, "a heading with nothing under it")
