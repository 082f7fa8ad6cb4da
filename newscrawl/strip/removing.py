"""How rules name what they found by wording or by the box around it. Judges nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Removal
from newscrawl.strip.pieces import Said, is_settled, is_sure
from newscrawl.strip.view import View, ends_sentence, is_prose, view


def worded(
    article: Article, rule: str, reason: str, roles: tuple[str, ...] = ("line", "start", "label", "in")
) -> Iterator[Removal]:
    """What the wording of a rule finds: a whole block where it says nothing else, the piece that says it otherwise.

    In headings only the roles "line" and "label" count: a sub-heading may speak of anything.
    """
    seen = view(article)
    for role in roles:
        for said in seen.said(f"{rule}.{role}"):
            block = seen.blocks[said.index]
            if not _may_go(seen, said, role, block):
                continue
            yield removal_of(block, said, reason)


def _may_go(seen: View, said: Said, role: str, block: Block) -> bool:
    """Not a heading with a story under it; not what the content model is sure of, where a phrase alone would tell."""
    if block.kind is Kind.HEADING:
        return role in ("line", "label") and not _heads_story(seen, said.index)
    if block.kind is Kind.LIST_ITEM and is_sure(block):
        return False
    return role != "in" or said.span is not None or not is_settled(block, seen.sizes[said.index])


def _heads_story(seen: View, index: int) -> bool:
    under = index + 1
    return under < len(seen.blocks) and (is_prose(seen.blocks[under], seen.sizes[under]) or is_sure(seen.blocks[under]))


def removal_of(block: Block, said: Said, reason: str) -> Removal:
    """The removal of the piece that says a phrase."""
    return Removal(block, reason, said.span)


def boxed(
    article: Article,
    names: re.Pattern[str],
    reason: str,
    words: int = 80,
    prose: bool = True,
    share: float = 0.25,
    judged: bool = False,
) -> Iterator[Removal]:
    """Blocks of at most so many words in boxes whose names match; boxes that hold the story do not count (`View.steps`).

    prose: whether what reads like sentences goes too. share: what all these boxes may hold of the article's words; more is
    no box beside the story. judged: whether blocks that the content model took for story may go (it knows names too; only
    where it errs more often than the names do). Blocks that the content model is sure of stay in any case.
    """
    seen = view(article)
    found = [index for index in seen.inside(names) if seen.blocks[index].kind in BODY_KINDS]
    if not found or sum(seen.sizes[i] for i in found) > share * sum(seen.sizes):
        return
    certain = {id(seen.steps[i][0]) for i in found if seen.steps[i] and is_sure(seen.blocks[i])}
    for index in found:
        if id(seen.steps[index][0]) in certain:  # what stands beside story, in one box, is story
            continue
        block = seen.blocks[index]
        if (
            seen.sizes[index] > words
            or is_sure(block)
            or not (judged or block.score in (None, 1.0) or _is_doubted(block, seen.sizes[index]))
        ):
            continue
        if block.kind is Kind.HEADING and index + 1 not in found and _heads_story(seen, index):
            continue
        if not prose and seen.sizes[index] >= 8 and ends_sentence(block.text) and block.link_density < 0.5:
            continue
        yield Removal(block, reason)


def _is_doubted(block: Block, size: float) -> bool:
    """Did the content model take a short block for story with some doubt? Then a box's name may say otherwise."""
    return block.score is not None and block.score < 0.75 and size <= 12
