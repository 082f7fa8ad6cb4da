"""Reaction buttons.

Removes lines that are such a button or its count, and boxes named after them.
Spares a paragraph about reactions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:reactions?-?(?:bar|buttons?|list|box|widget)|emoji-?reactions?|like-?button|likes|claps?)(?![a-z])"
)


@where_found(phrases="reactions", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Reaction buttons and their counts."""
    yield from by_phrase(article, "reactions")
    yield from by_box(article, _BOX_NAMES, prose=False)
