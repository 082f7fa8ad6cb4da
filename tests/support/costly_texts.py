"""Texts that make a regular expression backtrack, built from its own parts, to find patterns that are superlinear.

`nasty(pattern)` gives functions from a size to a text; `cost` measures the CPU time of a search.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

try:
    from re import _constants as c
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as c  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

Maker = Callable[[int], Any]
#: Letters tried for a character class; those that are likely to be in several classes come first.
_TRIED = "a0 A<-\n\"'./,é"
_ENDS = ("", "\x00", "\n\x00", "a")


def _in_class(items: Any, flags: int) -> list[str]:
    """Up to four letters of a class: those of `_TRIED` that it contains, else some of its own."""
    kept = parser.State()
    kept.flags = flags
    made = []
    for letter in _TRIED:
        if _is_in(items, letter):
            made.append(letter)
    if not made:
        for kind, value in items:
            if kind is c.LITERAL:
                made.append(chr(value))
            elif kind is c.RANGE:
                made.append(chr(value[0]))
    return made[:4] or ["a"]


def _is_in(items: Any, letter: str) -> bool:
    negated, found = False, False
    for kind, value in items:
        if kind is c.NEGATE:
            negated = True
        elif kind is c.LITERAL:
            found = found or chr(value) == letter
        elif kind is c.RANGE:
            found = found or value[0] <= ord(letter) <= value[1]
        elif kind is c.CATEGORY:
            name = str(value).lower()
            sort = {"space": letter.isspace(), "digit": letter.isdigit(), "word": letter.isalnum() or letter == "_"}
            is_of = next((is_so for word, is_so in sort.items() if name.endswith(word)), False)
            found = found or is_of != ("not_" in name)
    return found != negated


def _examples(tree: Any, flags: int) -> list[str]:
    """A few texts that a part of a pattern roughly matches; its context is ignored."""
    made = [""]
    for kind, value in tree:
        if kind is c.LITERAL:
            options = [chr(value)]
        elif kind is c.NOT_LITERAL:
            options = [letter for letter in "a <" if ord(letter) != value][:2]
        elif kind is c.ANY:
            options = ["a", " ", "<"]
        elif kind is c.IN:
            options = _in_class(value, flags)
        elif kind is c.BRANCH:
            options = [text for branch in value[1][:3] for text in _examples(branch, flags)[:1]]
        elif kind is c.SUBPATTERN:
            options = _examples(value[-1], flags)
        elif kind in (c.MAX_REPEAT, c.MIN_REPEAT, getattr(c, "POSSESSIVE_REPEAT", None)):
            least, most, body = value
            options = [text * max(least, 1 if most else 0) for text in _examples(body, flags)[:2]]
        elif kind is getattr(c, "ATOMIC_GROUP", None):
            options = _examples(value, flags)
        else:
            options = [""]
        made = [before + option for before in made[:3] for option in (options or [""])[:3]][:6]
    return made


def _pumps(tree: Any, before: str, flags: int) -> Iterator[tuple[str, str]]:
    """(text before it, text to repeat) for each part of a pattern that may be repeated more than 20 times."""
    for at, (kind, value) in enumerate(tree):
        ahead = before + _examples(tree[:at], flags)[0]
        if kind in (c.MAX_REPEAT, c.MIN_REPEAT, getattr(c, "POSSESSIVE_REPEAT", None)):
            _, most, body = value
            if most > 20:
                for text in _examples(body, flags):
                    if text:
                        yield ahead, text
            yield from _pumps(body, ahead, flags)
        elif kind is c.SUBPATTERN:
            yield from _pumps(value[-1], ahead, flags)
        elif kind is c.BRANCH:
            for branch in value[1][:40]:
                yield from _pumps(branch, ahead, flags)
        elif kind in (c.ASSERT, c.ASSERT_NOT):
            yield from _pumps(value[1], ahead, flags)


def nasty(pattern: re.Pattern[Any], most: int = 40) -> list[Maker]:
    """Makers of costly texts for a pattern; they make bytes for a pattern of bytes."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seeds: dict[tuple[str, str], None] = {}
    for before, repeated in _pumps(list(tree), "", pattern.flags):
        seeds[before or "a", repeated] = None
        seeds[before, repeated] = None
        if before:
            seeds["", before + repeated] = None
            seeds["", before] = None
    for text in _examples(list(tree), pattern.flags)[:3]:
        if len(text) > 1:
            seeds["", text[:-1]] = None
            seeds["", text] = None
    for letter in "a <\n":
        seeds["", letter] = None

    def maker(before: str, repeated: str, end: str) -> Maker:
        def make(size: int) -> Any:
            text = before + repeated * (size // len(repeated)) + end
            return text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text

        return make

    return [maker(before, repeated, end) for before, repeated in list(seeds)[:most] for end in _ENDS]


def cost(work: Callable[[], Any], rounds: int = 2) -> float:
    """CPU seconds of `work`, the least of some rounds."""
    least = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work()
        least = min(least, time.process_time() - started)
    return least
