"""Decides about blocks that the content model doubts, by their form and their place in the story's own column.

The column is the element that directly contains several paragraphs of which the model is almost certain. Sentences,
list items, quotations and sub-headings directly in that element belong to the story too; lines that are no sentences
need a higher score than other blocks, and those that are links one higher still. Blocks that share a box with others
inside the column are left to the model.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newscrawl.article import Kind
from newscrawl.read.layout import Layout

#: An element is a column if it contains at least LEAST paragraphs with a score of SURE or more.
SURE, LEAST = 0.75, 3
#: It reaches from its first to its last paragraph that is sure, or a sentence with this score.
LIKELY = 0.5
#: Least score of a sentence, list item or quotation, and of a sub-heading, to be story in the column.
SENTENCE, HEADING = 0.2, 0.25
#: Link share from which on a block is never rescued.
LINKED = 0.8
#: A block with this share of its text in links, or a higher one, is a link.
LINK = 0.3
#: A line of so many words could be a sentence, but is none. Least score of such a line, and of one that is a link or
#: stands before the first or after the last sure paragraph.
LINE_WORDS, LINE, LINE_APART = 6, 0.7, 0.9
#: A sub-heading needs a paragraph with at least this score after it, within this many blocks.
GOES_ON, NEAR = 0.6, 10
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "”", '"', "»", "」")
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[\"'”’»)\]]?[.!?…؟](?=\s)|[。！？।]")
#: Elements that may stand between the column and a block, by its kind.
_BETWEEN = {
    Kind.PARAGRAPH: frozenset({"p", "span", "em", "strong", "b", "i"}),
    Kind.LIST_ITEM: frozenset({"ul", "ol", "li", "p", "span"}),
    Kind.QUOTE: frozenset({"blockquote", "p", "q", "cite"}),
    Kind.HEADING: frozenset({"h2", "h3", "h4", "h5", "h6"}),
    Kind.PREFORMATTED: frozenset({"pre", "code"}),
    Kind.TABLE: frozenset({"table"}),
}
#: Least score of a sentence that only line breaks part from a sure paragraph.
BROKEN_OFF = 0.4
_LISTED = (Kind.LIST_ITEM, Kind.HEADING)
#: Least scores of code and poems, of tables between sure paragraphs, and of items of a list that a sentence announces.
PREFORMATTED, TABLE, ANNOUNCED = 0.02, 0.1, 0.05
_LEAST = {Kind.PREFORMATTED: PREFORMATTED, Kind.TABLE: TABLE}
#: Least score, and words, of a sentence that announces a list by the colon at its end.
ANNOUNCES, ANNOUNCING_WORDS = 0.9, 5


class Columns:
    """The columns of a page: element -> its first and last paragraph that is likely story."""

    def __init__(self, layout: Layout, scores: Sequence[float]) -> None:
        self.layout, self.scores = layout, scores
        likely: dict[int, list[int]] = defaultdict(list)
        for i, score in enumerate(scores):
            if score >= LIKELY and layout.kinds[i] is Kind.PARAGRAPH and (score >= SURE or has_end_mark(layout, i)):
                likely[_container(layout, i)].append(i)
        self.ends = {
            element: (found[0], found[-1])
            for element, found in likely.items()
            if sum(scores[i] >= SURE for i in found) >= LEAST
        }

    def belonging(self, threshold: float) -> Iterator[int]:
        """Indexes of the blocks below the threshold that are story."""
        layout, scores = self.layout, self.scores
        announced = _announced(layout, scores)
        doubted = [
            i
            for i, kind in enumerate(layout.kinds)
            if kind in _BETWEEN
            and (ANNOUNCED if i in announced else _LEAST.get(kind, SENTENCE)) <= scores[i] < threshold
            and (layout.link_shares[i] < LINKED or kind in _LISTED)
        ]
        for i in doubted:
            if _is_broken_off(layout, scores, i) or _is_term(layout, scores, i):
                yield i
                continue
            column, kind = _container(layout, i), layout.kinds[i]
            if column not in self.ends:
                continue
            first, last = self.ends[column]
            is_between = first < i < last
            if kind is Kind.HEADING:
                is_story = scores[i] >= HEADING and _goes_on(layout, scores, i, column)
                is_story &= is_between or not layout.link_shares[i]
            elif kind is Kind.PARAGRAPH:
                is_story = is_between and layout.link_shares[i] < LINK and not _is_line(layout, i)
            elif kind is Kind.TABLE:
                is_story = is_between
            elif kind is Kind.LIST_ITEM:
                is_story = is_between or i in announced or _is_sentence(layout, i)
            else:
                is_story = kind is Kind.PREFORMATTED or _is_sentence(layout, i)
            if is_story:
                yield i

    def lines(self, threshold: float) -> Iterator[int]:
        """Indexes of the paragraphs above the threshold that are lines rather than sentences, and no story."""
        layout, scores = self.layout, self.scores
        for i, kind in enumerate(layout.kinds):
            if kind is not Kind.PARAGRAPH or not threshold <= scores[i] < LINE_APART or not _is_line(layout, i):
                continue
            column = _container(layout, i)
            if column not in self.ends:
                continue
            first, last = self.ends[column]
            is_long, is_link = layout.sizes[i] >= LINE_WORDS, layout.link_shares[i] >= LINK
            if is_link:
                is_story = not is_long
            elif is_long:
                is_story = scores[i] >= LINE or i < first
            else:
                is_story = first <= i <= last
            if not is_story:
                yield i


def _is_broken_off(layout: Layout, scores: Sequence[float], index: int) -> bool:
    """Is it a sentence that nothing but line breaks parts from a sure paragraph, in the same element?"""
    if scores[index] < BROKEN_OFF or layout.link_shares[index] or not _is_sentence(layout, index):
        return False
    beside = [i for i in (index - 1, index + 1) if 0 <= i < len(scores)]
    return any(scores[i] >= SURE and layout.places[i] == layout.places[index] for i in beside)


def _is_term(layout: Layout, scores: Sequence[float], index: int) -> bool:
    """Is it the term (<dt>) of a definition that is story?"""
    after = index + 1
    return (
        layout.tags[layout.places[index]] == "dt"
        and after < len(scores)
        and layout.tags[layout.places[after]] == "dd"
        and scores[after] >= SURE
    )


def has_end_mark(layout: Layout, index: int) -> bool:
    """Does the text end with the mark that ends a sentence, or with a colon?"""
    return layout.texts[index].rstrip().endswith((*_ENDS, ":", "："))


def _is_line(layout: Layout, index: int) -> bool:
    """Is there no end of a sentence in the text, nor a colon at its end?"""
    return not has_end_mark(layout, index) and _SENTENCE_END.search(layout.texts[index]) is None


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
