"""What a block's place in the story's own column, and its form there, say for or against it.

The column is the element that directly contains several paragraphs of which the content model is almost certain.
Sentences, list items, quotations and sub-headings directly in that element mostly belong to the story too; lines that
are no sentences less often, above all those that are links. Nothing is said of blocks that share a box with others
inside the column. What it weighs is up to `newscrawl.decision`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newscrawl.article import Kind
from newscrawl.read.block_words import group_counts
from newscrawl.read.layout import Layout
from newscrawl.read.surroundings import same_shape

#: An element is a column if it contains at least LEAST paragraphs with a score of SURE or more.
SURE, LEAST = 0.75, 3
#: It reaches from its first to its last paragraph that is sure, or a sentence with this score.
LIKELY = 0.5
#: Nothing is said for a paragraph with this share of its text in links, or a higher one.
LINKED = 0.8
#: A block with this share of its text in links, or a higher one, is a link.
LINK = 0.3
#: A line of so many words could be a sentence, but is none.
LINE_WORDS = 6
#: A sub-heading needs a paragraph with at least this score after it, within this many blocks.
GOES_ON, NEAR = 0.6, 10
_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "”", '"', "»", "」")
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[\"'”’»)\]]?[.!?…؟](?=\s)|[。！？।]")
#: The mark before an item of a list that is made of paragraphs.
_BULLET = re.compile(r"[-–—•·*▪●◦‣] ?\w")
#: Elements that may stand between the column and a block, by its kind.
_BETWEEN = {
    Kind.PARAGRAPH: frozenset({"p", "span", "em", "strong", "b", "i"}),
    Kind.LIST_ITEM: frozenset({"ul", "ol", "li", "p", "span"}),
    Kind.QUOTE: frozenset({"blockquote", "p", "q", "cite"}),
    Kind.HEADING: frozenset({"h2", "h3", "h4", "h5", "h6"}),
    Kind.PREFORMATTED: frozenset({"pre", "code"}),
    Kind.TABLE: frozenset({"table"}),
}
_LISTED = (Kind.LIST_ITEM, Kind.HEADING)
#: Least score, and words, of a sentence that announces a list by the colon at its end.
ANNOUNCES, ANNOUNCING_WORDS = 0.9, 3


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

    def evidence(self, among: Sequence[int]) -> Iterator[tuple[int, str]]:
        """What is said of some blocks: the index of a block and the name of the evidence."""
        layout, scores = self.layout, self.scores
        announced = _announced(layout, scores)
        for i in among:
            kind = layout.kinds[i]
            if kind not in _BETWEEN or (layout.link_shares[i] >= LINKED and kind not in (*_LISTED, Kind.PARAGRAPH)):
                continue
            if _is_broken_off(layout, scores, i):
                yield i, "a sentence that only a line break parts from the story"
            elif _is_term(layout, scores, i):
                yield i, "the term of a definition in the story"
            elif (ends := self.ends.get(column := _container(layout, i))) is not None:
                place = "before" if i < ends[0] else "after" if i > ends[1] else "between"
                said = self._said(i, column, place)
                if said:
                    yield i, said
            if i in announced:
                of_list = kind is Kind.LIST_ITEM
                yield (
                    i,
                    "an item of a list that a sentence announces" if of_list else "a line that a sentence announces",
                )

    def _said(self, index: int, column: int, place: str) -> str | None:
        """What is said of a block directly in a column. place: before, between or after its sure paragraphs."""
        layout = self.layout
        kind, links = layout.kinds[index], layout.link_shares[index]
        if kind is Kind.PARAGRAPH and not links and _BULLET.match(layout.texts[index]):
            return f"a list item {place} the story's paragraphs"
        if kind is Kind.PARAGRAPH and _is_line(layout, index):
            length = "long" if layout.sizes[index] >= LINE_WORDS else "short"
            return f"a {length} {'link' if links >= LINK else 'line'} {place} the story's paragraphs"
        if kind is Kind.PARAGRAPH and place == "after" and self._goes_on_alike(index, column):
            return "a plain sentence right after the story's last paragraph, and of its shape"
        if kind is Kind.PARAGRAPH:
            return f"a sentence {place} the story's paragraphs" if links < LINK else None
        if kind is Kind.HEADING:
            is_of_column = _goes_on(layout, self.scores, index, column) and (place == "between" or not links)
            return "a sub-heading in the story's column" if is_of_column else None
        if kind is Kind.LIST_ITEM:
            form = "item with a sentence" if _is_sentence(layout, index) else "item"
            return f"a list {form} {place} the story's paragraphs"
        if kind is Kind.QUOTE and not _is_sentence(layout, index):
            return None
        return f"a {kind.value} {place} the story's paragraphs"

    def _goes_on_alike(self, index: int, column: int) -> bool:
        """Is it a sentence right after the last paragraph, of its shape, without a link, an address or a telling word?

        Short last sentences ("She died in 1931, aged 92.") look like lines about the site.
        """
        layout, last = self.layout, self.ends[column][1]
        return (
            index == last + 1
            and not layout.link_shares[index]
            and "@" not in layout.texts[index]
            and _is_sentence(layout, index)
            and same_shape(layout)[layout.places[index]] == same_shape(layout)[layout.places[last]]
            and not group_counts([layout.texts[index]]).any()
        )


def _is_broken_off(layout: Layout, scores: Sequence[float], index: int) -> bool:
    """Is it a sentence without a link that only line breaks part from a sure paragraph, in the same element?"""
    if layout.link_shares[index] or not _is_sentence(layout, index):
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
    """The items of lists, and lines without links in paragraphs of one shape, that the sentence before announces."""
    found: set[int] = set()
    if not any(text.endswith((":", "：")) for text in layout.texts):
        return found
    is_announced, by = False, 0
    for index, kind in enumerate(layout.kinds):
        if kind is Kind.LIST_ITEM:
            if is_announced:
                found.add(index)
            continue
        if is_announced and _is_line_like(layout, index, by):
            found.add(index)
            continue
        by = index
        is_announced = (
            scores[index] >= ANNOUNCES
            and layout.sizes[index] >= ANNOUNCING_WORDS
            and layout.link_shares[index] < LINKED
            and layout.texts[index].rstrip().endswith((":", "："))
        )
    return found


def _is_line_like(layout: Layout, index: int, other: int) -> bool:
    """Is it a line without a link, in a paragraph of another's shape?"""
    if layout.kinds[index] is not Kind.PARAGRAPH or layout.link_shares[index] or not _is_line(layout, index):
        return False
    shape = same_shape(layout)
    return bool(shape[layout.places[index]] == shape[layout.places[other]])


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
