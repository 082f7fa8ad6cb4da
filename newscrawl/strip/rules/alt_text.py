"""A picture's alternative text that shows as a line of its own, because the picture's place kept it.

Strikes a short line that says what an image's alternative text says, and is no sentence of the story. Spares running text: some sites
fill alternative texts with paragraphs of the story.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.view import ends_sentence, view

#: Words of a line at most.
LONGEST = 20
#: From this score of the content model on the line is story, whatever a picture says too.
STORY = 0.75


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are an image's alternative text."""
    seen = view(article)
    alts = set(seen.alternatives)
    if not alts:
        return
    for index, block in enumerate(seen.blocks):
        if (
            block.kind is Kind.PARAGRAPH
            and seen.sizes[index] <= LONGEST
            and not ends_sentence(block.text)
            and seen.folded[index] in alts
            and _is_doubted(block)
        ):
            yield Removal(block, "the alternative text of a picture")


def _is_doubted(block: Block) -> bool:
    return block.score in (None, 1.0) or (block.score or 0.0) < STORY
