"""The features that only the second content model sees: where a block is among those that the first is sure of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin
from newscrawl.read.columns import CONTEXT_OFFSETS, CONTEXT_REACH, SIBLING_STEPS
from newscrawl.read.features import Matrix
from newscrawl.read.layout import Layout
from newscrawl.read.surroundings import same_shape, surroundings

#: The first model is sure of a block whose score is higher.
_SURE = 0.7


@twin
def context(layout: Layout, base: Matrix, p: NDArray[np.float32]) -> Matrix:
    """The features of all blocks, blocks × `newscrawl.read.columns.CONTEXT`.

    base: the result of `features`. p: the first model's scores.
    """
    count, around = len(p), surroundings(layout)
    words_of = np.ascontiguousarray(base[:, 0])
    index = np.arange(count)
    padded = np.concatenate([np.full(CONTEXT_REACH, -1.0), p, np.full(CONTEXT_REACH, -1.0)])
    columns: list[NDArray[Any]] = [p]
    columns += [padded[CONTEXT_REACH + offset : CONTEXT_REACH + offset + count] for offset in CONTEXT_OFFSETS]
    sure = p > _SURE
    words = np.concatenate([[0.0], np.cumsum(words_of)])
    weighted = np.concatenate([[0.0], np.cumsum(words_of * p)])
    sure_blocks = np.concatenate([[0.0], np.cumsum(sure)])
    sure_words = np.concatenate([[0.0], np.cumsum(np.where(sure, words_of, 0.0))])
    all_sure_words = max(1.0, float(sure_words[-1]))
    a, b = around.start, around.stop
    mean = (weighted[b] - weighted[a]) / np.maximum(1.0, words[b] - words[a])
    in_containers = np.stack(
        [mean, (sure_words[b] - sure_words[a]) / all_sure_words, sure_blocks[b] - sure_blocks[a]], axis=1
    )
    columns += [*np.where(around.has_container[:, None], in_containers, -1.0).reshape(-1, count)]
    columns.append((np.bincount(around.group, weights=p) / np.bincount(around.group))[around.group])
    columns += _sibling_scores(layout, p)
    where = np.flatnonzero(sure)
    first, last = (int(where[0]), int(where[-1])) if len(where) else (count, -1)
    columns += [
        np.clip(index - first, -30, 99),
        np.clip(last - index, -30, 99),
        sure_words[:-1] / all_sure_words,
        np.full(count, sure_blocks[-1]),
        np.full(count, p.max()),
        _score_of_heading_above(layout, p),
        (index > first) & (index < last),
        _mean_score(p, -12),
        _mean_score(p, 12),
    ]
    out: Matrix = np.empty((len(columns), count), dtype=np.float32)
    for row, column in enumerate(columns):
        out[row] = column
    rows: Matrix = out.T
    return rows


def _sibling_scores(layout: Layout, p: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """Mean score of the other blocks in siblings of the same tag and class, for a block's element and those above it.

    -1 where there are none.
    """
    shape = same_shape(layout)
    found = []
    for step in range(SIBLING_STEPS):
        group = shape[layout.up[step]]
        others = np.bincount(group)[group] - 1
        total = np.bincount(group, weights=p)[group] - p
        found.append(np.where(others > 0, total / np.maximum(1, others), -1.0))
    return found


def _mean_score(p: NDArray[np.float32], reach: int) -> NDArray[np.float64]:
    """Mean score of the `reach` blocks after a block, or before it if `reach` is negative."""
    sums = np.concatenate([[0.0], np.cumsum(p)])
    index = np.arange(len(p))
    a = np.maximum(0, index + reach) if reach < 0 else index + 1
    b = index if reach < 0 else np.minimum(len(p), index + 1 + reach)
    result: NDArray[np.float64] = (sums[b] - sums[a]) / abs(reach)
    return result


def _score_of_heading_above(layout: Layout, p: NDArray[np.float32]) -> NDArray[np.float64]:
    """Score of the last heading up to a block, itself included; -1 if there is none."""
    heading = np.asarray(layout.levels) > 0
    place = np.maximum.accumulate(np.where(heading, np.arange(len(p)), -1))
    result: NDArray[np.float64] = np.where(place >= 0, p[np.maximum(place, 0)], -1.0)
    return result
