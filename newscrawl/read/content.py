"""The content model: the probability (0..1) that each block of a page belongs to the story.

The model is two sets of boosted trees (`content.npz`). The first sees each block, its position, its containers and its
neighbours (`features`); the second sees the same plus the first set's scores around the block (`context`). Both are
trained by `python -m bench.train`, and the file lists the columns that it was made for.

The model judges blocks by their position and neighbours. What else speaks for a block or against it, such as its form
in the story's column, or a rule that knows a share bar by name, is weighed with its score by `newscrawl.decision`;
`python -m bench.parts` measures model and rules without each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from newscrawl.read.columns import CONTEXT, names
from newscrawl.read.context import context
from newscrawl.read.evidence import Evidence
from newscrawl.read.features import features
from newscrawl.read.layout import Layout
from newscrawl.read.trees import Trees

#: A function that returns the probability of each block, in order, to belong to the story.
Judge = Callable[[Layout, Evidence], Sequence[float]]


class Model(NamedTuple):
    """The two sets of trees."""

    first: Trees
    second: Trees


@lru_cache(maxsize=1)
def model() -> Model:
    """The trained model. Raises ValueError if `content.npz` was made for other columns."""
    with files("newscrawl.read").joinpath("content.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        columns = tuple(data["columns"].tolist())
        if columns != (*names(), *CONTEXT):
            raise ValueError("content.npz was made for other columns: run `python -m bench.train` again")
        first, second = (
            Trees(data[f"column{n}"].astype(np.intp), data[f"threshold{n}"], data[f"leaf{n}"]) for n in (1, 2)
        )
    return Model(first, second)


def score_blocks(layout: Layout, evidence: Evidence) -> list[float]:
    """The probability that each block belongs to the story."""
    if not layout.texts:
        return []
    rows = features(layout, evidence)
    first = model().first.probability(rows)
    second = model().second.probability(np.concatenate([rows, context(layout, rows, first)], axis=1))
    scores: list[float] = second.tolist()
    return scores
