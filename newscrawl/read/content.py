"""Which blocks are the story: a score in 0..1 for each block of a Layout.

A heuristic: the container that holds most long, link-poor text is the story's, and its paragraphs are the story.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from newscrawl.article import Kind
from newscrawl.text import length

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

_OUTSIDE = frozenset("nav footer aside form button noscript header label".split())


def score_blocks(layout: Layout, headline: int | None = None) -> list[float]:
    """The chance that each block belongs to the story."""
    if not layout.texts:
        return []
    own = []
    for index, text in enumerate(layout.texts):
        words = length(text)
        density = layout.link_words[index] / max(1.0, words)
        own.append(max(0.0, words * (1 - 1.5 * density)) if words > 12 or layout.kinds[index] is Kind.HEADING else 0.0)
        if any(tag in _OUTSIDE for tag in _tags(layout, index)):
            own[-1] = 0.0
    weight: dict[int, float] = defaultdict(float)
    for index, value in enumerate(own):
        element, share = layout.places[index], 1.0
        while element >= 0 and share > 0.2:
            weight[element] += value * share
            share *= 0.9
            element = layout.parents[element]
    best = max(weight, key=lambda e: weight[e])
    return [_score(layout, index, own[index], best, headline) for index in range(len(own))]


def _tags(layout: Layout, index: int) -> list[str]:
    tags, element = [], layout.places[index]
    while element > 0:
        tags.append(layout.tags[element])
        element = layout.parents[element]
    return tags


def _score(layout: Layout, index: int, own: float, best: int, headline: int | None) -> float:
    element = layout.places[index]
    while element > best:
        element = layout.parents[element]
    if element != best or index == headline:
        return 0.0
    words, density = length(layout.texts[index]), layout.link_words[index] / max(1.0, length(layout.texts[index]))
    if layout.kinds[index] in (Kind.CAPTION, Kind.EMBED) or density > 0.7 or any(tag in _OUTSIDE for tag in _tags(layout, index)):
        return 0.0
    if own > 0:
        return 0.9
    return 0.6 if words >= 3 and density < 0.5 else 0.2
