"""Boxes of events and jobs.

Strikes their headings, the words of job boards.
Spares a story about an event.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Their headings, the words of job boards."""
    yield from worded(article, "events", "wording of events")
