"""Blocks that the content model doubts, but that stand in the story's own column: what the markup says against a low score.

A column is the element in which paragraphs stand one by one that the model is all but sure of. A list of sentences, a quotation
or a sub-heading that stands in it as they do belongs to the story; what shares a box in the column with others does not gain by this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newscrawl.article import Kind

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

#: A paragraph is sure from this score on; so many of them make a column.
SURE, LEAST = 0.75, 3
#: A paragraph under a sub-heading tells that the story goes on from this score on.
GOES_ON = 0.6
#: Scores from which on a sentence in a list, a quotation and a sub-heading is story in its column; share of links that it stays under.
SENTENCE, HEADING, LINKED = 0.2, 0.25, 0.8
#: Blocks behind a sub-heading among which the story goes on.
NEAR = 10
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "”", '"', "»", "」")
#: Elements between a column and a block of a kind.
_BETWEEN = {
    Kind.LIST_ITEM: frozenset({"ul", "ol", "li", "p", "span"}),
    Kind.QUOTE: frozenset({"blockquote", "p", "q", "cite"}),
    Kind.HEADING: frozenset({"h2", "h3", "h4", "h5", "h6"}),
}


def of_the_column(layout: Layout, scores: Sequence[float], threshold: float) -> Iterator[int]:
    """Indexes of doubted blocks (below the threshold) that stand in the story's column."""
    doubted = [
        i
        for i, kind in enumerate(layout.kinds)
        if kind in _BETWEEN and SENTENCE <= scores[i] < threshold and layout.link_shares[i] < LINKED
    ]
    if not doubted:
        return
    sure = Counter(
        _above(layout, i) for i, score in enumerate(scores) if score >= SURE and layout.kinds[i] is Kind.PARAGRAPH
    )
    columns = {element for element, count in sure.items() if count >= LEAST}
    for i in doubted:
        column = _above(layout, i)
        if column not in columns:
            continue
        if layout.kinds[i] is Kind.HEADING:
            if scores[i] >= HEADING and not layout.link_shares[i] and _goes_on(layout, scores, i, column):
                yield i
        elif layout.texts[i].rstrip().endswith(_ENDS):
            yield i


def _above(layout: Layout, index: int) -> int:
    """The first element around a block that holds more than the block, or than the list that it is an item of."""
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
    """Is the next block of the column itself, whatever boxes stand between, a paragraph of the story?"""
    for i in range(heading + 1, min(heading + 1 + NEAR, len(scores))):
        if _above(layout, i) == column:
            return scores[i] >= GOES_ON and layout.kinds[i] is Kind.PARAGRAPH
    return False
