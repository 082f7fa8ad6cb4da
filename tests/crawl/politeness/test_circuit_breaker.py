"""How long a host is left alone, with a clock that the test moves."""

from __future__ import annotations

import math
from email.utils import formatdate

import pytest

from newscrawl.crawl.politeness.circuit_breaker import CircuitBreaker, retry_after

WHY = ("HttpStatus", "answered 429")
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0), (" 7 ", 7.0), (formatdate(NOW + 90, usegmt=True), 90.0), ("99999999999999999999999", 999999999999999999.0), ("0", None), ("-5", None), ("1.5", 1.5),
        ("3600.0", 3600.0), ("120 seconds", 120.0), ("90s", 90.0), ("5, 60", 60.0), ("2027-01-15T08:01:00Z", 60.0), ("2027-01-15T09:01:00+01:00", 60.0), ("9" * 10**6, 999999999999999999.0),
        ("PT60S", None), ("1:30", None), ("5 minutes", None), ("2026-99-99T00:00:00Z", None), ("2026-11-28T00:00:00Z", None),
        ("", None), (None, None), ("soon", None), ("٣", None), (formatdate(NOW - 90, usegmt=True), None), ("Fri, 99 Nov 2026 99:00:00 GMT", None),
        ("Sun Nov  6 08:49:37 1994", None), ("1e3", None), ("Wed, 21 Oct 99999 07:28:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def patience(clock):
    return CircuitBreaker(clock, pause=30.0, longest=600.0, spread=lambda: 1.0)


def test_a_hold_is_as_long_as_asked_for_and_of_one_host(patience, clock):
    assert patience.is_plain("a") and patience.wait("a", "x") == 0
    assert patience.busy("a", "x", WHY, 100.0)
    assert patience.wait("a", "x") == 100 and patience.wait("b", "y") == 0 and patience.is_plain("b")
    clock.now += 99
    assert patience.wait("a", "x") == 1
    clock.now += 1
    assert patience.wait("a", "x") == 0
    assert patience.wait("a", "y") == math.inf, "one request tries, the others wait for it"
    assert patience.wait("a", "x") == 0
    assert patience.answered("a", "x")
    assert patience.is_plain("a") and patience.wait("a", "y") == 0
    assert patience.held["a"].times == 1 and patience.held["a"].seconds == 100 and not patience.held["a"].given_up


def test_own_pauses_double_and_end_in_giving_up(patience, clock):
    pauses = []
    for _ in range(10):
        patience.busy("a", "x", WHY)
        if patience.trouble("a").given_up:
            break
        pauses.append(patience.wait("a", "x"))
        clock.now += pauses[-1]
        assert patience.wait("a", "x") == 0
    assert pauses == [30, 60, 120, 240], "the next would make it more than 600 s without an answer"
    assert patience.trouble("a").given_up == "answered 429" and patience.held["a"].given_up
    clock.now += 10**6
    assert patience.wait("a", "x") == math.inf and not patience.answered("a", "x") and patience.trouble("a").given_up


def test_a_pause_that_is_too_long_gives_the_host_up_at_once(patience):
    patience.busy("a", "x", WHY, 601.0)
    assert patience.trouble("a").given_up


def test_what_was_sent_before_the_hold_neither_ends_nor_doubles_it(patience, clock):
    patience.busy("a", "x", WHY)
    assert (
        not patience.answered("a", "early")
        and not patience.busy("a", "early", WHY)
        and not patience.failed("a", "early", WHY)
    )
    assert patience.wait("a", "x") == 30
    assert not patience.busy("a", "early", WHY, 50.0)
    assert patience.wait("a", "x") == 50, "a longer pause that is asked for holds"
    clock.now += 50
    assert patience.wait("a", "x") == 0
    patience.busy("a", "x", WHY, 1.0)
    assert patience.wait("a", "x") == 60, "a second pause in a row is not shorter than the own one"


def test_a_host_that_begins_again_is_held_nearly_as_long_as_before(patience, clock):
    for _ in range(2):
        patience.busy("a", "x", WHY)
        clock.now += patience.wait("a", "x")
        patience.wait("a", "x")
    assert patience.answered("a", "x") and patience.wait("a", "x") == 0
    assert patience.busy("a", "y", WHY)
    assert patience.wait("a", "y") == 60
    clock.now += 60
    patience.wait("a", "y")
    for _ in range(3):
        patience.answered("a", "y")
    assert patience.is_plain("a")


def test_five_failures_in_a_row_hold_a_host_that_was_there(patience, clock):
    patience.answered("a", "x")
    for _ in range(4):
        assert not patience.failed("a", "x", WHY)
    assert patience.wait("a", "x") == 0
    patience.answered("a", "x")
    for _ in range(4):
        assert not patience.failed("a", "x", WHY), "an answer between begins the count anew"
    assert patience.failed("a", "x", WHY)
    assert patience.wait("a", "x") == 30
    clock.now += 30
    assert patience.wait("a", "x") == 0 and patience.wait("a", "y") == math.inf
    assert patience.failed("a", "x", WHY) and patience.wait("a", "y") == 60, "the trial failed: longer"
    clock.now += 60
    assert patience.wait("a", "y") == 0 and patience.answered("a", "y") and patience.wait("a", "x") == 0


def test_an_answer_to_what_was_sent_before_ends_a_hold_that_nobody_asked_for(patience, clock):
    patience.answered("a", "x")
    for _ in range(5):
        patience.failed("a", "x", WHY)
    assert patience.wait("a", "x") == 30
    assert patience.answered("a", "early") and patience.wait("a", "x") == 0, "the host is there"


def test_the_time_that_trials_take_is_not_held_against_the_host(patience, clock):
    patience.answered("a", "x")
    for _ in range(5):
        patience.failed("a", "x", WHY)
    for pause in (30, 60, 120, 240):
        assert patience.wait("a", "x") == pause
        clock.now += pause
        assert patience.wait("a", "x") == 0
        clock.now += 3600
        patience.failed("a", "x", WHY)
    assert patience.trouble("a").given_up


def test_a_host_that_was_never_there_is_given_up(patience):
    assert [patience.failed("a", "x", WHY) for _ in range(6)] == [False] * 4 + [True, False]
    assert patience.trouble("a").given_up


def test_without_a_pause_there_is_no_loop_either(clock):
    patience = CircuitBreaker(clock, pause=0.0, longest=600.0, spread=lambda: 1.0)
    asked = 0
    while not patience.has_given_up and asked < 100:
        asked += 1
        patience.busy("a", "x", WHY)
        clock.now += 0 if patience.has_given_up else patience.wait("a", "x")
        patience.wait("a", "x")
    assert patience.has_given_up and asked < 20
    never = CircuitBreaker(clock, pause=30.0, longest=0.0)
    never.busy("a", "x", WHY)
    assert never.trouble("a").given_up


def test_a_trial_that_tells_nothing_leaves_its_place_to_the_next(patience, clock):
    patience.busy("a", "x", WHY, 1.0)
    clock.now += 1
    assert patience.wait("a", "x") == 0 and patience.wait("a", "y") == math.inf
    assert not patience.let_go("a", "y") and patience.let_go("a", "x")
    assert patience.wait("a", "y") == 0


def test_pauses_are_spread():
    patience, seen = CircuitBreaker(lambda: 1.0, 30.0, 600.0), set()
    for host in map(str, range(50)):
        patience.busy(host, "x", WHY)
        seen.add(patience.wait(host, "x"))
    assert len(seen) > 10 and min(seen) >= 30 and max(seen) <= 37.5


# -- when nothing else is left ------------------------------------------------------------------


@pytest.fixture
def last(clock):
    return CircuitBreaker(clock, pause=30.0, longest=600.0, spread=lambda: 1.0, longest_last=120.0)


def held(patience, host, seconds=None):
    patience.busy(host, host, WHY, seconds)


def waited(patience, clock, hosts, most=1000):
    """Seconds until a host is given up, told each second."""
    for second in range(most):
        if gone := patience.left(hosts):
            return second, sorted(gone)
        clock.now += 1
    return most, []


def test_hosts_that_are_all_that_is_left_are_not_waited_for_as_long(last, clock):
    held(last, "a")
    for _ in range(4):
        last.failed("b", "y", WHY)
    clock.now += 20
    assert waited(last, clock, ["a", "a", "b"], 300) == (300, []), "b is not held: it is being asked"
    clock.now -= 300
    last.answered("b", "y")
    assert waited(last, clock, ["a", "b"], 300) == (300, []), "nothing is the matter with b"
    clock.now -= 300
    assert waited(last, clock, ["a"], 100) == (100, [])
    assert last.left([]) == [], "other work has come"
    assert (
        waited(last, clock, ["a"]) == (120, ["a"])
        and last.trouble("a").given_up == "answered 429"
        and last.has_given_up
    )
    assert last.left(["a"]) == [] and last.wait("a", "a") == math.inf and last.held["a"].given_up


def test_a_pause_that_a_host_asks_for_is_waited_for_to_its_end_and_with_it_the_others(last, clock):
    held(last, "a", 400.0)
    held(last, "b")
    assert waited(last, clock, ["a", "b"]) == (400 + 120, ["a", "b"])


def test_a_host_that_breaks_its_word_is_not_taken_at_it_for_ever(last, clock):
    held(last, "a", 5.0)
    for _ in range(500):
        clock.now += 1
        if not last.left(["a"]) and last.wait("a", "a") == 0:
            held(last, "a", 5.0)
    assert last.trouble("a").given_up and last.held["a"].seconds == 5 + 60 + 120, (
        "5 s as it said, and 120 s after that, as the trials allow"
    )


def test_a_trial_that_is_under_way_is_waited_for_and_may_end_the_trouble(last, clock):
    held(last, "a")
    clock.now += 30
    assert last.wait("a", "x") == 0
    assert waited(last, clock, ["a"], 300) == (300, [])
    assert last.answered("a", "x") and last.left(["a"]) == [] and last.wait("a", "x") == 0
    held(last, "a")
    assert waited(last, clock, ["a"]) == (120, ["a"]), "counted anew"


def test_without_a_memory_it_is_waited_as_long_as_ever(patience, clock):
    held(patience, "a")
    assert waited(patience, clock, ["a"]) == (1000, [])
