"""How the weights of the decision are learned."""

import math

import pytest

from bench.train.decision import MOST_ALIKE, Observation, fit, text_of, without_fold
from newscrawl.decision import read_weights
from newscrawl.strip.engine import NAMED


def seen(name, story, other, odds=0.0, site="{}"):
    """Observations of one kind of evidence: so many blocks of story and others, each of a site of its own."""
    return [
        Observation(site.format(f"{name}{n}"), odds, frozenset({name}), n < story, 1.0) for n in range(story + other)
    ]


def test_a_weight_is_what_the_share_of_story_says_beyond_the_odds_that_were_known():
    firm = {"a box": (0.0, 100.0), "a promise": (0.0, 100.0)}
    found = fit(seen("a box", 100, 300) + seen("a promise", 300, 100, odds=1.0), firm)
    assert found["a box"] == (pytest.approx(math.log(1 / 3), abs=0.01), 400)
    assert found["a promise"] == (pytest.approx(math.log(3) - 1.0, abs=0.01), 400)


def test_a_prior_holds_until_enough_was_seen():
    priors = {"a box": (-2.0, 0.3), "never seen": (1.5, 0.3)}
    few, many = fit(seen("a box", 3, 0), priors), fit(seen("a box", 900, 100), priors)
    assert -2.0 < few["a box"][0] < -1.7
    assert many["a box"][0] > 1.5
    assert few["never seen"] == (1.5, 0)


def test_what_rules_say_is_believed_of_a_rule_that_was_seen_once():
    one = [Observation("a", 0.0, frozenset({NAMED, "rule new"}), True, 1.0)]
    found = fit(one, {NAMED: (-3.5, 0.5)})
    assert found[NAMED][0] < -3 and found["rule new"][0] < 1


def test_a_site_with_many_blocks_alike_counts_for_a_few():
    priors = {"a box": (0.0, 1.0)}
    one_site = fit(seen("a box", 500, 0, site="one"), priors)["a box"][0]
    assert one_site == pytest.approx(fit(seen("a box", MOST_ALIKE, 0), priors)["a box"][0], abs=0.01)
    assert fit(seen("a box", 500, 0), priors)["a box"][0] > one_site + 1


def test_the_sites_of_a_fold_are_left_out():
    observations = seen("a box", 40, 40)
    parts = [without_fold(observations, fold) for fold in range(5)]
    assert all(0 < len(part) < 80 for part in parts) and sum(map(len, parts)) == 4 * 80


def test_the_file_says_what_was_learned():
    assert read_weights(text_of({"a box": (-1.234, 7), "a promise": (0.5, 0)})) == {"a box": -1.23, "a promise": 0.5}
