"""Lists of trending topics.

Removes their headings, and the contents of such a box.
Spares a paragraph about trends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"(?<![a-z])trending(?![a-z])|hot-?topics")


@where_found(phrases="trending", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Headings and boxes of trending topics."""
    yield from by_phrase(article, "trending")
    yield from by_box(article, _BOX_NAMES, prose=False)
