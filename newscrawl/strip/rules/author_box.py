"""The heading of the box about the author.

Removes a line that is such a heading.
Spares a paragraph about an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase, where_found


@where_found(phrases="author_box")
def removals(article: Article) -> Iterator[Removal]:
    """Headings of the box about the author."""
    yield from by_phrase(article, "author_box")
