"""Reads a folder of pages with truth, as `bench/train/README.md` describes it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.train.labels import align, tokens
from newscrawl.article import Page
from newscrawl.errors import NewscrawlError
from newscrawl.read.blocks import lay_out
from newscrawl.read.document import Document, open_document
from newscrawl.read.evidence import evidence_of
from newscrawl.read.features import features
from newscrawl.read.layout import Layout
from newscrawl.read.metadata import read_metadata
from newscrawl.read.structured import collect

SETS = ("news", "wcxb", "snippets", "read")
#: Weights of pages by their set. The crawler reads pages of news publishers; the truth of `read` is a reader's.
WEIGHT = {"news": 4.0, "read": 8.0, "wcxb": 0.6}
FOLDS = 5


@dataclass
class Example:
    """One page. rows: features of its blocks. shares: how much of each block is story. known: which shares are known.

    coverage: the share of the truth that is on the page.
    """

    set: str
    id: str
    site: str
    layout: Layout
    rows: Any
    shares: Any
    known: Any
    truth: str
    language: str
    coverage: float
    extra: dict[str, Any] = field(default_factory=dict)


def fold_of(site: str) -> int:
    """The fold of a site: the same in every run."""
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS


def rows_of(folder: Path, sets: tuple[str, ...] = SETS) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """Set, truth and bytes of every page. Of `snippets`, pages that `read` has are left out: its truth is better."""
    better = _ids(folder, "read") if "read" in sets else set()
    for name in sets:
        path = folder / name / "truth.jsonl"
        if path.exists():
            for line in filter(None, path.read_text("utf-8").split("\n")):
                row = json.loads(line)
                if f"{name}_{row['id']}" in better:
                    continue
                yield name, row, gzip.decompress((folder / name / "pages" / f"{row['id']}.html.gz").read_bytes())


def _ids(folder: Path, name: str) -> set[str]:
    path = folder / name / "truth.jsonl"
    return {json.loads(line)["id"] for line in path.read_text("utf-8").split("\n") if line} if path.exists() else set()


def examples(folder: Path, sets: tuple[str, ...] = SETS) -> Iterator[Example]:
    """Every page that can be read and whose truth has text or snippets."""
    for name, row, html in rows_of(folder, sets):
        example = example_of(name, row, html) if row.get("text") or row.get("with") else None
        if example is not None:
            yield example


def example_of(name: str, row: dict[str, Any], html: bytes) -> Example | None:
    """A page of a set as an example; None where it cannot be read."""
    try:
        document = open_document(Page(row.get("url") or "", html))
    except NewscrawlError:
        return None
    return _example(name, row, document)


def _example(name: str, row: dict[str, Any], document: Document) -> Example | None:
    layout = lay_out(document.tree)
    if not layout.texts:
        return None
    found = collect(document.tree)
    fields, shown = read_metadata(document, found, layout)
    rows = features(layout, evidence_of(fields, shown, found, document.page.url))
    if row.get("text"):
        shares, coverage = align(layout.texts, row["text"])
        known = np.ones(len(shares), dtype=bool)
        if name == "news":
            known[list(_perhaps_stand_first(layout, shares, shown))] = False
    else:
        shares, known, coverage = _from_snippets(layout.texts, row)
    language = (fields["in_language"] or "?").split("-")[0]
    return Example(
        name,
        row["id"],
        row.get("site") or row["id"],
        layout,
        rows,
        np.asarray(shares),
        known,
        row.get("text") or "",
        language,
        coverage,
        {"row": row, "headline": shown, "description": fields["description"]},
    )


def _perhaps_stand_first(layout: Layout, shares: list[float], headline: int | None) -> Iterator[int]:
    """The blocks between headline and story that could be a stand-first, which some truths of `news` leave out."""
    first = next((index for index, share in enumerate(shares) if share >= 0.5), 0)
    for index in range(first if headline is None else headline + 1, first):
        if layout.sizes[index] >= 8 and not layout.link_shares[index]:
            yield index


def _from_snippets(texts: list[str], row: dict[str, Any]) -> tuple[list[float], Any, float]:
    """Labels of the blocks with a snippet that must or must not be there; the others are unknown."""
    wanted = [" ".join(tokens(snippet)) for snippet in row.get("with", ())]
    unwanted = [" ".join(tokens(snippet)) for snippet in row.get("without", ())]
    shares, known, hits = [0.0] * len(texts), np.zeros(len(texts), dtype=bool), 0
    for index, text in enumerate(texts):
        folded = " ".join(tokens(text))
        yes = any(snippet and snippet in folded for snippet in wanted)
        no = any(snippet and snippet in folded for snippet in unwanted)
        if yes != no:
            shares[index], known[index] = float(yes), True
            hits += 1
    return shares, known, 1.0 if hits else 0.0
