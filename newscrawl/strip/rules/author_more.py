"""Links to more articles by the same author.

Removes the lines that introduce such links, and boxes named after them.
Spares a sentence about an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"more-?(?:by|from)-?author|author-?(?:posts|articles|more)")


@where_found(phrases="author_more", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes that lead to more articles by the author."""
    yield from by_phrase(article, "author_more")
    yield from by_box(article, _BOX_NAMES, prose=False)
