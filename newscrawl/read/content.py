"""Which blocks are the story: a chance in 0..1 for each block of a Layout, by a trained model.

Two sets of boosted trees (`content.npz`): the first sees each block, its place, its containers and its neighbours
(`features`); the second sees that and the first one's scores around the block (`context`). They are made by
`python -m bench.train`; the file names the columns it was made for. What can be named (an advertisement label, a
share bar) is left to the rules of `strip`; the model judges what only its place and company tell (what each does without the
other: `python -m bench.parts`). What it doubts in the story's own column, `column` brings back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newscrawl.read.features import CONTEXT, context, features, names
from newscrawl.read.trees import Trees

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout


class Evidence(NamedTuple):
    """What the page states that bears on its text. shown: index of the block that shows the headline, if any.
    json_body: JSON-LD's articleBody, if any."""

    headline: str | None = None
    shown: int | None = None
    description: str | None = None
    json_body: str | None = None


#: The seam: what gives each block of a page its chance to be story, in the order of the blocks.
Judge = Callable[["Layout", Evidence], Sequence[float]]


class Model(NamedTuple):
    """Both sets of trees."""

    first: Trees
    second: Trees


@lru_cache(maxsize=1)
def model() -> Model:
    """The trained model. Raises ValueError when the file was made for other columns than `features` gives."""
    with files("newscrawl.read").joinpath("content.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        columns = tuple(data["columns"].tolist())
        if columns != (*names(), *CONTEXT):
            raise ValueError("content.npz was made for other features: run `python -m bench.train` again")
        first, second = (
            Trees(data[f"column{n}"].astype(np.intp), data[f"threshold{n}"], data[f"leaf{n}"]) for n in (1, 2)
        )
    return Model(first, second)


def score_blocks(layout: Layout, evidence: Evidence) -> list[float]:
    """The chance that each block belongs to the story."""
    if not layout.texts:
        return []
    rows = features(layout, *evidence)
    first = model().first.probability(rows)
    second = model().second.probability(np.concatenate([rows, context(layout, rows, first)], axis=1))
    scores: list[float] = second.tolist()
    return scores
