"""When and for how long a host is backed off, with a clock that the test moves."""

from __future__ import annotations

import math
from email.utils import formatdate

import pytest

from newscrawl.crawl.politeness.circuit_breaker import CircuitBreaker
from newscrawl.crawl.politeness.retry_after import retry_after

WHY = ("HttpStatus", "answered 429")
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        ("99999999999999999999999", 999999999999999999.0),
        ("9" * 10**6, 999999999999999999.0),
        # as some servers send it
        ("1.5", 1.5),
        ("3600.0", 3600.0),
        ("120 seconds", 120.0),
        ("90s", 90.0),
        ("5, 60", 60.0),
        ("2027-01-15T08:01:00Z", 60.0),
        ("2027-01-15T09:01:00+01:00", 60.0),
        # not ahead
        ("0", None),
        ("-5", None),
        (formatdate(NOW - 90, usegmt=True), None),
        ("Sun Nov  6 08:49:37 1994", None),
        ("2026-11-28T00:00:00Z", None),
        # unreadable
        ("PT60S", None),
        ("1:30", None),
        ("5 minutes", None),
        ("2026-99-99T00:00:00Z", None),
        ("", None),
        (None, None),
        ("soon", None),
        ("٣", None),
        ("Fri, 99 Nov 2026 99:00:00 GMT", None),
        ("1e3", None),
        ("Wed, 21 Oct 99999 07:28:00 GMT", None),
    ],
)
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
def breaker(clock):
    return CircuitBreaker(clock, backoff=30.0, max_backoff=600.0, jitter=lambda: 1.0)


def test_one_host_is_backed_off_for_as_long_as_it_asks(breaker, clock):
    assert breaker.is_closed("a") and breaker.wait("a", "x") == 0
    assert breaker.asked_for_pause("a", "x", WHY, 100.0)
    assert breaker.wait("a", "x") == 100 and breaker.wait("b", "y") == 0 and breaker.is_closed("b")
    clock.now += 99
    assert breaker.wait("a", "x") == 1
    clock.now += 1
    assert breaker.wait("a", "x") == 0
    assert breaker.wait("a", "y") == math.inf, "one request tries, the others wait for it"
    assert breaker.wait("a", "x") == 0
    assert breaker.responded("a", "x")
    assert breaker.is_closed("a") and breaker.wait("a", "y") == 0
    assert breaker.reports["a"].times == 1 and breaker.reports["a"].seconds == 100 and not breaker.reports["a"].given_up


def test_our_own_backoffs_double_until_the_host_is_given_up(breaker, clock):
    pauses = []
    for _ in range(10):
        breaker.asked_for_pause("a", "x", WHY)
        if breaker.circuit("a").given_up:
            break
        pauses.append(breaker.wait("a", "x"))
        clock.now += pauses[-1]
        assert breaker.wait("a", "x") == 0
    assert pauses == [30, 60, 120, 240], "with the next, the host would be backed off for more than 600 s"
    assert breaker.circuit("a").given_up == "answered 429" and breaker.reports["a"].given_up
    clock.now += 10**6
    assert breaker.wait("a", "x") == math.inf and not breaker.responded("a", "x") and breaker.circuit("a").given_up


def test_a_host_that_asks_for_too_long_a_pause_is_given_up_at_once(breaker):
    breaker.asked_for_pause("a", "x", WHY, 601.0)
    assert breaker.circuit("a").given_up


def test_requests_sent_before_a_backoff_neither_end_nor_double_it(breaker, clock):
    breaker.asked_for_pause("a", "x", WHY)
    assert not breaker.responded("a", "early")
    assert not breaker.asked_for_pause("a", "early", WHY)
    assert not breaker.failed("a", "early", WHY)
    assert breaker.wait("a", "x") == 30
    assert not breaker.asked_for_pause("a", "early", WHY, 50.0)
    assert breaker.wait("a", "x") == 50, "a longer pause that the host asks for applies"
    clock.now += 50
    assert breaker.wait("a", "x") == 0
    breaker.asked_for_pause("a", "x", WHY, 1.0)
    assert breaker.wait("a", "x") == 60, "a second pause in a row is not shorter than our own back-off"


def test_a_host_with_trouble_again_is_backed_off_nearly_as_long_as_before(breaker, clock):
    for _ in range(2):
        breaker.asked_for_pause("a", "x", WHY)
        clock.now += breaker.wait("a", "x")
        breaker.wait("a", "x")
    assert breaker.responded("a", "x") and breaker.wait("a", "x") == 0
    assert breaker.asked_for_pause("a", "y", WHY)
    assert breaker.wait("a", "y") == 60
    clock.now += 60
    breaker.wait("a", "y")
    for _ in range(3):
        breaker.responded("a", "y")
    assert breaker.is_closed("a")


def test_five_failures_in_a_row_open_the_circuit_of_a_host_that_had_responded(breaker, clock):
    breaker.responded("a", "x")
    for _ in range(4):
        assert not breaker.failed("a", "x", WHY)
    assert breaker.wait("a", "x") == 0
    breaker.responded("a", "x")
    for _ in range(4):
        assert not breaker.failed("a", "x", WHY), "a response in between restarts the count"
    assert breaker.failed("a", "x", WHY)
    assert breaker.wait("a", "x") == 30
    clock.now += 30
    assert breaker.wait("a", "x") == 0 and breaker.wait("a", "y") == math.inf
    assert breaker.failed("a", "x", WHY) and breaker.wait("a", "y") == 60, "the trial failed, so the back-off is longer"
    clock.now += 60
    assert breaker.wait("a", "y") == 0 and breaker.responded("a", "y") and breaker.wait("a", "x") == 0


def test_any_response_ends_a_backoff_for_which_the_host_did_not_ask(breaker, clock):
    breaker.responded("a", "x")
    for _ in range(5):
        breaker.failed("a", "x", WHY)
    assert breaker.wait("a", "x") == 30
    assert breaker.responded("a", "early") and breaker.wait("a", "x") == 0, "the host is reachable"


def test_the_time_of_trials_does_not_count_against_the_host(breaker, clock):
    breaker.responded("a", "x")
    for _ in range(5):
        breaker.failed("a", "x", WHY)
    for pause in (30, 60, 120, 240):
        assert breaker.wait("a", "x") == pause
        clock.now += pause
        assert breaker.wait("a", "x") == 0
        clock.now += 3600
        breaker.failed("a", "x", WHY)
    assert breaker.circuit("a").given_up


def test_a_host_that_never_responded_is_given_up(breaker):
    assert [breaker.failed("a", "x", WHY) for _ in range(6)] == [False] * 4 + [True, False]
    assert breaker.circuit("a").given_up


def test_no_host_is_requested_in_a_loop_even_if_the_backoff_is_0(clock):
    breaker = CircuitBreaker(clock, backoff=0.0, max_backoff=600.0, jitter=lambda: 1.0)
    requested = 0
    while not breaker.has_given_up and requested < 100:
        requested += 1
        breaker.asked_for_pause("a", "x", WHY)
        clock.now += 0 if breaker.has_given_up else breaker.wait("a", "x")
        breaker.wait("a", "x")
    assert breaker.has_given_up and requested < 20
    never = CircuitBreaker(clock, backoff=30.0, max_backoff=0.0)
    never.asked_for_pause("a", "x", WHY)
    assert never.circuit("a").given_up


def test_a_trial_that_shows_nothing_is_followed_by_another(breaker, clock):
    breaker.asked_for_pause("a", "x", WHY, 1.0)
    clock.now += 1
    assert breaker.wait("a", "x") == 0 and breaker.wait("a", "y") == math.inf
    assert not breaker.trial_ended("a", "y") and breaker.trial_ended("a", "x")
    assert breaker.wait("a", "y") == 0


def test_backoffs_have_jitter():
    breaker, seen = CircuitBreaker(lambda: 1.0, 30.0, 600.0), set()
    for host in map(str, range(50)):
        breaker.asked_for_pause(host, "x", WHY)
        seen.add(breaker.wait(host, "x"))
    assert len(seen) > 10 and min(seen) >= 30 and max(seen) <= 37.5


# -- when nothing else is left ------------------------------------------------------------------


@pytest.fixture
def final(clock):
    return CircuitBreaker(clock, backoff=30.0, max_backoff=600.0, jitter=lambda: 1.0, max_final_backoff=120.0)


def pause(breaker, host, seconds=None):
    breaker.asked_for_pause(host, host, WHY, seconds)


def wait_until_given_up(breaker, clock, hosts, most=1000):
    """Seconds until a host is given up, and the hosts; asks each second."""
    for second in range(most):
        if gone := breaker.give_up_final(hosts):
            return second, sorted(gone)
        clock.now += 1
    return most, []


def test_hosts_that_are_all_that_is_left_are_given_up_sooner(final, clock):
    pause(final, "a")
    for _ in range(4):
        final.failed("b", "y", WHY)
    clock.now += 20
    assert wait_until_given_up(final, clock, ["a", "a", "b"], 300) == (300, []), (
        "b is not backed off: it is being requested"
    )
    clock.now -= 300
    final.responded("b", "y")
    assert wait_until_given_up(final, clock, ["a", "b"], 300) == (300, []), "b is healthy"
    clock.now -= 300
    assert wait_until_given_up(final, clock, ["a"], 100) == (100, [])
    assert final.give_up_final([]) == [], "there is other work"
    assert wait_until_given_up(final, clock, ["a"]) == (120, ["a"])
    assert final.circuit("a").given_up == "answered 429" and final.has_given_up
    assert final.give_up_final(["a"]) == [] and final.wait("a", "a") == math.inf and final.reports["a"].given_up


def test_a_pause_that_a_host_asks_for_is_waited_for_and_the_other_hosts_with_it(final, clock):
    pause(final, "a", 400.0)
    pause(final, "b")
    assert wait_until_given_up(final, clock, ["a", "b"]) == (400 + 120, ["a", "b"])


def test_a_host_that_keeps_asking_for_short_pauses_is_given_up(final, clock):
    pause(final, "a", 5.0)
    for _ in range(500):
        clock.now += 1
        if not final.give_up_final(["a"]) and final.wait("a", "a") == 0:
            pause(final, "a", 5.0)
    # 5 s as it asked, then our own back-offs until max_final_backoff is over
    assert final.circuit("a").given_up and final.reports["a"].seconds == 5 + 60 + 120


def test_a_trial_is_waited_for_and_may_close_the_circuit(final, clock):
    pause(final, "a")
    clock.now += 30
    assert final.wait("a", "x") == 0
    assert wait_until_given_up(final, clock, ["a"], 300) == (300, [])
    assert final.responded("a", "x") and final.give_up_final(["a"]) == [] and final.wait("a", "x") == 0
    pause(final, "a")
    assert wait_until_given_up(final, clock, ["a"]) == (120, ["a"]), "the time counts anew"


def test_without_a_memory_the_hosts_left_are_waited_for_as_long_as_before(breaker, clock):
    pause(breaker, "a")
    assert wait_until_given_up(breaker, clock, ["a"]) == (1000, [])
