"""The Akismet notice under a comment form.

Removes the line saying that Akismet is used.
Spares a story about the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"akismet")


@where_found(phrases="akismet", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """The Akismet notice."""
    yield from by_phrase(article, "akismet")
    yield from by_box(article, _BOX_NAMES)
