"""Labels left without their box: a heading or short line above links to other stories that the content model left out.

Removes such a heading if no story follows it, and such a line ("More from us:") within the story if it stood above a
list of nothing but links.
Spares a heading above story text, a table, a list, a quote or an image, and a line that ends like a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Removal
from newscrawl.strip.view import View, view_of
from newscrawl.text import ends_sentence

#: Most words of such a label, and the least share of links in the blocks below it.
MAX_WORDS, LINK_DENSITY = 9, 0.9


def removals(article: Article) -> Iterator[Removal]:
    """Headings at the end, and labels within the story, above links that are not story."""
    view = view_of(article)
    last = max(
        (i for i, block in enumerate(view.blocks) if block.kind in BODY_KINDS and block.kind is not Kind.HEADING),
        default=-1,
    )
    labels = []
    for index, block in enumerate(view.blocks):
        if view.sizes[index] > MAX_WORDS:
            continue
        if (block.kind is Kind.HEADING and index > last) or (block.kind is Kind.PARAGRAPH and _is_label(block)):
            labels.append(index)
    if not labels:
        return
    for index in labels:
        block = view.blocks[index]
        if ends_sentence(block.text):
            continue
        below = [_left_out(view, block.index + 1), _left_out(view, block.index + 2)]
        if block.kind is Kind.HEADING and index > last >= 0 and _is_link(below[0]):
            yield Removal(block, "a heading above links that are not story")
        elif block.kind is Kind.PARAGRAPH and all(
            _is_link(b) and b is not None and b.kind is Kind.LIST_ITEM for b in below
        ):
            yield Removal(block, "a label above links that are not story")


def _left_out(view: View, index: int) -> Block | None:
    """A block that the content model left out; None for any other."""
    removal = view.left_out.get(index)
    return removal.block if removal is not None and removal.rule == "content" else None


def _is_label(block: Block) -> bool:
    return block.text.rstrip().endswith((":", "：")) or any(
        step.tag in ("strong", "b") for step in block.path.steps[-1:]
    )


def _is_link(block: Block | None) -> bool:
    return block is not None and block.link_density >= LINK_DENSITY
