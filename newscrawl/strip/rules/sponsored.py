"""Boxes and labels of paid content.

Removes lines that are the label, and short blocks in boxes named after it.
Spares a sentence that says who sponsors what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"sponsor(?:ed)?-?(?:content|post|box|by|label)|(?<![a-z])(?:advertorial|promoted)(?![a-z])")


@where_found(phrases="sponsored", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labels and boxes of paid content."""
    yield from by_phrase(article, "sponsored")
    yield from by_box(article, _BOX_NAMES, prose=False)
