"""The form for writing a comment.

Removes its labels and hints, and boxes named after it.
Spares a paragraph about comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"comment-?(?:form|respond|reply|box|field|input)|(?<![a-z])respond(?![a-z])")


@where_found(phrases="comment_form", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labels, hints and boxes of a comment form."""
    yield from by_phrase(article, "comment_form")
    yield from by_box(article, _BOX_NAMES)
