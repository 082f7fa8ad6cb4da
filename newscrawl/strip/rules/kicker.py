"""The word or two around the headline that classify a story: "Analysis", "Exclusive", a section or a place.

Removes, before the first running text, a line that is such a word from the wording files, the article's section, one
of its breadcrumbs or one of its keywords.
Spares headings, and lines in the middle of the story.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_phrase
from newscrawl.strip.view import view_of
from newscrawl.text import fold

#: Most words of a kicker.
MAX_WORDS = 5


def removals(article: Article) -> Iterator[Removal]:
    """Kickers before the first running text."""
    view = view_of(article)
    if not view.prose:
        return
    labels = {
        fold(name)
        for name in (article.article_section, *article.keywords, *(crumb.name for crumb in article.breadcrumbs))
        if name
    }
    known = {removal.block.index for removal in by_phrase(article, "kicker", roles=("line",))}
    for index in range(view.first_prose):
        block = view.blocks[index]
        if (
            block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM)
            and view.sizes[index] <= MAX_WORDS
            and (block.index in known or view.folded[index].strip(" :|/") in labels)
        ):
            yield Removal(block, "classifies the story, and is not part of it")
