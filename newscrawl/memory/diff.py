"""Which paragraphs, and which words, of a text are new, gone or the same. White space, and the form of quotes and dashes, make no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from newscrawl.text import plain, words

#: A word with its marks, or any other character; where a script has no spaces every character is a word.
_TOKEN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]\\s*"
    "|(?:[^\\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d]*)+\\s*"
    "|(?:-{2,3}|[.]{3})\\s*|\\S\\s*"
)
#: Words times words up to which two texts are compared word by word; beyond it all is gone and all is new.
_CELLS = 250_000
#: Paragraphs ahead among which the one that became another is looked for, and how alike the two must be.
_AHEAD, _ALIKE = 8, 0.45


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text with its white space. state: "same" (as in the newer text), "gone" or "new"."""

    state: Literal["same", "gone", "new"]
    text: str


def tokens(text: str) -> list[str]:
    """Words and marks, each with the white space behind it."""
    return _TOKEN.findall(text.strip())


def key(text: str) -> str:
    """What two texts share that differ in white space, quotes and dashes alone."""
    folded = plain(text)
    return "".join((re.sub("-{2,3}", "-", folded) if "--" in folded else folded).split())


_word_key = lru_cache(maxsize=8192)(key)


def word_parts(old: str, new: str) -> list[Part]:
    """The two texts as one run of parts: without the new ones it is the old text, without those gone the new one."""
    left, right = tokens(old), tokens(new)
    steps = _steps([_word_key(one) for one in left], [_word_key(one) for one in right], _CELLS)
    parts: list[Part] = []
    for same, i, i_end, j, j_end in _joined(steps):
        if same:
            parts.append(Part("same", "".join(right[j:j_end])))
            continue
        if i < i_end:
            parts.append(Part("gone", "".join(left[i:i_end])))
        if j < j_end:
            parts.append(Part("new", "".join(right[j:j_end])))
    return parts


def paragraph_pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs side by side in their order; None where one is gone or new. Two that are side by side are the same, or one became the other."""
    for same, i, i_end, j, j_end in _steps([key(one) for one in old], [key(one) for one in new], 4 * _CELLS):
        if same:
            yield from zip(old[i:i_end], new[j:j_end], strict=True)
            continue
        left = {at: set(words(old[at])) for at in range(i, i_end)}
        came: list[tuple[None, str]] = []  # they follow those that are gone
        while j < j_end:
            right = set(words(new[j]))
            partner = next(
                (
                    at
                    for at in range(i, min(i_end, i + _AHEAD))
                    if len(left[at] & right) > _ALIKE * len(left[at] | right)
                ),
                None,
            )
            if partner is not None:
                yield from ((gone, None) for gone in old[i:partner])
                yield from came
                yield old[partner], new[j]
                i, came = partner + 1, []
            else:
                came.append((None, new[j]))
            j += 1
        yield from ((gone, None) for gone in old[i:i_end])
        yield from came


_Step = tuple[bool, int, int, int, int]


def _steps(left: list[str], right: list[str], cells: int) -> list[_Step]:
    """(same, from and to in the left, from and to in the right)."""
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    foot = 0
    while foot < min(len(left), len(right)) - head and left[-1 - foot] == right[-1 - foot]:
        foot += 1
    a, b = left[head : len(left) - foot], right[head : len(right) - foot]
    steps: list[_Step] = [(True, 0, head, 0, head)] if head else []
    if a and b and len(a) * len(b) <= cells:
        codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        steps += [
            (code == "equal", head + i, head + i_end, head + j, head + j_end) for code, i, i_end, j, j_end in codes
        ]
    elif a or b:
        steps.append((False, head, head + len(a), head, head + len(b)))
    if foot:
        steps.append((True, len(left) - foot, len(left), len(right) - foot, len(right)))
    return steps


def _joined(steps: list[_Step]) -> list[_Step]:
    """Without words that are the same by chance: a single one between two longer changes is part of them."""
    joined: list[_Step] = []
    for n, step in enumerate(steps):
        same, i, i_end, _, j_end = step
        chance = (
            same and i_end - i == 1 and 0 < n < len(steps) - 1 and _size(steps[n - 1]) > 2 and _size(steps[n + 1]) > 2
        )
        if joined and not joined[-1][0] and (not same or chance):
            joined[-1] = (False, joined[-1][1], i_end, joined[-1][3], j_end)
        else:
            joined.append(step)
    return joined


def _size(step: _Step) -> int:
    return max(step[2] - step[1], step[4] - step[3])
