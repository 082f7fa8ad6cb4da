"""Share bars.

Removes lines that are a share button, and boxes named after them.
Spares a paragraph about sharing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:social-?)?shar(?:e|ing)(?![a-z])|sharedaddy|addtoany|addthis|sharethis"
    r"|social-?(?:bar|links|icons|media|buttons|tools)|sociable"
)


@where_found(phrases="share", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Share buttons, and boxes of them."""
    yield from by_phrase(article, "share")
    yield from by_box(article, _BOX_NAMES)
