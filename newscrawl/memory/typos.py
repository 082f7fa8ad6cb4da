"""Is a change of a text no more than the correction of typos? Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.memory.diff import word_parts

__all__ = ["is_near", "is_typo"]

#: A typo's correction touches at most this many words, or this share of all words if that is more, but at most so many.
_FEW_WORDS, _SHARE, _MAX_WORDS = 3, 0.02, 12
#: Most characters of words that are replaced by something other than a near spelling.
_MAX_CHARACTERS = 3


def is_typo(pairs: Iterable[tuple[str | None, str | None]], size: int) -> bool:
    """Are the changes between paragraphs only near spellings of a few words, punctuation, or a few characters?

    pairs: (old, new) paragraphs that differ; None for one that was added or removed. size: words of the whole text.
    """
    most = min(_MAX_WORDS, max(_FEW_WORDS, round(_SHARE * size)))
    touched, characters = 0, 0
    for old, new in pairs:
        if old is None or new is None:
            return False
        for removed, added in _replaced(old, new):
            if removed == added:  # only punctuation differs
                continue
            touched += max(len(removed), len(added))
            if touched > most:
                return False
            if _digits("".join(removed)) != _digits("".join(added)):
                return False
            if len(removed) == len(added):
                characters += sum(max(len(a), len(b)) for a, b in zip(removed, added, strict=True) if not is_near(a, b))
            elif not is_near("".join(removed), "".join(added)):
                characters += max(len("".join(removed)), len("".join(added)))
    return characters <= _MAX_CHARACTERS


def _replaced(old: str, new: str) -> list[tuple[list[str], list[str]]]:
    """(removed words, added words) of each change. A word that was doubled, and no longer is, does not count."""
    found: list[tuple[list[str], list[str]]] = []
    removed: list[str] = []
    added: list[str] = []
    last = ""
    for part in [*word_parts(old, new), None]:
        if part is not None and part.state != "same":
            (removed if part.state == "removed" else added).extend(_words(part.text))
            continue
        following = _words(part.text) if part is not None else []
        doubled = [w.casefold() for w in removed + added] in ([last], [w.casefold() for w in following[:1]])
        if not doubled and (removed or added):
            found.append((removed, added))
        removed, added = [], []
        last = following[-1].casefold() if following else last
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def is_near(a: str, b: str) -> bool:
    """Is one word a spelling of the other?

    True if they differ in case only, or if one letter in four, or a single one, was inserted, deleted, replaced or
    swapped with its neighbour. Never true for different numbers, nor for words that begin with different letters
    ("million", "billion").
    """
    if a.casefold() == b.casefold():
        return True
    a, b = a.casefold(), b.casefold()
    if _digits(a) != _digits(b) or (a[:1] != b[:1] and a[:2] != b[1::-1]):
        return False
    bound = max(1, max(len(a), len(b)) // 4)
    return min(len(a), len(b)) >= 2 and abs(len(a) - len(b)) <= bound and len(a) <= 60 and _edits(a, b) <= bound


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _edits(a: str, b: str) -> int:
    """Letters inserted, deleted, replaced or swapped with their neighbour (restricted Damerau-Levenshtein distance)."""
    previous: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before_previous, previous, row = previous, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before_previous[j - 2] + 1)
            row.append(cost)
    return row[-1]
