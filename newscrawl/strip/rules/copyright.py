"""Copyright lines.

Removes lines that say who holds the rights, and boxes named after them.
Spares a story about copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase

_BOX_NAMES = re.compile(r"(?<![a-z])copy-?right(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say who holds the rights."""
    yield from by_phrase(article, "copyright")
    yield from by_box(article, _BOX_NAMES, prose=False)
