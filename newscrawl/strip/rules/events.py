"""Boxes of events and job offers.

Removes their headings, and phrases of job boards.
Spares a story about an event.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase


def removals(article: Article) -> Iterator[Removal]:
    """Headings of event boxes, and phrases of job boards."""
    yield from by_phrase(article, "events")
