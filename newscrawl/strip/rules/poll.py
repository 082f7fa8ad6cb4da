"""Polls.

Removes their labels, short blocks in boxes named after them, and answers right above a button, whatever the button
says, together with their question.
Spares a paragraph about a poll.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase
from newscrawl.strip.view import View, view_of
from newscrawl.text import ends_sentence

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:poll|polls|survey|umfrage|sondage|encuesta|sondaggio|anket)"
    r"-?(?:box|widget|form|container|wrap\w*|question|answers?|options?)?(?![a-z])"
)
#: Most words of an answer and of a question; most answers of a poll.
ANSWER_WORDS, QUESTION_WORDS, MAX_ANSWERS = 5, 20, 8
#: Fewest entries (answers and buttons) of a poll whose buttons match no known phrase.
MIN_ENTRIES = 3
#: How a question ends.
_QUESTION_MARKS = ("?", "？", "؟")


def removals(article: Article) -> Iterator[Removal]:
    """Labels and boxes of polls, and their answers."""
    yield from by_phrase(article, "poll")
    yield from by_box(article, _BOX_NAMES, prose=False)
    view = view_of(article)
    buttons = {match.index for match in view.phrases("poll.line") if match.form == "line"}
    for index in sorted(buttons):
        yield from _above_known_button(view, index, buttons)
    yield from _above_any_button(view)


def _above_known_button(view: View, button: int, buttons: set[int]) -> Iterator[Removal]:
    """Answers above a button whose label is a known phrase, and their question."""
    index = button - 1
    while index >= 0 and (index in buttons or _is_answer(view, index)) and button - index <= MAX_ANSWERS:
        yield Removal(view.blocks[index], "an answer of a poll")
        index -= 1
    if (
        0 <= index < button - 1
        and view.sizes[index] <= QUESTION_WORDS
        and view.folded[index].rstrip().endswith(("?", "؟", "。"))
    ):
        yield Removal(view.blocks[index], "the question of a poll")


def _is_answer(view: View, index: int) -> bool:
    block = view.blocks[index]
    return block.kind is Kind.LIST_ITEM and view.sizes[index] <= ANSWER_WORDS and not ends_sentence(block.text)


def _above_any_button(view: View) -> Iterator[Removal]:
    """Answers above buttons, whatever these say, and their question.

    Entries that the content model left out count as part of the poll.
    """
    short = {
        block.index: block
        for block, size in zip(view.blocks, view.sizes, strict=True)
        if block.kind is Kind.LIST_ITEM and size <= QUESTION_WORDS
    }
    if not any(_may_be_answer(block) or block.text.endswith(_QUESTION_MARKS) for block in short.values()):
        return
    kinds = {**view.left_out.kinds, **{block.index: block.kind for block in view.blocks}}
    own = {block.index: block for block in view.blocks}

    def block_at(index: int) -> Block | None:
        return own.get(index) or (view.left_out[index].block if index in view.left_out.kinds else None)

    for button in kinds:
        if kinds.get(button - 1) is not Kind.LIST_ITEM:
            continue
        if not (button in own or view.left_out.may_be_button(button)) or not _is_button(block_at(button)):
            continue
        first = button
        while button - first < MAX_ANSWERS and _may_be_answer(block_at(first - 1)):
            first -= 1
        last = button
        while _is_button(block_at(last + 1)):
            last += 1
        if last + 1 - first < MIN_ENTRIES:
            continue
        question = block_at(first - 1)
        if question is not None and question.word_count <= QUESTION_WORDS and question.text.endswith(_QUESTION_MARKS):
            first -= 1
        yield from (
            Removal(short[index], "above the buttons of a poll") for index in range(first, button) if index in short
        )


def _may_be_answer(block: Block | None) -> bool:
    return (
        block is not None
        and block.kind is Kind.LIST_ITEM
        and block.word_count <= ANSWER_WORDS
        and not block.words_in_links
        and not ends_sentence(block.text)
    )


def _is_button(block: Block | None) -> bool:
    steps = block.path.steps[-2:] if block is not None else ()
    return any(step.tag == "button" or step.attributes.get("role") == "button" for step in steps)
