"""Evaluates boosted decision trees with numpy, for all rows and all trees at once. Training is in `bench/train`.

All trees are complete binary trees of the same depth, stored in heap order: node n has the children 2n+1 and 2n+2. A
row goes left if the value in the node's column is at most the threshold. The sum over the trees' leaves is the log
odds.

Rows are not traced from node to node. Each distinct question (column, threshold) is answered once for all rows, and the
answers are packed into one bit per row. Which rows reach a node is then a bitwise "and" of such words, 64 rows at a
time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin

#: Most rows that are evaluated at once; more would only take more memory.
CHUNK = 512


class _Plan(NamedTuple):
    """How to evaluate the trees.

    columns, thresholds: the distinct questions.
    levels: for each level from the root down, nodes × trees: the question of each node. The nodes of a level are in
        the order of the answers that lead to them, where the last answer is the most significant bit.
    base: the number of the first leaf of each tree.
    """

    columns: NDArray[np.intp]
    thresholds: NDArray[np.float32]
    levels: tuple[NDArray[np.intp], ...]
    base: NDArray[np.intp]


@dataclass(frozen=True)
class Trees:
    """Boosted trees. column, threshold: trees × inner nodes. leaf: trees × leaves."""

    column: NDArray[np.intp]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]

    @cached_property
    def _plan(self) -> _Plan:
        count, inner = self.column.shape
        asked = np.stack([self.column.ravel().astype(np.float64), self.threshold.ravel().astype(np.float64)])
        questions, number = np.unique(asked, axis=1, return_inverse=True)
        number = number.reshape(count, inner).T
        levels: list[NDArray[np.intp]] = []
        order = np.zeros(1, dtype=np.intp)
        while len(levels) < (inner + 1).bit_length() - 1:
            levels.append(np.ascontiguousarray(number[order]))
            order = np.concatenate([2 * order + 1, 2 * order + 2])
        return _Plan(
            questions[0].astype(np.intp),
            questions[1].astype(np.float32)[:, None],
            tuple(levels),
            np.arange(count)[:, None] * (inner + 1),
        )

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log odds of each row."""
        return log_odds(self, rows)

    def evaluated(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log odds of at most `CHUNK` rows."""
        plan, count, trees = self._plan, len(rows), len(self.leaf)
        columns = np.zeros((rows.shape[1], -(-count // 64) * 64), dtype=np.float32)
        columns[:, :count] = rows.T
        answers = columns.take(plan.columns, axis=0) > plan.thresholds
        words = np.packbits(answers.ravel()).view(np.uint64).reshape(len(answers), -1)
        # the rows that reach each node of the current level
        reached = np.full((1, trees, words.shape[1]), np.iinfo(np.uint64).max, dtype=np.uint64)
        leaf = np.zeros((trees, columns.shape[1]), dtype=np.uint8 if self.leaf.shape[1] <= 256 else np.intp)
        for level in plan.levels:
            right = words.take(level, axis=0)
            right &= reached
            went_right = np.bitwise_or.reduce(right, axis=0)  # the rows that go right at any node of the level
            leaf <<= 1
            leaf |= np.unpackbits(went_right.view(np.uint8), axis=1)
            reached = np.concatenate([reached ^ right, right])
        values = self.leaf.ravel().take(leaf[:, :count] + plan.base)
        result: NDArray[np.float32] = np.ascontiguousarray(values.T).sum(axis=1)
        return result

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability of each row, 0..1."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        return (1.0 / (1.0 + np.exp(-self.log_odds(rows)))).astype(np.float32)


@twin
def log_odds(trees: Trees, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The log odds of each row."""
    return np.concatenate(
        [trees.evaluated(rows[start : start + CHUNK]) for start in range(0, len(rows), CHUNK)]
        or [np.zeros(0, dtype=np.float32)]
    )
