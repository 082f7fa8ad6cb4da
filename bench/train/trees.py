"""Trains boosted trees of bounded depth, and makes the arrays of them that `newscrawl.read.trees` evaluates."""

from __future__ import annotations

from typing import Any

import lightgbm as lgb
import numpy as np


def train(
    rows: Any, labels: Any, weights: Any, trees: int, depth: int, seed: int = 7, rate: float = 0.1, leaf: int = 30
) -> lgb.Booster:
    """A booster for probabilities. Seeds are fixed: the same rows give the same trees, bit for bit."""
    parameters = {
        "objective": "cross_entropy",
        "learning_rate": rate,
        "num_leaves": 2**depth - 1,
        "max_depth": depth,
        "min_data_in_leaf": leaf,
        "feature_fraction": 0.5,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 2.0,
        "max_bin": 127,
        "seed": seed,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 2,
        "verbose": -1,
    }
    return lgb.train(parameters, lgb.Dataset(rows, labels, weight=weights, free_raw_data=True), trees)


def arrays(booster: lgb.Booster, depth: int) -> dict[str, Any]:
    """The trees as complete binary trees: columns and thresholds of inner nodes in heap order, and the leaf values."""
    dump = booster.dump_model()["tree_info"]
    inner, count = 2**depth - 1, len(dump)
    column, threshold = np.zeros((count, inner), np.uint16), np.full((count, inner), np.inf, np.float32)
    leaf = np.zeros((count, 2**depth), np.float32)

    def fill(tree: int, node: dict[str, Any], at: int, level: int) -> None:
        if "leaf_value" in node and "split_index" not in node:
            first = (at + 1) * 2 ** (depth - level) - 2**depth  # the leaves below this node, left to right
            leaf[tree, first : first + 2 ** (depth - level)] = node["leaf_value"]
            return
        column[tree, at] = node["split_feature"]
        cut = np.float32(node["threshold"])
        if float(cut) > node["threshold"]:  # if it were rounded up, a row between the two would go the other way
            cut = np.nextafter(cut, np.float32(-np.inf))
        threshold[tree, at] = cut
        fill(tree, node["left_child"], 2 * at + 1, level + 1)
        fill(tree, node["right_child"], 2 * at + 2, level + 1)

    for number, tree in enumerate(dump):
        fill(number, tree["tree_structure"], 0, 0)
    return {"column": column, "threshold": threshold, "leaf": leaf}
