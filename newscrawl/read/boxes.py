"""A box within the story, such as a recipe or figures: its heading and the rest of it share a fate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newscrawl.article import Kind
from newscrawl.read.layout import Layout

#: Most blocks of a box, and share of its text in links from which on it is none of these.
MOST, LINKED = 40, 0.3
#: A box with this share of the story's words, or a larger one, is not left out; and one with a larger share is no box.
SHARE, WHOLE = 0.4, 0.7
#: A heading with this score or a higher one stays with a box whose blocks have this mean score or a higher one; a lower
#: one takes a doubtful box with it.
HEADING, SURE_BOX = 0.1, 0.6
LOST_HEADING = 0.25


def settle_boxes(layout: Layout, scores: Sequence[float], story: set[int]) -> set[int]:
    """The story with the boxes that it has whole, and without those that it doubts and whose heading it lost."""
    settled = set(story)
    for heading, rest in _boxes(layout, story):
        mean = sum(scores[i] for i in rest) / len(rest)
        share = _words(layout, rest) / max(1.0, _words(layout, story))
        if mean >= SURE_BOX:
            if scores[heading] >= HEADING and share < WHOLE:
                settled.update(i for i in (heading, *rest) if scores[i] >= HEADING)
        elif scores[heading] < LOST_HEADING and share < SHARE:
            settled -= set(rest)
    return settled


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
