"""Reads a folder of pages with truth, as `bench/train/README.md` describes it."""

from __future__ import annotations

import gzip
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
from newscrawl.read.features import features
from newscrawl.read.layout import Layout
from newscrawl.read.metadata import read_metadata
from newscrawl.read.structured import collect

SETS = ("news", "wcxb", "snippets")


@dataclass
class Example:
    """One page: its rows, its labels (share of each block that is story), and which of them are known."""

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


def rows_of(folder: Path, sets: tuple[str, ...] = SETS) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """Set, truth and bytes of every page."""
    for name in sets:
        path = folder / name / "truth.jsonl"
        if path.exists():
            for line in filter(None, path.read_text("utf-8").split("\n")):
                row = json.loads(line)
                yield name, row, gzip.decompress((folder / name / "pages" / f"{row['id']}.html.gz").read_bytes())


def examples(folder: Path, sets: tuple[str, ...] = SETS) -> Iterator[Example]:
    """Every page that can be read and has a truth for its text."""
    for name, row, html in rows_of(folder, sets):
        if not (row.get("text") or row.get("with")):
            continue
        try:
            document = open_document(Page(row.get("url") or "", html))
        except NewscrawlError:
            continue
        example = _example(name, row, document)
        if example is not None:
            yield example


def _example(name: str, row: dict[str, Any], document: Document) -> Example | None:
    layout = lay_out(document.tree)
    if not layout.texts:
        return None
    found = collect(document.tree)
    fields, shown = read_metadata(document, found, layout)
    body = found.article().get("articleBody")
    rows = features(layout, fields["headline"], shown, fields["description"], body if isinstance(body, str) else None)
    if row.get("text"):
        shares, coverage = align(layout.texts, row["text"])
        known = np.ones(len(shares), dtype=bool)
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
        {"row": row, "headline": shown},
    )


def _from_snippets(texts: list[str], row: dict[str, Any]) -> tuple[list[float], Any, float]:
    """Labels of the blocks that hold a snippet that must, or must not, be there; the others stay unknown."""
    wanted = [" ".join(tokens(s)) for s in row.get("with", ())]
    unwanted = [" ".join(tokens(s)) for s in row.get("without", ())]
    shares, known, hits = [0.0] * len(texts), np.zeros(len(texts), dtype=bool), 0
    for index, text in enumerate(texts):
        folded = " ".join(tokens(text))
        yes, no = any(s and s in folded for s in wanted), any(s and s in folded for s in unwanted)
        if yes != no:
            shares[index], known[index] = float(yes), True
            hits += 1
    return shares, known, 1.0 if hits else 0.0
