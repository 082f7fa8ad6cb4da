"""The page model: the probability (0..1) that a page is an article. What else it may be is up to `newscrawl.check`.

The model (`kind.npz`) sees measures of the whole page: how much of it the content model took for story, how the story
is spread, what the page states about itself, and the shape of its URL. It is trained by `python -m bench.train`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from newscrawl.article import Kind
from newscrawl.read.layout import Layout
from newscrawl.read.structured import ARTICLE_TYPES, Structured, types
from newscrawl.read.trees import Trees
from newscrawl.urls import split

#: The measures, in the order of the model's columns.
NAMES = (
    "story_words",
    "sure_words",
    "story_share",
    "story_blocks",
    "mean_score",
    "best_score",
    "longest",
    "long_blocks",
    "blocks",
    "words",
    "link_density",
    "linked_headings",
    "headings",
    "list_share",
    "heading_share",
    "spread",
    "switches",
    "commas",
    "has_date",
    "has_author",
    "has_headline",
    "json_article",
    "json_listing",
    "json_other",
    "og_article",
    "og_website",
    "published_meta",
    "times",
    "path_depth",
    "slug_words",
    "path_digits",
    "path_date",
    "is_root",
    "has_query",
    "ends_slash",
    "short_linked",
)

_LISTING_TYPES = {"collectionpage", "itemlist", "searchresultspage", "profilepage"}
_OTHER_TYPES = {
    "product",
    "softwareapplication",
    "discussionforumposting",
    "qapage",
    "localbusiness",
    "service",
    "event",
    "faqpage",
    "webapplication",
    "course",
    "jobposting",
    "offer",
    "aggregateoffer",
}
_PUBLISHED_META = ("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publish-date")


def page_row(
    layout: Layout, scores: Sequence[float], found: Structured, fields: Mapping[str, Any], url: str
) -> NDArray[np.float32]:
    """The measures of a page, in the order of `NAMES`.

    scores: of the content model. fields: the fields of `Article` that were read.
    """
    measures = _text_measures(layout, scores) | _statement_measures(found, fields) | _url_measures(url)
    return np.array([measures[name] for name in NAMES], dtype=np.float32)


def _text_measures(layout: Layout, scores: Sequence[float]) -> dict[str, Any]:
    sizes = np.array(layout.sizes or [0.0])
    p = np.array(list(scores) or [0.0])
    links = np.array(layout.link_shares or [0.0])
    heading = np.array(layout.levels or [0]) > 0
    items = np.array([kind is Kind.LIST_ITEM for kind in layout.kinds] or [False])
    kept, total = p >= 0.5, max(1.0, float(sizes.sum()))
    story = float(sizes[kept].sum())
    where = np.flatnonzero(kept)
    body = sizes[kept] if kept.any() else np.zeros(1)
    return {
        "story_words": np.log1p(story),
        "sure_words": np.log1p(sizes[p >= 0.8].sum()),
        "story_share": story / total,
        "story_blocks": kept.sum(),
        "mean_score": (p * sizes).sum() / total,
        "best_score": p.max(),
        "longest": body.max(),
        "long_blocks": (body >= 25).sum(),
        "blocks": len(sizes),
        "words": np.log1p(total),
        "link_density": (links * sizes).sum() / total,
        "linked_headings": (heading & (links > 0.7)).sum(),
        "headings": heading.sum(),
        "list_share": (items & kept).sum() / max(1, kept.sum()),
        "heading_share": (heading & kept).sum() / max(1, kept.sum()),
        "spread": (where[-1] - where[0] + 1) / max(1, len(where)) if len(where) else 0,
        "switches": np.abs(np.diff(kept.astype(int))).sum(),
        "commas": sum(layout.texts[i].count(",") for i in where) / max(1.0, story),
        "short_linked": ((sizes <= 12) & (links > 0.8)).sum() / len(sizes),
    }


def _statement_measures(found: Structured, fields: Mapping[str, Any]) -> dict[str, Any]:
    json_types = {t for node in found.nodes for t in types(node)}
    og_type = (found.first("og:type") or "").lower()
    return {
        "has_date": bool(fields.get("date_published")),
        "has_author": bool(fields.get("authors")),
        "has_headline": bool(fields.get("headline")),
        "json_article": bool(json_types & ARTICLE_TYPES),
        "json_listing": bool(json_types & _LISTING_TYPES),
        "json_other": bool(json_types & _OTHER_TYPES),
        "og_article": "article" in og_type,
        "og_website": og_type in ("website", "product", "profile"),
        "published_meta": bool(found.first(*_PUBLISHED_META)),
        "times": min(20, len(found.times)),
    }


def _url_measures(url: str) -> dict[str, Any]:
    """Measures of the URL's path; all are -1 if there is no URL."""
    parts = split(url)
    steps = [step for step in unquote(parts.path).split("/") if step]
    slug = steps[-1] if steps else ""
    measures = {
        "path_depth": len(steps),
        "slug_words": len([word for word in re.split(r"[-_.]", slug) if len(word) > 1]),
        "path_digits": len(re.findall(r"\d", parts.path)),
        "path_date": bool(re.search(r"(19|20)\d\d[/-]?(0[1-9]|1[0-2])", parts.path)),
        "is_root": not steps,
        "has_query": bool(parts.query),
        "ends_slash": parts.path.endswith("/"),
    }
    return measures if parts.netloc else dict.fromkeys(measures, -1.0)


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
