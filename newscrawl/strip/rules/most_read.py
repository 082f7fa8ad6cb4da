"""Lists of what is read most.

Strikes their headings, and what stands in such a box.
Spares a paragraph that says which book is read most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"most-?(?:read|popular|viewed|shared|commented)|popular-?(?:posts|articles|stories)|meistgelesen|plus-?lus|mas-?leid[ao]s"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their headings, and what stands in such a box."""
    yield from worded(article, "most_read", "wording of most read")
    yield from boxed(article, _NAMED, "stands in a box named so")
