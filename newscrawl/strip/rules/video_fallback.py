"""The message in place of a video that cannot be played.

Removes lines that say so.
Spares a paragraph about a browser.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase, where_found


@where_found(phrases="video_fallback")
def removals(article: Article) -> Iterator[Removal]:
    """Messages in place of a video that cannot be played."""
    yield from by_phrase(article, "video_fallback")
