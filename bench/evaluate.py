"""python -m bench.evaluate FOLDER SCORES [--worst N]: the whole of `extract` by cross-validation.

FOLDER: pages with truth. SCORES: the out-of-fold block scores that `python -m bench.train FOLDER --scores SCORES` keeps: every
page is judged by a model that saw no page of its site, then stripped and checked as any other. Prints, by set and by
language: 4-word shingle F1, precision, recall, pages right word for word, headline, same-day date, authors' F1, pages empty.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from bench.train.corpus import rows_of
from bench.train.labels import WORD
from bench.train.table import precision_recall
from newscrawl.article import Page
from newscrawl.check import check
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document, read_document
from newscrawl.strip import RULES, strip


def folded(text: str | None) -> str:
    """Words in lower case, parted by one space."""
    return " ".join(WORD.findall((text or "").lower()))


def names_f1(got: list[str], want: list[str]) -> float:
    """F1 of two sets of names."""
    a, b = {folded(x) for x in got if folded(x)}, {folded(x) for x in want if folded(x)}
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def judged(html: bytes, url: str, scores: Any, without: set[str]) -> Any:
    """The article of a page by out-of-fold scores; None when it is refused."""

    def judge(layout, evidence) -> Any:
        return scores.tolist()

    try:
        document = open_document(Page(url, html))
        article = read_document(document, judge) if scores is not None else read_document(document)
        return check(strip(article, without))
    except NewscrawlError as error:
        return error


def row_of(row: dict[str, Any], article: Any) -> dict[str, float]:
    """The measures of one page."""
    if isinstance(article, Exception):
        article = None
    body = article.article_body if article else ""
    out: dict[str, float] = {"empty": float(not body)}
    if row.get("text"):
        out["p"], out["r"] = precision_recall(body, row["text"])
        out["exact"] = float(WORD.findall(body) == WORD.findall(row["text"]))
    flat = " ".join(body.split()).lower()
    for key in ("with", "without"):
        if row.get(key):
            out[f"{key}_hits"] = sum(" ".join(s.split()).lower() in flat for s in row[key])
            out[f"{key}_all"] = len(row[key])
    if row.get("title"):
        out["title"] = float(bool(article) and folded(article.headline) == folded(row["title"]))
    if row.get("authors"):
        out["authors"] = names_f1([p.name for p in article.authors] if article else [], row["authors"])
    if row.get("date"):
        out["date"] = float(
            bool(article and article.date_published) and article.date_published.isoformat()[:10] == row["date"][:10]
        )
    return out


def line(name: str, part: list[dict[str, float]]) -> str:
    """One row of the table."""

    def mean(key):
        return fmean(values) if (values := [x[key] for x in part if key in x]) else float("nan")

    p, r = mean("p"), mean("r")
    hit, wrong, wanted = (sum(x.get(key, 0) for x in part) for key in ("with_hits", "without_hits", "with_all"))
    cells = (
        2 * p * r / (p + r),
        p,
        r,
        mean("exact"),
        2 * hit / (hit + wrong + wanted) if wanted else float("nan"),
        mean("title"),
        mean("date"),
        mean("authors"),
    )
    return (
        f"{name:<16}{len(part):>6}  "
        + "  ".join("     -" if np.isnan(c) else f"{c:>6.4f}" for c in cells)
        + f"  {int(sum(x['empty'] for x in part)):>5}"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("scores", type=Path)
    parser.add_argument("--sets", nargs="+", default=["news", "wcxb", "snippets", "dates"])
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--rules-off", action="store_true", help="without the strip rules")
    parser.add_argument(
        "--unlike",
        choices=("title", "date", "authors"),
        help="list the pages where this field is not as the truth has it",
    )
    args = parser.parse_args()
    scores = dict(np.load(args.scores))
    table: dict[str, list[dict[str, float]]] = defaultdict(list)
    worst, unlike = [], []
    for name, row, html in rows_of(args.folder, tuple(args.sets)):
        article = judged(
            html, row.get("url") or "", scores.get(f"{name}/{row['id']}"), set(RULES) if args.rules_off else set()
        )
        measures = row_of(row, article)
        table[name].append(measures)
        language = re.match(rb"(?is).{0,3000}?<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2})", html[:4000])
        if name != "dates":
            table[f"  {name} {language[1].decode().lower() if language else '?'}"].append(measures)
        if "p" in measures:
            worst.append(
                (
                    measures["p"] + measures["r"],
                    name,
                    row["id"],
                    measures["p"],
                    measures["r"],
                    article if isinstance(article, Exception) else "",
                )
            )
        if args.unlike and measures.get(args.unlike, 1.0) < 1.0:
            got = (
                None
                if isinstance(article, Exception)
                else {
                    "title": article.headline,
                    "date": article.date_published_raw,
                    "authors": [p.name for p in article.authors],
                }[args.unlike]
            )
            unlike.append(f"{name}/{row['id']}: {row[args.unlike]!r} but {got!r}")
    print(
        f"{'':<16}{'pages':>6}  "
        + "  ".join(f"{h:>6}" for h in ("F1", "P", "R", "exact", "snip", "title", "date", "auth"))
        + "  empty"
    )
    for name in sorted(table, key=lambda n: (n.split()[0], n.strip() != n, n)):
        if len(table[name]) >= 5 or not name.startswith(" "):
            print(line(name, table[name]))
    for _, name, page, p, r, error in sorted(worst, key=lambda x: x[0])[: args.worst]:
        print(f"P {p:.2f}  R {r:.2f}  {name}/{page}  {error}")
    print("\n".join(unlike))


if __name__ == "__main__":
    main()
