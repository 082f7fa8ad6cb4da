""""Read also" lines in the midst of a story.

Strikes a short line that begins with such a label, a bracket or a last sentence that does.
Spares "read more" inside a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """A short line that begins with such a label, a bracket or a last sentence that does."""
    yield from worded(article, "read_also", "wording of read also")
