"""The categories a story is filed under.

Removes lines that carry such a label, and boxes named after it.
Spares a sentence that mentions a category.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"cat-?links|(?:post|entry|article)-?categor(?:y|ies)")


@where_found(phrases="categories", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labelled lines and boxes of categories."""
    yield from by_phrase(article, "categories")
    yield from by_box(article, _BOX_NAMES, prose=False)
