"""Which paragraphs and which words of a text were added, removed or stayed.

White space, and the form of quotes and dashes, make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from newscrawl.text import plain, words

#: Characters of scripts without spaces, and marks that belong to the letter before them.
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
#: A word with its marks, or any other character; in scripts without spaces every character is a word.
_TOKEN = re.compile(f"[{_WIDE}]\\s*|(?:[^\\W{_WIDE}][{_MARKS}]*)+\\s*|(?:-{{2,3}}|[.]{{3}})\\s*|\\S\\s*")
#: Two texts are compared word by word if the product of their lengths is at most this. Beyond it, all is new.
_MAX_CELLS = 250_000
#: A paragraph may have become one of this many paragraphs ahead, if the two are at least this much alike.
_AHEAD, _ALIKE = 8, 0.45


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text with its white space. state: "same" (as the newer text has it), "removed" or "added"."""

    state: Literal["same", "removed", "added"]
    text: str


def tokens(text: str) -> list[str]:
    """Words and punctuation marks, each with the white space after it."""
    return _TOKEN.findall(text.strip())


def key(text: str) -> str:
    """A key that is equal for texts that differ only in white space, quotes and dashes."""
    folded = plain(text)
    return "".join((re.sub("-{2,3}", "-", folded) if "--" in folded else folded).split())


_word_key = lru_cache(maxsize=8192)(key)


def word_parts(old: str, new: str) -> list[Part]:
    """Both texts as one list of parts. Without the added ones it is the old text, without the removed ones the new."""
    left, right = tokens(old), tokens(new)
    steps = _steps([_word_key(one) for one in left], [_word_key(one) for one in right], _MAX_CELLS)
    parts: list[Part] = []
    for same, i, i_end, j, j_end in _without_chance_matches(steps):
        if same:
            parts.append(Part("same", "".join(right[j:j_end])))
            continue
        if i < i_end:
            parts.append(Part("removed", "".join(left[i:i_end])))
        if j < j_end:
            parts.append(Part("added", "".join(right[j:j_end])))
    return parts


def paragraph_pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """(old, new) paragraphs in order. One of the two is None if a paragraph was added or removed.

    Two paragraphs in a pair are the same, or the old one became the new one.
    """
    for same, i, i_end, j, j_end in _steps([key(one) for one in old], [key(one) for one in new], 4 * _MAX_CELLS):
        if same:
            yield from zip(old[i:i_end], new[j:j_end], strict=True)
            continue
        left = {at: set(words(old[at])) for at in range(i, i_end)}
        added: list[tuple[None, str]] = []  # they follow those that were removed
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
                yield from ((removed, None) for removed in old[i:partner])
                yield from added
                yield old[partner], new[j]
                i, added = partner + 1, []
            else:
                added.append((None, new[j]))
            j += 1
        yield from ((removed, None) for removed in old[i:i_end])
        yield from added


#: (same?, start and end in the old text, start and end in the new text)
_Step = tuple[bool, int, int, int, int]


def _steps(left: list[str], right: list[str], max_cells: int) -> list[_Step]:
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    foot = 0
    while foot < min(len(left), len(right)) - head and left[-1 - foot] == right[-1 - foot]:
        foot += 1
    a, b = left[head : len(left) - foot], right[head : len(right) - foot]
    steps: list[_Step] = [(True, 0, head, 0, head)] if head else []
    if a and b and len(a) * len(b) <= max_cells:
        codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        steps += [
            (code == "equal", head + i, head + i_end, head + j, head + j_end) for code, i, i_end, j, j_end in codes
        ]
    elif a or b:
        steps.append((False, head, head + len(a), head, head + len(b)))
    if foot:
        steps.append((True, len(left) - foot, len(left), len(right) - foot, len(right)))
    return steps


def _without_chance_matches(steps: list[_Step]) -> list[_Step]:
    """Merge steps around words that are equal by chance: a single one between two longer changes is part of them."""
    merged: list[_Step] = []
    for n, step in enumerate(steps):
        same, i, i_end, _, j_end = step
        chance = (
            same and i_end - i == 1 and 0 < n < len(steps) - 1 and _size(steps[n - 1]) > 2 and _size(steps[n + 1]) > 2
        )
        if merged and not merged[-1][0] and (not same or chance):
            merged[-1] = (False, merged[-1][1], i_end, merged[-1][3], j_end)
        else:
            merged.append(step)
    return merged


def _size(step: _Step) -> int:
    return max(step[2] - step[1], step[4] - step[3])
