"""Lists of the most read stories.

Removes their headings, and the contents of such a box.
Spares a paragraph that says which book is read most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"most-?(?:read|popular|viewed|shared|commented)|popular-?(?:posts|articles|stories)"
    r"|meistgelesen|plus-?lus|mas-?leid[ao]s"
)


@where_found(phrases="most_read", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Headings and boxes of the most read stories."""
    yield from by_phrase(article, "most_read")
    yield from by_box(article, _BOX_NAMES)
