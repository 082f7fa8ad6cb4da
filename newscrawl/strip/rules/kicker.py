"""The word or two above or below the headline that sort a story: "Analysis", "Exclusive", the section's or the place's name.

Strikes, before the first running text, a line that is such a word of the wording, the article's section, a step of its breadcrumbs
or one of its keywords. Spares headings, and lines amid the story.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import view
from newscrawl.text import fold

#: Words of a kicker at most.
LONGEST = 5


def removals(article: Article) -> Iterator[Removal]:
    """Kickers before the first running text."""
    seen = view(article)
    if not seen.prose:
        return
    sorted_as = {
        fold(name)
        for name in (article.article_section, *article.keywords, *(crumb.name for crumb in article.breadcrumbs))
        if name
    }
    said = {removal.block.index for removal in worded(article, "kicker", "", roles=("line",))}
    for index in range(seen.first_sentences):
        block = seen.blocks[index]
        if (
            block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM)
            and seen.sizes[index] <= LONGEST
            and (block.index in said or seen.folded[index].strip(" :|/") in sorted_as)
        ):
            yield Removal(block, "sorts the story, and tells nothing of it")
