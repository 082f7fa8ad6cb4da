"""Where the story ends and the next one on the same page begins.

Sites print further stories under the first, each in an element like the story's own: with its heading, and paragraphs
that read like news because they are. The content model cannot tell them from the story's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newscrawl.article import Kind
from newscrawl.read.layout import Layout
from newscrawl.read.surroundings import same_shape

#: A paragraph with this score is story, and a story has so many of them.
SURE, LEAST = 0.5, 2
#: The heading of another story is among so many of its first blocks.
NEAR = 8


def other_stories(layout: Layout, scores: Sequence[float], headline: int | None) -> set[int]:
    """The blocks of further stories: siblings of the element that holds the headline and the story, and like it.

    headline: the block that shows it, if any. A sibling is another story if its heading is of the headline's level or a
    higher one, and it is or has an <article>, or has a date of its own.
    """
    if headline is None or not layout.levels[headline]:
        return set()
    shape = same_shape(layout)
    element = layout.places[headline]
    while element > 0:
        if _sure(layout, scores, element) >= LEAST:
            alike = np.flatnonzero(shape == shape[element]).tolist()
            found = [other for other in alike if other > element and _is_story(layout, scores, other, headline)]
            if found:
                return {i for other in found for i in range(layout.opens[other], layout.closes[other])}
        element = layout.parents[element]
    return set()


def _sure(layout: Layout, scores: Sequence[float], element: int) -> int:
    inside = range(layout.opens[element], min(layout.closes[element], len(scores)))
    return sum(scores[i] >= SURE and layout.kinds[i] is Kind.PARAGRAPH for i in inside)


def _is_story(layout: Layout, scores: Sequence[float], element: int, headline: int) -> bool:
    first = layout.opens[element]
    near = range(first, min(first + NEAR, layout.closes[element], len(scores)))
    level = min((layout.levels[i] for i in near if layout.levels[i]), default=9)
    if level > layout.levels[headline] or _sure(layout, scores, element) < LEAST:
        return False
    return layout.tags[element] == "article" or _has_any(layout, element, ("article", "time"))


def _has_any(layout: Layout, element: int, tags: tuple[str, ...]) -> bool:
    """Is there an element with one of these tags in the element?"""
    for other in range(element + 1, len(layout.parents)):
        if layout.parents[other] < element:
            return False
        if layout.tags[other] in tags:
            return True
    return False
