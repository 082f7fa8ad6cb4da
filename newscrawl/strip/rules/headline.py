"""The headline once more at the head of the body: it has a field of its own.

Strikes a block before or right at the story's beginning that says the same as the headline. Spares a sub-heading that only shares words with it, and any repetition further down.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.view import view
from newscrawl.text import words


def removals(article: Article) -> Iterator[Removal]:
    """Blocks up to the first running text that repeat the headline."""
    seen = view(article)
    titles = [words(title) for title in (article.headline,) if title]
    for index in range(min(seen.first_sentences + 1, len(seen.blocks))):
        own = words(seen.folded[index])
        if own and any(own == title for title in titles):
            yield Removal(seen.blocks[index], "repeats the headline")
