"""Labels whose box is gone: a heading or a short line over links to other stories that the content model left out.

Strikes such a heading where nothing of the story follows it, and such a line ("More from us:") amid the story where a list of
nothing but links stood under it. Spares a heading over the story, or over a table, list, quote or picture, and a line that
ends like a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Removal
from newscrawl.strip.pieces import is_sure
from newscrawl.strip.view import ends_sentence, view

#: Words of such a label at most; share of links in the blocks that it stood over, at least.
WORDS, LINKED = 9, 0.9


def removals(article: Article) -> Iterator[Removal]:
    """Headings at the end, and labels amid the story, over links that are no story."""
    seen = view(article)
    last = max(
        (i for i, block in enumerate(seen.blocks) if block.kind in BODY_KINDS and block.kind is not Kind.HEADING),
        default=-1,
    )
    short = [
        index
        for index, block in enumerate(seen.blocks)
        if seen.sizes[index] <= WORDS and block.kind in (Kind.HEADING, Kind.PARAGRAPH)
    ]
    labels = [
        index
        for index in short
        if (index > last if seen.blocks[index].kind is Kind.HEADING else _is_label(seen.blocks[index]))
    ]
    left_out = (
        {removal.block.index: removal.block for removal in article.removals if removal.rule == "content"}
        if labels
        else {}
    )
    for index in labels:
        block = seen.blocks[index]
        if ends_sentence(block.text):
            continue
        under = [left_out.get(block.index + 1), left_out.get(block.index + 2)]
        if block.kind is Kind.HEADING and index > last >= 0 and _is_link(under[0]):
            yield Removal(block, "a heading over links that are no story")
        elif (
            block.kind is Kind.PARAGRAPH
            and not is_sure(block)
            and all(_is_link(b) and b is not None and b.kind is Kind.LIST_ITEM for b in under)
        ):
            yield Removal(block, "a label over links that are no story")


def _is_label(block: Block) -> bool:
    return block.text.rstrip().endswith((":", "：")) or any(
        step.tag in ("strong", "b") for step in block.path.steps[-1:]
    )


def _is_link(block: Block | None) -> bool:
    return block is not None and block.link_density >= LINKED
