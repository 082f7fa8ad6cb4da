"""The headline repeated at the top of the body. It has a field of its own.

Removes a block up to the first running text that says the same as the headline, and a heading that differs from it
in a word or two.
Spares a sub-heading that only shares words with it, and any repetition further down.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view_of
from newscrawl.text import words

#: Share of their words that two nearly equal headlines have in common, and fewest words of the longer one.
SAME, FEWEST = 0.75, 5


def removals(article: Article) -> Iterator[Removal]:
    """Blocks up to the first running text that repeat the headline."""
    if not article.headline:
        return
    view = view_of(article)
    headline = words(article.headline)
    for index in range(min(view.first_prose + 1, len(view.blocks))):
        if view.blocks[index].kind is not Kind.HEADING and headline[-1:] and headline[-1] not in view.folded[index]:
            continue
        own = words(view.folded[index])
        if own and own == headline:
            yield Removal(view.blocks[index], "repeats the headline")
        elif view.blocks[index].kind is Kind.HEADING and _nearly_same(own, headline):
            yield Removal(view.blocks[index], "says nearly the same as the headline")


def _nearly_same(one: list[str], other: list[str]) -> bool:
    return len(set(one) & set(other)) >= SAME * max(len(one), len(other)) >= SAME * FEWEST
