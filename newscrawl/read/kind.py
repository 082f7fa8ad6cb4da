"""Is this page an article? A chance in 0..1 for the page, by a trained model; what it is else is `check`'s to say.

Sees measures of the whole page: how much of it the content model took for story, how it is spread, what the page
states of itself, and the shape of its address. The model stands in `kind.npz`, made by `python -m bench.train`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from newscrawl.article import Kind
from newscrawl.read.structured import ARTICLE_TYPES, Structured, types
from newscrawl.read.trees import Trees

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

NAMES = (
    "story_words", "sure_words", "story_share", "story_blocks", "mean_score", "best_score", "longest", "long_blocks", "blocks", "words", "link_density", "linked_headings",
    "headings", "list_share", "heading_share", "spread", "switches", "commas", "has_date", "has_author", "has_headline", "json_article", "json_listing", "json_other", "og_article", "og_website",
    "published_meta", "times", "path_depth", "slug_words", "path_digits", "path_date", "is_root", "has_query", "ends_slash", "short_linked",
)  # fmt: skip

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


def page_row(
    layout: Layout, scores: Sequence[float], found: Structured, fields: Mapping[str, Any], url: str
) -> NDArray[np.float32]:
    """One row of the page's measures, in the order of `NAMES`."""
    sizes = np.array(layout.sizes or [0.0])
    p = np.array(list(scores) or [0.0])
    links = np.array(layout.link_shares or [0.0])
    heading = np.array(layout.levels or [0]) > 0
    items = np.array([kind is Kind.LIST_ITEM for kind in layout.kinds] or [False])
    kept, total = p >= 0.5, max(1.0, float(sizes.sum()))
    story = float(sizes[kept].sum())
    where = np.flatnonzero(kept)
    kinds = {t for node in found.nodes for t in types(node)}
    og = (found.first("og:type") or "").lower()
    body = sizes[kept] if kept.any() else np.zeros(1)
    row = (
        np.log1p(story), np.log1p(sizes[p >= 0.8].sum()), story / total, kept.sum(), (p * sizes).sum() / total, p.max(), body.max(), (body >= 25).sum(), len(sizes), np.log1p(total),
        (links * sizes).sum() / total, (heading & (links > 0.7)).sum(), heading.sum(), (items & kept).sum() / max(1, kept.sum()), (heading & kept).sum() / max(1, kept.sum()),
        (where[-1] - where[0] + 1) / max(1, len(where)) if len(where) else 0, np.abs(np.diff(kept.astype(int))).sum(), sum(layout.texts[i].count(",") for i in where) / max(1.0, story),
        bool(fields.get("date_published")), bool(fields.get("authors")), bool(fields.get("headline")), bool(kinds & ARTICLE_TYPES), bool(kinds & _LISTING_TYPES), bool(kinds & _OTHER_TYPES),
        "article" in og, og in ("website", "product", "profile"), bool(found.first("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publish-date")), min(20, len(found.times)),
        *_address(url), ((sizes <= 12) & (links > 0.8)).sum() / len(sizes),
    )  # fmt: skip
    return np.array(row, dtype=np.float32)


def _address(url: str) -> tuple[float, ...]:
    """Depth of the path, words of its last part, digits, a date in it, front page, query, closing slash; -1 when there is no address."""
    parts = urlsplit(url)
    if not parts.netloc:
        return (-1.0,) * 7
    steps = [step for step in unquote(parts.path).split("/") if step]
    slug = steps[-1] if steps else ""
    return (
        len(steps), len([w for w in re.split(r"[-_.]", slug) if len(w) > 1]), len(re.findall(r"\d", parts.path)),
        bool(re.search(r"(19|20)\d\d[/-]?(0[1-9]|1[0-2])", parts.path)), not steps, bool(parts.query), parts.path.endswith("/"),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _trees() -> Trees:
    with files("newscrawl.read").joinpath("kind.npz").open("rb") as file:
        data = np.load(file, allow_pickle=False)
        if tuple(data["columns"].tolist()) != NAMES:
            raise ValueError("kind.npz was made for other measures: run `python -m bench.train` again")
        return Trees(data["column"].astype(np.intp), data["threshold"], data["leaf"])


def article_probability(
    layout: Layout, scores: Sequence[float], found: Structured, fields: Mapping[str, Any], url: str
) -> float:
    """The chance that the page is an article."""
    row = page_row(layout, scores, found, fields, url)
    return round(float(_trees().probability(row[None, :])[0]), 3)
