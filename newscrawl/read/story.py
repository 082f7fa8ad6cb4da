"""Which blocks of a page are story: the content model's scores, and all that a block's place and form say besides.

Everything is said from the scores as they are, and weighed by `newscrawl.decision`. Only the scope strikes alone: what
belongs to another story on the page reads like news, because it is, and no score can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newscrawl.article import Kind
from newscrawl.decision import probability
from newscrawl.read.boxes import box_evidence
from newscrawl.read.layout import Layout
from newscrawl.read.scope import other_stories
from newscrawl.read.stand_first import stand_first
from newscrawl.read.story_column import Columns, has_end_mark

#: A block with at least this probability is story.
THRESHOLD = 0.5
#: Least score of the only sentence of a page.
ONLY_SENTENCE = 0.3
#: A block with a score of at least SURE within NEAR blocks of a list item or table speaks for it.
_LISTED, SURE, NEAR = (Kind.LIST_ITEM, Kind.TABLE), 0.75, 8
#: Evidence is asked for about blocks with a score between these: about others, it could not turn the decision.
DOUBTFUL = (0.003, 0.98)


class Story(NamedTuple):
    """The blocks that are story, what was said of some blocks, and the blocks of other stories on the page."""

    blocks: set[int]
    evidence: dict[int, set[str]]
    others: set[int]

    def said_of(self, index: int) -> tuple[str, ...]:
        """What was said of a block, by name."""
        return tuple(sorted(self.evidence.get(index, ())))


def find_story(layout: Layout, scores: Sequence[float], headline: int | None, description: str | None) -> Story:
    """Decide about each block. headline: the block that shows it, if any. description: the page's own."""
    evidence = evidence_for(layout, scores, headline, description)
    story = {index for index, score in enumerate(scores) if score >= THRESHOLD}
    for index, names in evidence.items():
        (story.add if probability(scores[index], names) >= THRESHOLD else story.discard)(index)
    others = other_stories(layout, scores, headline)
    return Story((story or _only_sentence(layout, scores)) - others, evidence, others)


def evidence_for(
    layout: Layout, scores: Sequence[float], headline: int | None, description: str | None
) -> dict[int, set[str]]:
    """Index of a block -> what is said of it, for blocks that the content model has judged and may doubt."""
    found: dict[int, set[str]] = defaultdict(set)
    doubted = [index for index, score in enumerate(scores) if DOUBTFUL[0] <= score <= DOUBTFUL[1]]
    story = {index for index, score in enumerate(scores) if score >= THRESHOLD}
    for said in (
        _near_story(layout, scores, doubted),
        Columns(layout, scores).evidence(doubted),
        box_evidence(layout, scores, story),
        stand_first(layout, story, headline, description),
    ):
        for index, name in said:
            if DOUBTFUL[0] <= scores[index] <= DOUBTFUL[1]:
                found[index].add(name)
    return found


def _near_story(layout: Layout, scores: Sequence[float], doubted: Sequence[int]) -> Iterator[tuple[int, str]]:
    """List items and tables without many links that are near a block of sure story."""
    for index in doubted:
        kind = layout.kinds[index]
        if kind in _LISTED and layout.link_shares[index] < 0.5:
            near = (*scores[max(0, index - NEAR) : index], *scores[index + 1 : index + NEAR + 1])
            if max(near, default=0.0) >= SURE:
                yield index, f"a {kind.value} near sure story"


def _only_sentence(layout: Layout, scores: Sequence[float]) -> set[int]:
    """Of a page without a story, the likeliest block if it is a paragraph that ends like a sentence, or none."""
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < ONLY_SENTENCE or layout.kinds[best] is not Kind.PARAGRAPH:
        return set()
    return {best} if has_end_mark(layout, best) and not layout.link_shares[best] else set()
