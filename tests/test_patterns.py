"""No regular expression of the package is superlinear, on texts built from its own parts to make it backtrack."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from tests.support.costly_texts import Maker, nasty
from tests.support.package_patterns import Used, patterns

#: Characters of the text; the accepted growth for four times the text.
SIZE, GROWTH = 24_000, 8


class _TooLong(Exception):
    pass


def _seconds(search: Any, text: Any, limit: float) -> float:
    """CPU seconds of one search, which is interrupted after `limit` of them."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, interrupt)
    started = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        search(text)
    except _TooLong:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - started


def _quadratic(size: int) -> float:
    """CPU seconds that this machine takes for a search whose work is the square of so many characters, at best."""
    return min(_seconds(re.compile(r"<[^>]*>").search, "<" * size, 10) for _ in range(5))


#: CPU seconds that are always accepted: a part of what quadratic work takes on the whole text.
ACCEPTED = 0.6 * 16 * _quadratic(SIZE // 4)
#: If a quarter of the text takes less, the whole one is accepted: even cubic growth makes it 64 times as much.
SURELY_ACCEPTED = ACCEPTED / 64


def is_superlinear(search: Callable[[Any], Any], make: Maker) -> bool:
    """Does the search take long, and longer for each character of a longer text?"""
    if _seconds(search, make(SIZE // 4), ACCEPTED) < SURELY_ACCEPTED:
        return False
    large = make(SIZE)
    if _seconds(search, large, 2 * ACCEPTED) < ACCEPTED:
        return False
    small = min(_seconds(search, make(SIZE // 4), ACCEPTED) for _ in range(2))
    return small >= ACCEPTED or _seconds(search, large, 8 * ACCEPTED) > max(ACCEPTED, GROWTH * small)


@pytest.mark.parametrize(
    "bad",
    [
        r"(?:a+)+b",
        r"\s+$",
        r"<[^>]*>",
        r"\w*\d\w*x",
        r"(?:a|aa)+$",
        r"^[\W_]+|[\W_]+$",
        r"^(?:[A-Z][\w.]*[\s,]*){1,8}$",
    ],
)
def test_superlinear_patterns_are_detected(bad: str) -> None:
    assert any(is_superlinear(Used("", re.compile(bad), {"sub"}).search, make) for make in nasty(re.compile(bad)))


def test_all_patterns_are_found() -> None:
    names = [one.name for one in patterns()]
    assert len(names) > 2000 and any(" line " in name for name in names)
    assert sum(name.startswith("wording") for name in names) > 1500


@pytest.mark.parametrize("part", range(4))
def test_no_pattern_is_superlinear(part: int) -> None:
    found = []
    for one in patterns()[part::4]:
        makers = nasty(one.pattern, most=1 if one.name.startswith("wording") else 8)
        if any(is_superlinear(one.search, make) for make in makers):
            found.append((one.name, one.pattern.pattern[:200]))
    assert not found
