"""Lists of what is talked about.

Strikes their headings, and what stands in such a box.
Spares a paragraph about trends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"(?<![a-z])trending(?![a-z])|hot-?topics")


def removals(article: Article) -> Iterator[Removal]:
    """Their headings, and what stands in such a box."""
    yield from worded(article, "trending", "wording of trending")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
