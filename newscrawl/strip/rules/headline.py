"""The headline repeated at the top of the body. It has a field of its own.

Removes a block up to the first running text that says the same as the headline.
Spares a sub-heading that only shares words with it, and any repetition further down.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.view import view_of
from newscrawl.text import words


def removals(article: Article) -> Iterator[Removal]:
    """Blocks up to the first running text that repeat the headline."""
    if not article.headline:
        return
    view = view_of(article)
    headline = words(article.headline)
    for index in range(min(view.first_prose + 1, len(view.blocks))):
        own = words(view.folded[index])
        if own and own == headline:
            yield Removal(view.blocks[index], "repeats the headline")
