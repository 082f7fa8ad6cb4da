"""Polls.

Strikes their labels, short blocks of a box named so, and the answers that stand right over a button, whatever it says, with their
question.
Spares a paragraph that tells of a poll.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.pieces import is_sure
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import View, ends_sentence, view

_NAMED = re.compile(
    r"(?<![a-z])(?:poll|polls|survey|umfrage|sondage|encuesta|sondaggio|anket)-?(?:box|widget|form|container|wrap\w*|question|answers?|options?)?(?![a-z])"
)
#: Words of an answer and of a question at most; answers at most.
ANSWER, QUESTION, ANSWERS = 5, 20, 8
#: Answers and buttons at least, where no wording tells.
LEAST = 3


def removals(article: Article) -> Iterator[Removal]:
    """Their labels, short blocks of a box named so, answers over a button to vote."""
    yield from worded(article, "poll", "wording of poll")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
    seen = view(article)
    buttons = {said.index for said in seen.said("poll.line") if said.form == "line"}
    for index in sorted(buttons):
        yield from _answers(seen, index, buttons)
    yield from _over_buttons(seen)


def _over_buttons(seen: View) -> Iterator[Removal]:
    """Answers over buttons, whatever these say, and the question over them; also where the content model left some out."""
    short = {
        block.index: block
        for block, size in zip(seen.blocks, seen.sizes, strict=True)
        if block.kind is Kind.LIST_ITEM and size <= QUESTION
    }
    if not any(_may_be_answer(block) or block.text.endswith(_ASKS) for block in short.values()):
        return
    page = {block.index: block for block in (*(removal.block for removal in seen.article.removals), *seen.blocks)}
    for button in [
        index
        for index, block in page.items()
        if _is_button(block) and index - 1 in page and page[index - 1].kind is Kind.LIST_ITEM
    ]:
        first = button
        while first - 1 in page and button - first < ANSWERS and _may_be_answer(page[first - 1]):
            first -= 1
        last = button
        while last + 1 in page and _is_button(page[last + 1]):
            last += 1
        if last + 1 - first < LEAST:
            continue
        asked = page.get(first - 1)
        if asked is not None and asked.word_count <= QUESTION and asked.text.endswith(_ASKS) and not is_sure(asked):
            first -= 1
        yield from (
            Removal(short[index], "stands over a poll's button") for index in range(first, button) if index in short
        )


#: How a question ends.
_ASKS = ("?", "？", "؟")


def _may_be_answer(block: Block) -> bool:
    return (
        block.kind is Kind.LIST_ITEM
        and block.word_count <= ANSWER
        and not block.words_in_links
        and not is_sure(block)
        and not ends_sentence(block.text)
    )


def _is_button(block: Block) -> bool:
    return any(step.tag == "button" or step.attributes.get("role") == "button" for step in block.path.steps[-2:])


def _answers(seen: View, button: int, buttons: set[int]) -> Iterator[Removal]:
    index = button - 1
    while index >= 0 and (index in buttons or _is_answer(seen, index)) and button - index <= ANSWERS:
        yield Removal(seen.blocks[index], "an answer of a poll")
        index -= 1
    if (
        0 <= index < button - 1
        and seen.sizes[index] <= QUESTION
        and seen.folded[index].rstrip().endswith(("?", "؟", "。"))
        and not is_sure(seen.blocks[index])
    ):
        yield Removal(seen.blocks[index], "the question of a poll")


def _is_answer(seen: View, index: int) -> bool:
    block = seen.blocks[index]
    return (
        block.kind is Kind.LIST_ITEM
        and seen.sizes[index] <= ANSWER
        and not ends_sentence(block.text)
        and not is_sure(block)
    )
