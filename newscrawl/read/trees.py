"""Walks boosted decision trees with numpy. Knows nothing of pages; trains nothing (that is `bench/train`).

Each tree is a complete binary tree of one depth in heap order: node n has children 2n+1 and 2n+2; a row goes left when
its column's value is at most the threshold. The sum over the trees' leaves is the log odds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """column, threshold: trees × inner nodes. leaf: trees × leaves."""

    column: NDArray[np.intp]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """One log odds a row."""
        count, inner = self.column.shape
        depth = (inner + 1).bit_length() - 1
        flat_column, flat_threshold = self.column.ravel(), self.threshold.ravel()
        base = np.arange(count) * inner
        height, width = rows.shape
        flat = np.ascontiguousarray(rows).ravel()
        offset = (np.arange(height) * width)[:, None]
        node = np.zeros((height, count), dtype=np.intp)
        for _ in range(depth):
            at = node + base
            right = flat.take(flat_column.take(at) + offset) > flat_threshold.take(at)
            node += node
            node += 1
            node += right
        node -= inner
        node += np.arange(count) * (inner + 1)
        result: NDArray[np.float32] = self.leaf.ravel().take(node).sum(axis=1)
        return result

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """One probability a row, 0..1."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        return (1.0 / (1.0 + np.exp(-self.log_odds(rows)))).astype(np.float32)
