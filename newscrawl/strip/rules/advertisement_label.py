"""The label "Advertisement" and its variants.

Removes lines that consist of the label.
Spares a sentence that begins with the word.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase, where_found


@where_found(phrases="advertisement_label")
def removals(article: Article) -> Iterator[Removal]:
    """Lines that consist of the label."""
    yield from by_phrase(article, "advertisement_label")
