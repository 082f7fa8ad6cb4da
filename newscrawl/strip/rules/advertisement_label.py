"""The word "Advertisement" and its like, standing alone or glued to the text.

Strikes lines that are the label.
Spares a sentence that begins with the word.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are the label."""
    yield from worded(article, "advertisement_label", "wording of advertisement label")
