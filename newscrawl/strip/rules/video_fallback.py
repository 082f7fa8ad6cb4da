"""What stands in place of a video that cannot be played.

Strikes lines that say so.
Spares a paragraph about a browser.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say so."""
    yield from worded(article, "video_fallback", "wording of video fallback")
