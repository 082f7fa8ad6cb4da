"""Trains the content model: first scores out of fold, then the second model, which uses them.

The pages of a site are in one fold, so no page is judged by a model that saw its site.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.train.corpus import FOLDS, WEIGHT, Example, fold_of
from bench.train.trees import train
from newscrawl.read.columns import names
from newscrawl.read.context import context
from newscrawl.read.layout import STEPS

FIRST = {"trees": 100, "depth": 5, "rate": 0.1}
SECOND = {"trees": 150, "depth": 5, "rate": 0.07}
#: Blocks are near the story up to so many before and after it. Of the others one in FAR is learned, with FAR times the
#: weight: most of a page is far from its story, and much alike.
NEAR, FAR = (12, 25), 4
#: Share of pages that are learned a second time without their class names, as many sites have class names without
#: meaning.
BLIND = 0.3


def _blind(example: Example) -> bool:
    return int(hashlib.md5(f"blind {example.id}".encode()).hexdigest(), 16) % 100 < 100 * BLIND


def _near_story(example: Example) -> Any:
    near = np.zeros(len(example.shares), dtype=bool)
    story = np.flatnonzero(np.asarray(example.shares) >= 0.5)
    if len(story):
        near[max(0, story[0] - NEAR[0]) : story[-1] + NEAR[1]] = True
    return near


def _stack(examples: Sequence[Example], more: Sequence[Any] | None) -> tuple[Any, Any, Any]:
    rows, labels, weights = [], [], []
    columns = [i for i, name in enumerate(names()) if name.startswith("class_")]
    for number, example in enumerate(examples):
        near = _near_story(example)
        index = np.arange(len(near))
        known = example.known & (near | ((index + len(near)) % FAR == 0))
        own = example.rows if more is None else np.hstack([example.rows, more[number]])
        weight = (np.sqrt(np.minimum(example.rows[:, 0], 150)) + 1) * WEIGHT.get(example.set, 1.0)
        weight = weight * np.where(near, 1, FAR)
        label = (example.shares >= 0.5).astype(float)
        rows.append(own[known])
        labels.append(label[known])
        weights.append(weight[known])
        if _blind(example):
            hidden = own[known].copy()
            hidden[:, columns] = STEPS
            rows.append(hidden)
            labels.append(label[known])
            weights.append(weight[known])
    return np.concatenate(rows), np.concatenate(labels), np.concatenate(weights)


def _predict(booster: Any, examples: Sequence[Example], more: Sequence[Any] | None = None) -> list[Any]:
    rows = [e.rows if more is None else np.hstack([e.rows, more[n]]) for n, e in enumerate(examples)]
    scores = booster.predict(np.concatenate(rows), num_threads=2).astype(np.float32)
    return np.split(scores, np.cumsum([len(r) for r in rows])[:-1])


def _out_of_fold(examples: Sequence[Example], options: dict[str, Any], more: Sequence[Any] | None) -> list[Any]:
    scores: list[Any] = [None] * len(examples)
    for fold in range(FOLDS):
        inside = [i for i, e in enumerate(examples) if fold_of(e.site) != fold]
        outside = [i for i, e in enumerate(examples) if fold_of(e.site) == fold]

        def pick(ids):
            return ([examples[i] for i in ids], None if more is None else [more[i] for i in ids])

        booster = train(*_stack(*pick(inside)), **options)
        for i, score in zip(outside, _predict(booster, *pick(outside)), strict=True):
            scores[i] = score
    return scores


def cross_validate(examples: Sequence[Example]) -> tuple[list[Any], list[Any]]:
    """First and second scores of every page, each by models that saw no page of its site.

    The first scores in the second model's rows are out of fold too, but come from models that saw other sites of the
    page's own fold. The label of a page never influences its own scores.
    """
    first = _out_of_fold(examples, FIRST, None)
    around = [context(e.layout, e.rows, p) for e, p in zip(examples, first, strict=True)]
    return first, _out_of_fold(examples, SECOND, around)


def fit(examples: Sequence[Example], first: Sequence[Any]) -> tuple[Any, Any]:
    """Both models, trained on all pages. first: the out-of-fold first scores, from which the second model learns."""
    around = [context(e.layout, e.rows, p) for e, p in zip(examples, first, strict=True)]
    return train(*_stack(examples, None), **FIRST), train(*_stack(examples, around), **SECOND)
