"""A box within the story, such as a recipe or figures: its heading and the rest of it share a fate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newscrawl.article import Kind
from newscrawl.read.layout import Layout

#: Most blocks of a box, and share of its text in links from which on it is none of these.
MOST, LINKED = 40, 0.3
#: A box with this share of the story's words, or a larger one, is no box beside it; and one with a larger share is none
#: at all.
SHARE, WHOLE = 0.4, 0.7
#: A box whose blocks have this mean score, or a higher one, is story.
SURE_BOX = 0.6


def box_evidence(layout: Layout, scores: Sequence[float], story: set[int]) -> Iterator[tuple[int, str]]:
    """What its box says of a block: the index of the block and the name of the evidence. story: as scored."""
    words = max(1.0, _words(layout, story))
    for heading, rest in _boxes(layout, story):
        share = _words(layout, rest) / words
        if sum(scores[i] for i in rest) >= SURE_BOX * len(rest):
            if share < WHOLE:
                yield heading, "the heading of a box in the story"
                yield from ((i, "in a box in the story") for i in rest if i not in story)
        elif share < SHARE:
            yield from ((i, "in a box whose heading is no story") for i in rest)


def _boxes(layout: Layout, story: set[int]) -> Iterator[tuple[int, range]]:
    """Headings that are no story, each the first block of a box, with the rest of the box, half of which is story."""
    for heading, kind in enumerate(layout.kinds):
        if kind is not Kind.HEADING or layout.levels[heading] == 1 or heading in story or layout.link_shares[heading]:
            continue
        box = layout.places[heading]
        while layout.closes[box] == heading + 1 and layout.parents[box] > 0:
            box = layout.parents[box]
        rest = range(heading + 1, layout.closes[box])
        if layout.opens[box] != heading or not 1 < len(rest) <= MOST:
            continue
        if 2 * sum(i in story for i in rest) < len(rest):
            continue
        if sum(layout.link_shares[i] for i in rest) < LINKED * len(rest):
            yield heading, rest


def _words(layout: Layout, blocks: Iterable[int]) -> float:
    return sum(layout.sizes[i] for i in blocks)
