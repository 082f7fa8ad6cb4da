"""Headings of the box about the author.

Strikes a line that is such a heading, at the end of the story.
Spares a paragraph about an author.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """A line that is such a heading, at the end of the story."""
    yield from worded(article, "author_box", "wording of author box")
