"""Buttons for the size of the letters.

Strikes short lines that are such a button.
Spares a paragraph about type.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Short lines that are such a button."""
    yield from worded(article, "font_size", "wording of font size")
