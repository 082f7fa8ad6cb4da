"""The stand-first: the sentences between the headline and the story that say what it is about. Part of the story.

The content model doubts it, since some publishers' texts begin without it, and cards of other stories look alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.article import Kind
from newscrawl.read.layout import STEPS, Layout
from newscrawl.text import fold

#: Blocks after the headline among which it is looked for, and most blocks from there to the story.
_NEAR, _TO_STORY = 8, 12
_LEAST_WORDS, _MOST_WORDS = 5, 90
#: A block with this score, or a lower one, is never taken: what looks so little like story is none.
_LEAST_SCORE = 0.02
_NAMES = re.compile(
    r"(?<![a-z])(?:stand-?first|dek|deck|lede?|leads?|lead-?text|lead-?in|intro(?:duction)?|sub-?(?:title|head|headline|heading|deck)"
    r"|excerpt|summary|abstract|chapo|chapeau|vorspann|teaser-?text|anriss|entradilla|bajada|copete|sommario|occhiello"
    r"|ingress|manchet|manchete|article-?desc\w*|c-dek|post-?subtitle)(?![a-z])"
)
_ELSEWHERE = frozenset({"nav", "aside", "footer", "form", "figure", "figcaption", "button", "li", "blockquote", "time"})
_KINDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTE)


def stand_first(
    layout: Layout, scores: Sequence[float], story: set[int], headline: int | None, description: str | None
) -> set[int]:
    """The blocks of the stand-first that are not in the story yet. headline: the block that shows it, if any."""
    if headline is None or not story:
        return set()
    first = min((index for index in story if index > headline), default=None)
    if first is None or first - headline > _TO_STORY:
        return set()
    summary = fold(description or "")
    found: set[int] = set()
    for index in range(headline + 1, min(first, headline + 1 + _NEAR)):
        if _may_be(layout, scores, index) and (_says(layout.texts[index], summary) or _is_named(layout, index)):
            found.add(index)
    return found


def _may_be(layout: Layout, scores: Sequence[float], index: int) -> bool:
    if layout.kinds[index] not in _KINDS or scores[index] < _LEAST_SCORE or layout.link_shares[index] > 0.2:
        return False
    if not _LEAST_WORDS <= layout.sizes[index] <= _MOST_WORDS:
        return False
    return not any(layout.tags[element] in _ELSEWHERE for element in layout.up[:, index].tolist())


def _says(text: str, summary: str) -> bool:
    """Does the page's own description say the same, or begin so?"""
    own = fold(text)
    return len(summary) >= 20 and len(own) >= 20 and (summary.startswith(own[:60]) or own.startswith(summary[:60]))


def _is_named(layout: Layout, index: int) -> bool:
    """Is one of the three elements around it named as a stand-first?"""
    for element in layout.up[: min(3, STEPS), index].tolist():
        attributes = layout.attributes[element]
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemprop') or ''}"
        if _NAMES.search(names.lower()):
            return True
    return False
