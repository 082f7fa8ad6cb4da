"""Counters and buttons of a gallery.

Strikes lines that are such.
Spares a sentence about pictures.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are such."""
    yield from worded(article, "gallery", "wording of gallery")
