"""Trains the model of page kinds on articles and other pages, with out-of-fold block scores."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.train.content import FOLDS, fold_of
from bench.train.corpus import rows_of
from bench.train.made_kinds import made_kinds
from bench.train.trees import arrays, train
from newscrawl.article import Page
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document
from newscrawl.read.blocks import lay_out
from newscrawl.read.content import score_blocks
from newscrawl.read.evidence import evidence_of
from newscrawl.read.kind import NAMES, page_row
from newscrawl.read.language import language_of_text
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

OPTIONS = {"trees": 200, "depth": 4, "rate": 0.05, "leaf": 10}
#: How much a page counts, by its set: those of `read` were judged by readers, and 17 of them are no articles. The
#: crawler reads pages of news publishers, as those of `news` are.
WEIGHT = {"news": 2.0, "read": 3.0, "wcxb": 0.7, "snippets": 0.8, "dates": 0.8, "made": 0.6}
NO_ARTICLE = {"read": 6.0, "snippets": 2.0}
#: How many pages are made of kinds of which the sets have few.
MADE = 1_200
#: A page with fewer words of story is no example of an article: its text needs scripts, or was not found.
LEAST_WORDS = 12


class Pages(NamedTuple):
    """Examples of the page model. labels: 1 for an article. weights: how much each counts. sets: where each is from."""

    rows: Any
    labels: Any
    weights: Any
    sites: list[str]
    sets: list[str]


class _Collected:
    """Collects examples."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.others: list[tuple[float, float, str, str]] = []

    def add(self, name: str, row: Any, label: float, site: str) -> None:
        """Add a page of a set."""
        if label and row[NAMES.index("story_words")] < np.log1p(LEAST_WORDS):
            return
        weight = WEIGHT.get(name, 1.0) if label else NO_ARTICLE.get(name, WEIGHT.get(name, 1.0))
        self.rows.append(row)
        self.others.append((label, weight, site, name))

    def pages(self) -> Pages:
        """All that was collected."""
        labels, weights, sites, sets = zip(*self.others, strict=True)
        return Pages(np.stack(self.rows), np.array(labels), np.array(weights), list(sites), list(sets))


def _row(html: bytes, url: str, scores: Any) -> Any:
    document = open_document(Page(url, html))
    layout, found = lay_out(document.tree), collect(document.tree)
    fields, shown = read_metadata(document, found, layout)
    if scores is None or len(scores) != len(layout.texts):
        scores = score_blocks(layout, evidence_of(fields, shown, found, url))
    text = "\n".join(layout.texts[i] for i in np.flatnonzero(np.asarray(scores) >= 0.5))
    fields["in_language"] = language_of_text(text, fields["in_language"])
    return page_row(layout, scores, found, fields, url)


def _no_articles() -> set[str]:
    """SET/ID of pages that are no articles, though their set has only articles."""
    lines = Path(__file__).with_name("no_articles.txt").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def page_rows(folder: Path, scores: dict[tuple[str, str], Any]) -> Pages:
    """The examples of all sets, and made ones. A URL that is only a host was made up by its set, and is not used.

    scores: out-of-fold block scores by (set, id). Pages without any are scored by the model in the package, which never
    saw a page that is no article.
    """
    found, no_articles = _Collected(), _no_articles()
    for number, (name, row, html) in enumerate(rows_of(folder, ("news", "wcxb", "snippets", "dates", "read"))):
        url, site = row.get("url") or "", row.get("site") or row["id"]
        label = float(row.get("article", True) and f"{name}/{row['id']}" not in no_articles)
        try:
            made_row = _row(html, url if url.count("/") > 3 else "", scores.get((name, row["id"])))
        except NewscrawlError:
            continue
        found.add(name, made_row, label, site)
        if row.get("text") and label and number % PLAIN == 0:
            for label, html, url in _plain_pages(row):
                found.add("made", _row(html, url, None), label, site)
    for line in filter(None, (folder / "other" / "kinds.jsonl").read_text("utf-8").split("\n")):
        row = json.loads(line)
        html = gzip.decompress((folder / "other" / "pages" / f"{row['id']}.html.gz").read_bytes())
        try:
            found.add("other", _row(html, row.get("url") or "", None), 0.0, row.get("url") or row["id"])
        except NewscrawlError:
            continue
    for label, html, url, site in made_kinds(MADE):
        found.add("made", _row(html, url, None), label, site)
    return found.pages()


def learned(folder: Path, scores: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """The page model, trained on all pages, as arrays; prints how good it is by cross-validation."""
    pages = page_rows(folder, scores)
    print_kinds(pages, cross_validate(pages))
    model = arrays(train(pages.rows, pages.labels, pages.weights, **OPTIONS), int(OPTIONS["depth"]))
    return {"columns": np.array(NAMES), **model}


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


def cross_validate(pages: Pages) -> Any:
    """The probability of every page by a model that saw no page of its site."""
    folds = np.array([fold_of(site) for site in pages.sites])
    scores = np.zeros(len(pages.labels))
    for fold in range(FOLDS):
        inside = folds != fold
        booster = train(pages.rows[inside], pages.labels[inside], pages.weights[inside], **OPTIONS)
        scores[~inside] = booster.predict(pages.rows[~inside])
    return scores


def print_kinds(pages: Pages, scores: Any) -> None:
    """Print how many articles would be refused and how many other pages accepted, by set and threshold."""
    thresholds = (0.1, 0.2, 0.3, 0.4, 0.5)
    print(f"{'':<28}{'pages':>6}" + "".join(f"{threshold:>7}" for threshold in thresholds))
    sets = np.array(pages.sets)
    for name in dict.fromkeys(pages.sets):
        for label, wrong in ((1, "articles refused"), (0, "others accepted")):
            of = scores[(sets == name) & (pages.labels == label)]
            counts = [int((of < t).sum() if label else (of >= t).sum()) for t in thresholds]
            if len(of):
                print(f"{name:<10}{wrong:<18}{len(of):>6}" + "".join(f"{count:>7}" for count in counts))
