"""No regular expression of the package takes more than its text's length in time, on texts that are made of its own parts to make it work."""

from __future__ import annotations

import re
import signal
import time
from types import FrameType
from typing import Any

import pytest

from tests.mutation import patterns
from tests.nasty import Maker, nasty

#: Characters of the text, CPU seconds that are borne whatever the growth, and the growth that is borne for four times the text.
SIZE, BORNE, GROWTH = 16_000, 0.25, 8
#: What is only ever asked whether a text begins with it, or is it, and where that is done; searched for, it would cost more.
ANCHORED = {"match", "fullmatch"}


class _TooLong(Exception):
    pass


def _seconds(work: Any, text: Any, at_most: float) -> float:
    """CPU seconds of one search; at_most: when it is broken off."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, ring)
    started = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, at_most)
        work(text)
    except _TooLong:
        return at_most
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - started


def too_costly(pattern: re.Pattern[Any], make: Maker) -> bool:
    """Does the search take long, and grow faster than its text?"""
    large = make(SIZE)
    if _seconds(pattern.search, large, 4 * BORNE) < BORNE:
        return False
    small = min(_seconds(pattern.search, make(SIZE // 4), BORNE) for _ in range(3))
    return min(_seconds(pattern.search, large, 8 * BORNE) for _ in range(2)) > max(BORNE, GROWTH * small)


@pytest.mark.parametrize("bad", [r"(?:a+)+b", r"\s+$", r"<[^>]*>", r"\w*\d\w*x", r"(?:a|aa)+$"])
def test_patterns_that_grow_too_fast_are_seen(bad: str) -> None:
    assert any(too_costly(re.compile(bad), make) for make in nasty(re.compile(bad)))


def test_all_are_found() -> None:
    names = list(patterns())
    assert len(names) > 250 and any(name.startswith("wording") for name in names) and any(" line " in name for name in names)


@pytest.mark.parametrize("part", range(4))
def test_no_pattern_grows_faster_than_its_text(part: int) -> None:
    found = []
    for name, pattern in list(patterns().items())[part::4]:
        makers = nasty(pattern, most=4 if name.startswith("wording") else 12)
        if any(too_costly(pattern, make) for make in makers):
            found.append((name, pattern.pattern[:200]))
    assert not found
