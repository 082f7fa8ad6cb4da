"""Trains the model of page kinds on articles and other pages, with out-of-fold block scores."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from bench.train.content import FOLDS, fold_of
from bench.train.corpus import rows_of
from bench.train.trees import train
from newscrawl.article import Page
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document
from newscrawl.read.blocks import lay_out
from newscrawl.read.content import score_blocks
from newscrawl.read.evidence import evidence_of
from newscrawl.read.kind import page_row
from newscrawl.read.metadata import read_metadata
from newscrawl.read.structured import collect

#: One in so many pages with a text is learned a second time as a plain page, without the site around the text.
PLAIN = 2
_ARTICLE_URLS = (
    "https://site.example/a",
    "https://site.example/2026/01/{}",
    "https://site.example/news/article.php?id=4471",
)
_LISTING_URLS = (
    "https://site.example/",
    "https://site.example/politics/",
    "https://site.example/section/city?page=2",
    "https://site.example/tag/bridge",
)
_CARDS = (
    "<li><a href='/s{0}'>{1}</a></li>",
    "<div><h3><a href='/s{0}'>{1}</a></h3></div>",
    "<div><h2><a href='/s{0}'>{1}</a></h2><p>{2}</p></div>",
)

OPTIONS = {"trees": 80, "depth": 4, "rate": 0.08, "leaf": 15}


def _row(html: bytes, url: str, scores: Any) -> Any:
    document = open_document(Page(url, html))
    layout, found = lay_out(document.tree), collect(document.tree)
    fields, shown = read_metadata(document, found, layout)
    if scores is None or len(scores) != len(layout.texts):
        scores = score_blocks(layout, evidence_of(fields, shown, found, url))
    return page_row(layout, scores, found, fields, url)


def page_rows(folder: Path, scores: dict[tuple[str, str], Any]) -> tuple[Any, Any, list[str]]:
    """Rows, labels (1: article) and sites. A URL that is only a host was made up by its set, and is not used.

    scores: out-of-fold block scores by (set, id). Pages without any are scored by the model in the package, which never
    saw a page that is no article.
    """
    rows, labels, sites = [], [], []
    for name, row, html in rows_of(folder, ("news", "wcxb", "snippets", "dates", "read")):
        url = row.get("url") or ""
        try:
            rows.append(_row(html, url if url.count("/") > 3 else "", scores.get((name, row["id"]))))
        except NewscrawlError:
            continue
        labels.append(float(row.get("article", True)))
        sites.append(row.get("site") or row["id"])
        if row.get("text") and len(rows) % PLAIN == 0:
            for label, html, url in _plain_pages(row):
                rows.append(_row(html, url, None))
                labels.append(label)
                sites.append(row.get("site") or row["id"])
    for line in filter(None, (folder / "other" / "kinds.jsonl").read_text("utf-8").split("\n")):
        row = json.loads(line)
        try:
            html = gzip.decompress((folder / "other" / "pages" / f"{row['id']}.html.gz").read_bytes())
            rows.append(_row(html, row.get("url") or "", None))
        except NewscrawlError:
            continue
        labels.append(0.0)
        sites.append(row.get("url") or row["id"])
    return np.stack(rows), np.array(labels), sites


def _plain_pages(row: dict[str, Any]) -> Iterator[tuple[float, bytes, str]]:
    """The text of an article as a plain page, and a plain list of links made of its sentences.

    From them the model learns that the kind of a page does not depend on how much a site puts around it.
    """
    seed = random.Random(row["id"])
    paragraphs = [p for p in row["text"].split("\n") if p.strip()][: seed.choice((4, 6, 10, 30, 100))]
    title = row.get("title") or paragraphs[0][:60]
    links = "".join(f"<a href='/{n}'>{word}</a> " for n, word in enumerate(title.split()[: seed.randint(0, 8)]))
    related = "".join(f"<li><a href='/{n}'>{p[:60]}</a></li>" for n, p in enumerate(paragraphs[:8]))
    foot = seed.choice(("", "<footer>2026</footer>", f"<aside><ul>{related}</ul></aside>"))
    tag = seed.choice(("article", "main", "div"))
    date = seed.choice(("", "<time datetime='2026-01-05'>5 January</time>", "<p>2026-01-05</p>"))
    slug = "-".join(title.lower().split()[:6])
    url = seed.choice(("", *(pattern.format(slug) for pattern in _ARTICLE_URLS)))
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    head = f"<html><head><title>{escape(title)}</title></head><body><nav>{links}</nav>"
    yield 1.0, f"{head}<{tag}><h1>{escape(title)}</h1>{date}{body}</{tag}>{foot}</body></html>".encode(), url
    card = seed.choice(_CARDS)
    shown = (paragraphs * 20)[: seed.randint(12, 40)]
    cards = "".join(card.format(n, escape(p[:70]), escape(p[70:200])) for n, p in enumerate(shown))
    url = seed.choice(_LISTING_URLS)
    yield 0.0, f"{head}<{tag}><h1>{escape(title.split()[0])}</h1>{cards}</{tag}></body></html>".encode(), url


def cross_validate(rows: Any, labels: Any, sites: Sequence[str]) -> Any:
    """The probability of every page by a model that saw no page of its site."""
    folds = np.array([fold_of(site) for site in sites])
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        inside = folds != fold
        booster = train(rows[inside], labels[inside], None, **OPTIONS)
        scores[~inside] = booster.predict(rows[~inside])
    return scores


def print_kinds(labels: Any, scores: Any) -> None:
    """Print the share of articles refused and of other pages accepted, by threshold."""
    print(f"{'threshold':<12}{'articles refused':>18}{'others accepted':>20}")
    for threshold in (0.05, 0.1, 0.2, 0.3, 0.5):
        lost = float((scores[labels == 1] < threshold).mean())
        through = float((scores[labels == 0] >= threshold).mean())
        print(f"{threshold:<12}{lost:>18.3f}{through:>20.3f}")
