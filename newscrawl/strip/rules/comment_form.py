"""Forms to comment.

Strikes their labels and hints, and boxes named so.
Spares a paragraph that tells of comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"comment-?(?:form|respond|reply|box|field|input)|(?<![a-z])respond(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Their labels and hints, and boxes named so."""
    yield from worded(article, "comment_form", "wording of comment form")
    yield from boxed(article, _NAMED, "stands in a box named so")
