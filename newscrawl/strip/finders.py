"""The two ways in which most rules find boilerplate: by a known phrase, and by the name of the box around a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from newscrawl.article import BODY_KINDS, Article, Block, Element, Kind, Removal
from newscrawl.strip.matches import PhraseMatch
from newscrawl.strip.scores import is_sure_story, is_unjudged
from newscrawl.strip.view import View, is_prose, register, view_of
from newscrawl.text import ends_sentence

Rule = TypeVar("Rule", bound=Callable[[Article], Iterable[Removal]])


def where_found(phrases: str = "", boxes: re.Pattern[str] | None = None) -> Callable[[Rule], Rule]:
    """Marks a rule that looks at nothing but these: the engine runs it only where one of them is found.

    phrases: name of the rule in the wording files, as `by_phrase` takes it. boxes: names of boxes, as `by_box` does.
    """
    signs = frozenset(filter(None, (phrases, boxes and register(boxes))))

    def mark(rule: Rule) -> Rule:
        rule.__dict__["where_found"] = signs
        return rule

    return mark


def by_phrase(
    article: Article, rule: str, roles: tuple[str, ...] = ("line", "start", "label", "in")
) -> Iterator[Removal]:
    """What the phrases of a rule match: the whole block if it says nothing else, otherwise the piece that matches.

    roles: the roles of phrases to look for (see `newscrawl.strip.wording`). In headings only "line" and "label"
    count, because a sub-heading may contain any phrase.
    """
    view = view_of(article)
    for role in roles:
        for match in view.phrases(f"{rule}.{role}"):
            block = view.blocks[match.index]
            if _may_be_removed(view, match, role, block):
                yield Removal(block, _reason(match, role), match.span)


def _reason(match: PhraseMatch, role: str) -> str:
    """What a match says of its block."""
    if match.end == len(match.text) and not match.start:
        return "a known phrase"
    return "has a known phrase" if role == "in" else "begins with a known phrase"


def _may_be_removed(view: View, match: PhraseMatch, role: str, block: Block) -> bool:
    """False for a heading above story, unless it is nothing but the phrase."""
    if block.kind is Kind.HEADING:
        is_of_story = _heads_story(view, match.index) and _is_beside(view, match.index)
        return role in ("line", "label") and (not is_of_story or _is_judged_line(match, block))
    return True


def _heads_story(view: View, index: int) -> bool:
    after = index + 1
    return after < len(view.blocks) and (
        is_prose(view.blocks[after], view.sizes[after]) or is_sure_story(view.blocks[after])
    )


def _is_judged_line(match: PhraseMatch, block: Block) -> bool:
    """Is the heading nothing but the phrase, and has the content model judged it?"""
    return match.end == len(match.text) and not is_unjudged(block)


def _is_beside(view: View, heading: int) -> bool:
    """Does the heading stand in the same element as the block after it?"""
    return _holder(view.blocks[heading]) is _holder(view.blocks[heading + 1])


#: Elements that hold one line or paragraph.
_LINES = frozenset("h1 h2 h3 h4 h5 h6 p span a b strong em i u font small".split())


def _holder(block: Block) -> Element | None:
    """The nearest element around a block that can hold several."""
    return next((step for step in reversed(block.path.steps) if step.tag not in _LINES), None)


def by_box(
    article: Article,
    names: re.Pattern[str],
    max_words: int = 80,
    prose: bool = True,
    max_share: float = 0.25,
) -> Iterator[Removal]:
    """Short blocks in boxes whose names match; boxes that hold the story do not count (see `View.box_steps`).

    names: searched for in each tag, id, class and role by itself. max_words: of a block. prose: whether blocks that
    read like sentences are removed too. max_share: the share of the article's words that all these boxes together may
    hold; if they hold more, they are not boxes beside the story, and nothing is removed.
    """
    view = view_of(article)
    found = [index for index in view.inside(names) if view.blocks[index].kind in BODY_KINDS]
    if not found or sum(view.sizes[i] for i in found) > max_share * sum(view.sizes):
        return
    if view.first_prose in found and not is_unjudged(view.blocks[view.first_prose]):
        return  # the story begins in it, so the name says something else
    # a box that holds a block of sure story belongs to the story
    story_boxes = {id(view.box_steps[i][0]) for i in found if view.box_steps[i] and is_sure_story(view.blocks[i])}
    for index in found:
        if id(view.box_steps[index][0]) in story_boxes:
            continue
        block = view.blocks[index]
        if view.sizes[index] > max_words:
            continue
        if block.kind is Kind.HEADING and index + 1 not in found and _heads_story(view, index):
            continue
        if not prose and view.sizes[index] >= 8 and ends_sentence(block.text) and block.link_density < 0.5:
            continue
        yield Removal(block, "in a box with a telling name")
