"""Copyright lines.

Strikes lines that say whose rights these are.
Spares a story about copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"(?<![a-z])copy-?right(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say whose rights these are."""
    yield from worded(article, "copyright", "wording of copyright")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
