"""Buttons for the font size.

Removes short lines that are such a button.
Spares a paragraph about typefaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase, where_found


@where_found(phrases="font_size")
def removals(article: Article) -> Iterator[Removal]:
    """Font size buttons."""
    yield from by_phrase(article, "font_size")
