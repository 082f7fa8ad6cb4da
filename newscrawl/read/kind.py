"""The page model: the probability (0..1) that a page is an article. What else it may be is up to `newscrawl.check`.

The model (`kind.npz`) sees measures of the whole page: how much of it the content model took for story, how the story
is built and worded, what the page states about itself, and the shape of its URL. It is trained by
`python -m bench.train`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.read.layout import Layout
from newscrawl.read.page_statements import STATEMENT_NAMES, URL_NAMES, statement_measures, url_measures
from newscrawl.read.page_text import TEXT_NAMES, text_measures
from newscrawl.read.structured import Structured
from newscrawl.read.trees import Trees

#: The measures, in the order of the model's columns.
NAMES = (*TEXT_NAMES, *STATEMENT_NAMES, *URL_NAMES)


def page_row(
    layout: Layout, scores: Sequence[float], found: Structured, fields: Mapping[str, Any], url: str
) -> NDArray[np.float32]:
    """The measures of a page, in the order of `NAMES`.

    scores: of the content model. fields: the fields of `Article` that were read.
    """
    measures = {
        **text_measures(layout, scores, fields.get("in_language")),
        **statement_measures(found, fields, layout),
        **url_measures(url, fields.get("headline")),
    }
    return np.array([measures[name] for name in NAMES], dtype=np.float32)


@lru_cache(maxsize=1)
def _trees() -> Trees:
    with files("newscrawl.read").joinpath("kind.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        if tuple(data["columns"].tolist()) != NAMES:
            raise ValueError("kind.npz was made for other columns: run `python -m bench.train` again")
        return Trees(data["column"].astype(np.intp), data["threshold"], data["leaf"])


def article_probability(
    layout: Layout, scores: Sequence[float], found: Structured, fields: Mapping[str, Any], url: str
) -> float:
    """The probability that the page is an article."""
    row = page_row(layout, scores, found, fields, url)
    return round(float(_trees().probability(row[None, :])[0]), 3)
