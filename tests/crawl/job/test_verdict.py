"""The verdict on a run: its exit status, and which sites failed."""

from __future__ import annotations

import pytest

from newscrawl.crawl.job.verdict import Losses, decide, problem
from newscrawl.crawl.nouns.exit_status import PRECEDENCE, ExitStatus


@pytest.mark.parametrize("place", range(len(PRECEDENCE) - 3))
def test_the_gravest_fault_decides_the_status(place: int) -> None:
    faults = [(status, status.name) for status in PRECEDENCE[place : len(PRECEDENCE) - 3]]
    for order in (faults, faults[::-1]):
        verdict = decide(order, {"a": "gone"}, ["a: too few"], records=3)
        assert verdict.status == PRECEDENCE[place] and verdict.name == verdict.why == PRECEDENCE[place].name


def test_sites_come_before_expectations_and_those_before_nothing_new() -> None:
    assert decide([], {"a": "gone", "b": "gone"}, ["x"]).status == ExitStatus.ALL_SITES_FAILED
    some = decide([], {"a": None, "b": "gone"}, ["x"])
    assert some.status == ExitStatus.SOME_SITES_FAILED and some.why == "1 of 2 sites failed: b (gone)"
    assert decide([], {"a": "front page: HttpStatus"}, records=3).status == ExitStatus.SOME_SITES_FAILED
    assert decide([], {"a": None}, ["x"]).status == ExitStatus.EXPECTATIONS_UNMET
    assert decide([], {"a": None}, records=1, nothing_new_status=99).status == 0
    assert decide([], {"a": None}, nothing_new_status=99) == decide([], {}, nothing_new_status=99)
    assert (decide([], {"a": None}, nothing_new_status=99).status, decide([], {"a": None}).status) == (99, 0)
    assert decide([], {"a": "gone"}, nothing_new_status=99).status == ExitStatus.ALL_SITES_FAILED
    assert decide([], {str(n): "gone" for n in range(9)}).why.endswith("and 4 more")


@pytest.mark.parametrize(
    ("reasons", "front", "failed"),
    [
        ({"Listing": 3, "Recorded": 2}, "Listing", False),
        ({"Listing": 3}, "Listing", False),
        ({"Unchanged": 3}, "Unchanged", False),
        ({"Listing": 2, "Recorded": 9, "HttpStatus": 1}, "HttpStatus", True),  # the front page could not be read
        ({"HostNotFound": 1}, "HostNotFound", True),
        ({"HostNotFound": 1, "Listing": 1, "Recorded": 1}, "Listing", False),  # https failed, http did not
        ({}, None, True),
        ({"Stopped": 4}, None, True),
        ({"Postponed": 3}, None, False),  # left for a later run on purpose
        ({"NotDue": 3, "TimedOut": 1}, None, True),
        ({"RobotsForbidden": 1}, "RobotsForbidden", True),
        ({"Challenge": 1}, "Challenge", True),
        ({"Listing": 1, "LoginPage": 30}, "Listing", True),
        ({"Listing": 1, "LoginPage": 3}, "Listing", True),
        ({"Listing": 1, "LoginPage": 2}, "Listing", False),
        ({"Listing": 1, "LoginPage": 1}, "Listing", False),  # an article for subscribers
        ({"Listing": 1, "ConsentWall": 30, "Recorded": 1}, "Listing", False),
        ({"Listing": 1, "ConsentWall": 30, "TooOld": 4}, "Listing", False),
    ],
)
def test_the_reasons_of_a_site_say_whether_it_failed(reasons: dict[str, int], front: str | None, failed: bool) -> None:
    assert (problem(reasons, front) is not None) is failed


def test_losses_beyond_the_share_have_a_status_and_smaller_ones_are_told() -> None:
    losses = [Losses("a", {"HttpStatus": 3, "TooLarge": 1}, 9), Losses("b", {"Timeout": 5}, 5)]
    verdict = decide([], {"a": None, "b": None}, records=5, losses=losses, max_lost_share=0.5)
    assert verdict.status == ExitStatus.ARTICLES_LOST
    assert verdict.why == "b: 5 of 5 wanted articles were lost (Timeout 5)"
    verdict = decide([], {"a": None}, records=5, losses=losses[:1], max_lost_share=0.5)
    told = "a: 4 of 9 wanted articles were lost (HttpStatus 3, TooLarge 1)"
    assert (verdict.status, verdict.why) == (0, f"{told}; 5 records")
    assert decide([], {"a": None}, losses=losses[:1], max_lost_share=4 / 9).why == f"{told}; nothing new"
    assert decide([], {"a": None}, losses=losses[:1], max_lost_share=0.44).status == ExitStatus.ARTICLES_LOST


def test_losses_come_after_failed_sites_and_before_expectations() -> None:
    lost = [Losses("a", {"Timeout": 5}, 5)]
    assert decide([], {"a": "gone", "b": None}, ["x"], 1, 0, lost, 0.5).status == ExitStatus.SOME_SITES_FAILED
    assert decide([], {"a": None, "b": None}, ["x"], 1, 0, lost, 0.5).status == ExitStatus.ARTICLES_LOST
