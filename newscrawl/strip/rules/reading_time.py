"""The reading time of the story.

Removes lines that state it.
Spares a sentence with a number of minutes in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase, where_found


@where_found(phrases="reading_time")
def removals(article: Article) -> Iterator[Removal]:
    """Lines that state the reading time."""
    yield from by_phrase(article, "reading_time")
