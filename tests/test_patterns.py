"""No regular expression of the package takes more than its text's length in time, on texts that are made of its own parts to make it work."""

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

#: Characters of the text, CPU seconds that are borne whatever the growth, and the growth that is borne for four times the text.
SIZE, BORNE, GROWTH = 24_000, 0.25, 8


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


def too_costly(search: Callable[[Any], Any], make: Maker) -> bool:
    """Does the search take long, and grow faster than its text?"""
    large = make(SIZE)
    if _seconds(search, large, 2 * BORNE) < BORNE:
        return False
    small = min(_seconds(search, make(SIZE // 4), BORNE) for _ in range(2))
    return small >= BORNE or _seconds(search, large, 8 * BORNE) > max(BORNE, GROWTH * small)


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
def test_patterns_that_grow_too_fast_are_seen(bad: str) -> None:
    assert any(too_costly(Used("", re.compile(bad), {"sub"}).search, make) for make in nasty(re.compile(bad)))


def test_all_are_found() -> None:
    names = [one.name for one in patterns()]
    assert len(names) > 2000 and any(" line " in name for name in names)
    assert sum(name.startswith("wording") for name in names) > 1500


@pytest.mark.parametrize("part", range(4))
def test_no_pattern_grows_faster_than_its_text(part: int) -> None:
    found = []
    for one in patterns()[part::4]:
        makers = nasty(one.pattern, most=1 if one.name.startswith("wording") else 8)
        if any(too_costly(one.search, make) for make in makers):
            found.append((one.name, one.pattern.pattern[:200]))
    assert not found
