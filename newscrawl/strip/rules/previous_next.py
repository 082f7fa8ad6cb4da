"""Ways to the previous and the next page or story.

Strikes lines that are such a link, and boxes named so.
Spares a sentence that begins with "Next".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:pagination|pager|page-?links|post-?nav\w*|nav-?links|nav-?(?:previous|next)|prev-?next|next-?(?:post|article)|prev(?:ious)?-?(?:post|article))(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are such a link, and boxes named so."""
    yield from worded(article, "previous_next", "wording of previous next")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
