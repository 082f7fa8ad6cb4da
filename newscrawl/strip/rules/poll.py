"""Polls.

Strikes their labels, short blocks of a box named so, and the answers that stand right over a button to vote, with their question.
Spares a paragraph that tells of a poll.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.pieces import is_sure
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import View, ends_sentence, view

_NAMED = re.compile(r"(?<![a-z])(?:poll|polls|survey|umfrage|sondage|encuesta|sondaggio|anket)-?(?:box|widget|form|container|wrap\w*|question|answers?|options?)?(?![a-z])")
#: Words of an answer and of a question at most; answers at most.
ANSWER, QUESTION, ANSWERS = 5, 20, 8


def removals(article: Article) -> Iterator[Removal]:
    """Their labels, short blocks of a box named so, answers over a button to vote."""
    yield from worded(article, "poll", "wording of poll")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
    seen = view(article)
    buttons = {said.index for said in seen.said("poll.line") if said.form == "line"}
    for index in sorted(buttons):
        yield from _answers(seen, index, buttons)


def _answers(seen: View, button: int, buttons: set[int]) -> Iterator[Removal]:
    index = button - 1
    while index >= 0 and (index in buttons or _is_answer(seen, index)) and button - index <= ANSWERS:
        yield Removal(seen.blocks[index], "an answer of a poll")
        index -= 1
    if 0 <= index < button - 1 and seen.sizes[index] <= QUESTION and seen.folded[index].rstrip().endswith(("?", "。")) and not is_sure(seen.blocks[index]):
        yield Removal(seen.blocks[index], "the question of a poll")


def _is_answer(seen: View, index: int) -> bool:
    block = seen.blocks[index]
    return block.kind is Kind.LIST_ITEM and seen.sizes[index] <= ANSWER and not ends_sentence(block.text) and not is_sure(block)
