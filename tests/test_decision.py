"""One decision: the score of a block and all evidence for and against it add up."""

from importlib.resources import files

import pytest

from newscrawl.decision import log_odds, probability, read_weights, using
from newscrawl.strip import RULES
from newscrawl.strip.engine import NAMED

WEIGHTS = {"a box": -2.0, "a promise": 2.0}


def test_without_evidence_it_is_the_score():
    assert probability(0.3, ()) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("score", "evidence", "is_story"),
    [
        (0.87, ["a box"], False),  # the log-odds of 0.88 are 2.0
        (0.89, ["a box"], True),
        (0.13, ["a promise"], True),
        (0.11, ["a promise"], False),
        (0.6, ["a box", "a promise"], True),  # they cancel out
        (0.4, ["a box", "a promise"], False),
        (0.87, ["a promise", "a promise", "a box"], True),  # counted once
        (0.6, ["what nobody has heard of"], True),
    ],
)
def test_the_weights_of_the_evidence_are_added_to_the_scores_log_odds(score, evidence, is_story):
    with using(WEIGHTS):
        assert (probability(score, evidence) >= 0.5) is is_story


def test_a_score_is_never_certain():
    assert log_odds(1.0) == pytest.approx(6.907, abs=0.001)
    assert log_odds(0.0) == pytest.approx(-6.907, abs=0.001)
    with using({"proof": -7.0}):
        assert probability(1.0, ["proof"]) < 0.5


def test_other_weights_hold_only_as_long_as_they_are_used():
    before = probability(0.5, [NAMED])
    with pytest.raises(RuntimeError), using({NAMED: 5.0}):
        assert probability(0.5, [NAMED]) > 0.9
        raise RuntimeError
    assert probability(0.5, [NAMED]) == before


def test_the_file_of_weights_has_a_weight_a_count_and_a_name():
    assert read_weights("# weight, blocks seen, evidence\n-1.50\t7\ta box\n\n0.25\t0\ta promise: kept\n") == {
        "a box": -1.5,
        "a promise: kept": 0.25,
    }


def test_the_weights_of_the_package():
    """What rules name is less likely story, and the rules that are known are those that there are."""
    weights = read_weights(files("newscrawl").joinpath("decision.txt").read_text("utf-8"))
    assert -6 < weights[NAMED] < -2
    named = {name.removeprefix("rule ") for name in weights if name.startswith("rule ")}
    assert named <= RULES.keys() and len(named) > 40
    assert all(weights[NAMED] + weights[f"rule {rule}"] < 1 for rule in named)
    assert weights["named as a stand-first"] > 3 > weights["a list item near sure story"] > 0
    assert weights["in a box whose heading is no story"] < -1
