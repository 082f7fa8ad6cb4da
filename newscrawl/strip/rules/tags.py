"""The tags of a story.

Removes lines that carry such a label, and boxes named after it.
Spares a paragraph about tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:(?:article|post|entry|story|news)-?)?tags?"
    r"(?:-?(?:list|links|cloud|s-links|container|wrap\w*))?(?![a-z-])|tagcloud|hashtags"
)


@where_found(phrases="tags", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labelled lines and boxes of tags."""
    yield from by_phrase(article, "tags")
    yield from by_box(article, _BOX_NAMES, prose=False)
