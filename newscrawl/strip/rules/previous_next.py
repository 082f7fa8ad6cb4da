"""Links to the previous and the next page or story.

Removes lines that are such a link, and boxes named after them.
Spares a sentence that begins with "Next".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:pagination|pager|page-?links|post-?nav\w*|nav-?links|nav-?(?:previous|next)"
    r"|prev-?next|next-?(?:post|article)|prev(?:ious)?-?(?:post|article))(?![a-z])"
)


@where_found(phrases="previous_next", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Links to the previous and the next page or story."""
    yield from by_phrase(article, "previous_next")
    yield from by_box(article, _BOX_NAMES, prose=False)
