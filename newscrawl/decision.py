"""Is a block story? One decision, over all that speaks for it and against it.

The content model's score is one voice. Others are a block's place beside sure paragraphs, a known phrase, the name of
a box, a repetition. Each kind of evidence has a weight in log-odds, which `python -m bench.train` learns after the
model (`decision.txt`: weight, how often it was seen, name). The weights are added to the score's log-odds, and the
block is story if the sum is above 0. So neither the model nor a rule overrules the other: evidence that is often right
decides about what the model doubts, and evidence that is often wrong decides next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files

#: Scores are taken as no nearer to 0 and 1 than this.
_EDGE = 0.001


def read_weights(text: str) -> dict[str, float]:
    """The weight of each kind of evidence. text: of a file like `decision.txt`."""
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            weight, _, name = line.split("\t")
            found[name] = float(weight)
    return found


_in_use: Mapping[str, float] = read_weights(files("newscrawl").joinpath("decision.txt").read_text("utf-8"))


@contextmanager
def using(weights: Mapping[str, float]) -> Iterator[None]:
    """Decide with other weights, as cross-validation does."""
    global _in_use
    before, _in_use = _in_use, weights
    try:
        yield
    finally:
        _in_use = before


def log_odds(probability: float) -> float:
    """The logarithm of the odds of a probability."""
    bounded = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))


def probability(score: float, evidence: Iterable[str]) -> float:
    """The probability that a block is story. score: of the content model. evidence: by name, each counted once.

    Evidence without a weight says nothing.
    """
    total = log_odds(score) + sum(_in_use.get(name, 0.0) for name in set(evidence))
    return 1 / (1 + math.exp(-total))
