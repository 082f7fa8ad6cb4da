"""python -m bench.evaluate FOLDER SCORES [--worst N]: the whole of `extract` by cross-validation.

FOLDER: pages with truth. SCORES: the out-of-fold block scores of `python -m bench.train FOLDER --scores SCORES`: each
page is judged by a model and by weights of the decision that saw no page of its site, and then checked as usual. Prints
by set and by language: F1, precision and recall of 4-word shingles, the share of pages that are right word for word,
F1 of snippets, headlines, dates on the same day, F1 of authors, and how many pages have no body. Where the truth has
paragraphs (`read`), also what a reader would say: pages without a wrong block, and wrong and lost blocks a page.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from bench.train.corpus import FOLDS, fold_of, rows_of
from bench.train.labels import WORD
from bench.train.table import precision_recall, shingles
from newscrawl.article import BODY_KINDS, Article, Page
from newscrawl.check import check
from newscrawl.decision import read_weights, using
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document, read_document
from newscrawl.strip import RULES, strip

COLUMNS = ("F1", "P", "R", "exact", "snip", "title", "date", "auth", "clean", "dirt", "lost")
_LANGUAGE = re.compile(rb"(?is).{0,3000}?<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2})")


def folded(text: str | None) -> str:
    """Words in lower case, with one space between them."""
    return " ".join(WORD.findall((text or "").lower()))


def wrong_blocks(body: list[str], truth: list[str]) -> tuple[int, int]:
    """How many blocks of the body the truth has not, and of the truth the body: not half of their 3-word shingles."""
    ours, theirs = ([set(shingles(folded(text), 3)) for text in texts] for texts in (body, truth))

    def lacking(blocks: list[set[Any]], there: list[set[Any]]) -> int:
        known = set().union(*there)
        return sum(len(block & known) < len(block) / 2 for block in blocks)

    return lacking(ours, theirs), lacking(theirs, ours)


def names_f1(got: list[str], want: list[str]) -> float:
    """F1 of two sets of names."""
    a, b = ({folded(name) for name in names if folded(name)} for names in (got, want))
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def judged(html: bytes, url: str, scores: Any, without: set[str]) -> Article | NewscrawlError:
    """The article of a page by out-of-fold scores, or the error that refuses it. without: rules that are off."""

    def judge(layout: Any, evidence: Any) -> Any:
        return scores.tolist()

    try:
        document = open_document(Page(url, html))
        article = read_document(document) if scores is None else read_document(document, judge)
        return check(strip(article, without))
    except NewscrawlError as error:
        return error


def measures_of(row: dict[str, Any], found: Article | NewscrawlError) -> dict[str, float]:
    """The measures of one page, as far as its truth goes. row: its truth."""
    article = found if isinstance(found, Article) else None
    body = article.article_body if article else ""
    out: dict[str, float] = {"empty": float(not body)}
    if row.get("text"):
        out["p"], out["r"] = precision_recall(body, row["text"])
        out["exact"] = float(WORD.findall(body) == WORD.findall(row["text"]))
    if row.get("paragraphs"):
        blocks = [block.text for block in article.blocks if block.kind in BODY_KINDS] if article else []
        out["dirt"], out["lost"] = wrong_blocks(blocks, row["paragraphs"])
        out["clean"] = float(not out["dirt"] and not out["lost"])
    flat = " ".join(body.split()).lower()
    for key in ("with", "without"):
        if row.get(key):
            out[f"{key}_hits"] = sum(" ".join(snippet.split()).lower() in flat for snippet in row[key])
            out[f"{key}_all"] = len(row[key])
    if row.get("title"):
        out["title"] = float(article is not None and folded(article.headline) == folded(row["title"]))
    if row.get("authors"):
        out["authors"] = names_f1([person.name for person in article.authors] if article else [], row["authors"])
    if row.get("date"):
        date = article.date_published if article else None
        out["date"] = float(date is not None and date.isoformat()[:10] == row["date"][:10])
    return out


def line(name: str, pages: list[dict[str, float]]) -> str:
    """One row of the table."""

    def mean(key: str) -> float:
        return fmean(values) if (values := [page[key] for page in pages if key in page]) else float("nan")

    p, r = mean("p"), mean("r")
    hits, wrong, wanted = (sum(page.get(key, 0) for page in pages) for key in ("with_hits", "without_hits", "with_all"))
    snippets = 2 * hits / (hits + wrong + wanted) if wanted else float("nan")
    cells = (2 * p * r / (p + r), p, r, mean("exact"), snippets, mean("title"), mean("date"), mean("authors"))
    cells += (mean("clean"), mean("dirt"), mean("lost"))
    shown = "  ".join("     -" if np.isnan(cell) else f"{cell:>6.4f}" for cell in cells)
    return f"{name:<16}{len(pages):>6}  {shown}  {int(sum(page['empty'] for page in pages)):>5}"


class Evaluation:
    """Measures of all pages. unlike: a field whose differences from the truth are listed."""

    def __init__(self, unlike: str | None) -> None:
        self.unlike = unlike
        self.table: dict[str, list[dict[str, float]]] = defaultdict(list)
        self.by_quality: list[tuple[float, str]] = []
        self.differences: list[str] = []

    def add(self, name: str, row: dict[str, Any], html: bytes, found: Article | NewscrawlError) -> None:
        """Add a page of a set."""
        measures = measures_of(row, found)
        self.table[name].append(measures)
        if name != "dates":
            language = _LANGUAGE.match(html[:4000])
            self.table[f"  {name} {language[1].decode().lower() if language else '?'}"].append(measures)
        page = f"{name}/{row['id']}"
        if "p" in measures:
            p, r = measures["p"], measures["r"]
            error = "" if isinstance(found, Article) else found
            self.by_quality.append((p + r, f"P {p:.2f}  R {r:.2f}  {page}  {error}"))
        if self.unlike and measures.get(self.unlike, 1.0) < 1.0:
            self.differences.append(f"{page}: {row[self.unlike]!r} but {self._field(found)!r}")

    def _field(self, found: Article | NewscrawlError) -> Any:
        if not isinstance(found, Article):
            return None
        authors = [person.name for person in found.authors]
        return {"title": found.headline, "date": found.date_published_raw, "authors": authors}[self.unlike or ""]

    def print(self, worst: int) -> None:
        """Print the table, the worst pages, and the differences."""
        print(f"{'':<16}{'pages':>6}  " + "  ".join(f"{column:>6}" for column in COLUMNS) + "  empty")
        for name in sorted(self.table, key=lambda name: (name.split()[0], name.strip() != name, name)):
            if len(self.table[name]) >= 5 or not name.startswith(" "):
                print(line(name, self.table[name]))
        for _, text in sorted(self.by_quality, key=lambda entry: entry[0])[:worst]:
            print(text)
        print("\n".join(self.differences))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("scores", type=Path)
    parser.add_argument("--sets", nargs="+", default=["news", "wcxb", "snippets", "dates", "read"])
    parser.add_argument("--worst", type=int, default=0, help="list so many pages with the lowest scores")
    parser.add_argument("--rules-off", action="store_true", help="without the strip rules")
    parser.add_argument(
        "--unlike", choices=("title", "date", "authors"), help="list the pages on which this field differs"
    )
    args = parser.parse_args()
    scores = dict(np.load(args.scores))
    weights = [read_weights(str(scores.pop(f"weights/{fold}"))) for fold in range(FOLDS)]
    evaluation = Evaluation(args.unlike)
    without = set(RULES) if args.rules_off else set()
    for name, row, html in rows_of(args.folder, tuple(args.sets)):
        if not row.get("article", True):
            continue
        page_scores = scores.get(f"{name}/{row['id']}")
        with using(weights[fold_of(row.get("site") or row["id"])]):
            evaluation.add(name, row, html, judged(html, row.get("url") or "", page_scores, without))
    evaluation.print(args.worst)


if __name__ == "__main__":
    main()
