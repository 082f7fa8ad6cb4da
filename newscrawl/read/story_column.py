"""Rescues blocks that the content model doubts but that are in the story's own column.

The column is the element that directly contains several paragraphs of which the model is almost certain. List items
that are sentences, quotations and sub-headings directly in that element belong to the story too. Blocks that share a
box with others inside the column do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newscrawl.article import Kind
from newscrawl.read.layout import Layout

#: An element is a column if it contains at least LEAST paragraphs with a score of SURE or more.
SURE, LEAST = 0.75, 3
#: Least score of a list item or quotation, and of a sub-heading, to be story in the column.
SENTENCE, HEADING = 0.2, 0.25
#: Link share from which on a block is never rescued.
LINKED = 0.8
#: A sub-heading needs a paragraph with at least this score after it, within this many blocks.
GOES_ON, NEAR = 0.6, 10
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "”", '"', "»", "」")
#: Elements that may stand between the column and a block, by its kind.
_BETWEEN = {
    Kind.LIST_ITEM: frozenset({"ul", "ol", "li", "p", "span"}),
    Kind.QUOTE: frozenset({"blockquote", "p", "q", "cite"}),
    Kind.HEADING: frozenset({"h2", "h3", "h4", "h5", "h6"}),
    Kind.PREFORMATTED: frozenset({"pre", "code"}),
}
#: Least score of code and poems.
PREFORMATTED = 0.02
#: Least score, and words, of a sentence that announces a list by the colon at its end.
ANNOUNCES, ANNOUNCING_WORDS = 0.9, 5


def in_story_column(layout: Layout, scores: Sequence[float], threshold: float) -> Iterator[int]:
    """Indexes of the blocks below the threshold that are in the story's column."""
    doubted = [
        i
        for i, kind in enumerate(layout.kinds)
        if kind in _BETWEEN
        and (PREFORMATTED if kind is Kind.PREFORMATTED else SENTENCE) <= scores[i] < threshold
        and (layout.link_shares[i] < LINKED or kind is Kind.LIST_ITEM)
    ]
    if not doubted:
        return
    sure = Counter(
        _container(layout, i) for i, score in enumerate(scores) if score >= SURE and layout.kinds[i] is Kind.PARAGRAPH
    )
    announced = _announced(layout, scores)
    columns = {element for element, count in sure.items() if count >= LEAST}
    for i in doubted:
        column = _container(layout, i)
        if column not in columns:
            continue
        if layout.kinds[i] is Kind.HEADING:
            if scores[i] >= HEADING and not layout.link_shares[i] and _goes_on(layout, scores, i, column):
                yield i
        elif layout.kinds[i] is Kind.PREFORMATTED or i in announced or _is_sentence(layout, i):
            yield i


def _is_sentence(layout: Layout, index: int) -> bool:
    return layout.link_shares[index] < LINKED and layout.texts[index].rstrip().endswith(_ENDS)


def _announced(layout: Layout, scores: Sequence[float]) -> set[int]:
    """The items of lists that the sentence before announces."""
    found: set[int] = set()
    is_announced = False
    for index, kind in enumerate(layout.kinds):
        if kind is Kind.LIST_ITEM:
            if is_announced:
                found.add(index)
            continue
        is_announced = (
            scores[index] >= ANNOUNCES
            and layout.sizes[index] >= ANNOUNCING_WORDS
            and layout.link_shares[index] < LINKED
            and layout.texts[index].rstrip().endswith((":", "："))
        )
    return found


def _container(layout: Layout, index: int) -> int:
    """The nearest element around a block, or around the list or quotation it is part of, that contains other blocks."""
    own, element = _BETWEEN.get(layout.kinds[index], frozenset()), layout.places[index]
    start, end = index, index + 1
    while element > 0:
        if layout.tags[element] in own:
            start, end = min(start, layout.opens[element]), max(end, layout.closes[element])
        elif layout.opens[element] < start or layout.closes[element] > end:
            return element
        element = layout.parents[element]
    return element


def _goes_on(layout: Layout, scores: Sequence[float], heading: int, column: int) -> bool:
    """Is the next block that is directly in the column, after any boxes, a paragraph of the story?"""
    for i in range(heading + 1, min(heading + 1 + NEAR, len(scores))):
        if _container(layout, i) == column:
            return scores[i] >= GOES_ON and layout.kinds[i] is Kind.PARAGRAPH
    return False
