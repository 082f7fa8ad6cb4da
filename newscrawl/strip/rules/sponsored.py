"""Boxes and labels of paid content.

Strikes lines that are the label, short blocks of a box named so.
Spares a sentence that tells who sponsors what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"sponsor(?:ed)?-?(?:content|post|box|by|label)|(?<![a-z])(?:advertorial|promoted)(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are the label, short blocks of a box named so."""
    yield from worded(article, "sponsored", "wording of sponsored")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
