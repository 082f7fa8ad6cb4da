"""Learns the weights of the decision (`newscrawl.decision`) on out-of-fold scores: a logistic regression with priors.

First the weights of what reading says of a block, then, on the blocks that are story by these, the weights of what the
rules say. Blocks of one page are much alike, so a page with many of them does not count for more than a few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from bench.train.corpus import FOLDS, WEIGHT, Example, fold_of
from newscrawl.article import Kind, Page
from newscrawl.decision import log_odds, probability, using
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document, read_document
from newscrawl.read.story import evidence_for
from newscrawl.strip.engine import NAMED, evidence_of, is_alone, named_blocks

#: Weights of the sets, for what reading says: the truth of `read` is a reader's, block by block; those of the others
#: leave out lists and lines by habit. Made and dirty pages do not count: their share of each kind of block is invented.
READING_WEIGHT = {"read": 8.0, "news": 1.0, "snippets": 1.0, "wcxb": 0.15}
#: Scores between which the evidence of reading can turn the decision. Beyond them are the errors of the truth.
DOUBTFUL = (0.03, 0.8)
#: Blocks of one site with the same evidence count for so many at most.
MOST_ALIKE = 3
#: What is believed of weights before anything was seen, and how firmly: mean and standard deviation. Of rules, and of
#: reading.
RULE_PRIORS = {NAMED: (-3.5, 0.5), "a known phrase": (-2.0, 0.7), "begins with a known phrase": (0.5, 0.7)}
READING_PRIORS = {
    "a list item near sure story": (1.1, 0.15),
    "a list item with a sentence between the story's paragraphs": (1.1, 0.15),
    "a list item with a sentence after the story's paragraphs": (1.1, 0.15),
    "a table near sure story": (1.1, 0.15),
    "a table between the story's paragraphs": (1.1, 0.15),
    "a sentence between the story's paragraphs": (1.4, 0.15),
    "a plain sentence right after the story's last paragraph, and of its shape": (2.0, 0.3),
    "a sentence that only a line break parts from the story": (0.4, 0.15),
    "a sub-heading in the story's column": (1.1, 0.15),
    "a long line between the story's paragraphs": (-0.8, 0.15),
    "a long line after the story's paragraphs": (-0.8, 0.15),
    "a short line before the story's paragraphs": (-2.2, 0.15),
    "a short line after the story's paragraphs": (-2.2, 0.15),
    "an item of a list that a sentence announces": (2.6, 0.15),
    "a line that a sentence announces": (1.8, 0.3),
    "the term of a definition in the story": (1.4, 0.15),
    "the heading of a box in the story": (2.2, 0.15),
    "in a box in the story": (2.2, 0.15),
    "in a box whose heading is no story": (-3.0, 0.15),
    "a sentence between the headline and the story": (1.7, 0.15),
    "named as a stand-first, above the headline": (1.7, 0.15),
    "named as a stand-first": (5.3, 0.15),
    "says what the page's description says": (5.3, 0.15),
    "a sub-heading under the headline": (5.3, 0.15),
    **{f"a quote {place} the story's paragraphs": (1.4, 0.15) for place in ("before", "between", "after")},
    **{f"a preformatted {place} the story's paragraphs": (3.9, 0.15) for place in ("before", "between", "after")},
    **{f"a long link {place} the story's paragraphs": (-2.2, 0.15) for place in ("before", "between", "after")},
}
OTHER_READING, OTHER_RULE = (0.0, 0.3), (0.0, 0.7)

#: Weights by name, and how often each was seen.
Weights = dict[str, tuple[float, int]]


class Learned(NamedTuple):
    """The weights, and those that saw no site of each fold."""

    weights: Weights
    folds: list[Weights]


@dataclass
class Observation:
    """A block of which something is said. odds: log-odds before that. is_story: by the truth. weight: of the page."""

    site: str
    odds: float
    evidence: frozenset[str]
    is_story: bool
    weight: float


def read_of(example: Example, scores: Sequence[float]) -> Iterator[Observation]:
    """What reading says of the doubtful blocks of a page whose truth is known."""
    if example.set not in READING_WEIGHT:
        return
    known = [float(score) for score in scores]
    said = evidence_for(example.layout, known, example.extra["headline"], example.extra["description"])
    for index, names in said.items():
        if example.known[index] and DOUBTFUL[0] <= known[index] <= DOUBTFUL[1]:
            yield _observation(example, index, known[index], names, READING_WEIGHT)


def named_of(example: Example, html: bytes, url: str, scores: Sequence[float]) -> Iterator[Observation]:
    """What rules say of the blocks of a page that are story by all that reading says, and whose truth is known."""

    def judge(layout: Any, evidence: Any) -> Any:
        return [float(score) for score in scores]

    try:
        article = read_document(open_document(Page(url, html)), judge)
    except NewscrawlError:
        return
    for removals in named_blocks(article):
        block = removals[0].block
        is_known = block.index < len(scores) and example.known[block.index]
        if is_known and block.kind is not Kind.CAPTION and not any(map(is_alone, removals)):
            before = probability(block.score or 0.0, block.evidence)
            yield _observation(example, block.index, before, evidence_of(removals), WEIGHT)


def _observation(
    example: Example, index: int, before: float, names: Iterable[str], weight: Mapping[str, float]
) -> Observation:
    is_story = bool(example.shares[index] >= 0.5)
    return Observation(example.site, log_odds(before), frozenset(names), is_story, weight.get(example.set, 1.0))


def fit(seen: Sequence[Observation], priors: Mapping[str, tuple[float, float]]) -> Weights:
    """The most probable weights, by Newton's method."""
    counts = Counter(name for one in seen for name in one.evidence)
    alike = Counter((one.site, one.evidence) for one in seen)
    names = sorted(counts.keys() | priors.keys())
    column = {name: n for n, name in enumerate(names)}
    rows = np.zeros((len(seen), len(names)))
    for row, one in zip(rows, seen, strict=True):
        row[[column[name] for name in one.evidence]] = 1.0
    odds = np.array([one.odds for one in seen])
    labels = np.array([one.is_story for one in seen], dtype=float)
    weight = np.array([one.weight * min(1.0, MOST_ALIKE / alike[one.site, one.evidence]) for one in seen])
    other = OTHER_RULE if NAMED in priors else OTHER_READING
    mean, deviation = np.array([priors.get(name, other) for name in names]).T
    precision = 1 / deviation**2
    found = mean.copy()
    for _ in range(100):
        chance = 1 / (1 + np.exp(-odds - rows @ found))
        slope = rows.T @ (weight * (labels - chance)) - precision * (found - mean)
        curve = (rows.T * (weight * chance * (1 - chance))) @ rows + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        found += np.clip(step, -1, 1)  # whole steps may leap over the best
        if np.abs(step).max() < 1e-6:
            break
    return {name: (float(value), counts[name]) for name, value in zip(names, found, strict=True)}


def learn(
    examples: Sequence[Example], html: Mapping[tuple[str, str], tuple[bytes, str]], scores: Sequence[Any]
) -> Learned:
    """Learn all weights. html: page and URL by set and id. scores: out of fold, by page."""
    said = [one for example, own in zip(examples, scores, strict=True) for one in read_of(example, own)]
    reading = fit(said, READING_PRIORS)
    named = []
    with using({name: weight for name, (weight, _) in reading.items()}):
        for example, own in zip(examples, scores, strict=True):
            if (page := html.get((example.set, example.id))) is not None:
                named += list(named_of(example, *page, own))
    folds = [
        fit(without_fold(said, n), READING_PRIORS) | fit(without_fold(named, n), RULE_PRIORS) for n in range(FOLDS)
    ]
    return Learned(reading | fit(named, RULE_PRIORS), folds)


def without_fold(seen: Iterable[Observation], fold: int) -> list[Observation]:
    """The observations of the sites that are not in a fold."""
    return [one for one in seen if fold_of(one.site) != fold]


def text_of(weights: Mapping[str, tuple[float, int]]) -> str:
    """The weights as the file of the package has them."""
    head = "# weight, blocks seen, evidence: written by python -m bench.train\n"
    return head + "".join(f"{weight:.2f}\t{count}\t{name}\n" for name, (weight, count) in weights.items())
