"""python -m bench.cost FOLDER [--sets news wcxb] [--pages N] [--rounds R]: CPU of one page through `extract`, part by part.

FOLDER: pages with truth, as `bench/train/README.md` describes it. The same pages go, in one process and in turn, R rounds, through
lxml (`lxml.html.document_fromstring` of the decoded text), lexbor (selectolax), every part of newscrawl, the whole of
`newscrawl.extract`, and trafilatura (`bare_extraction` with metadata) if it is installed. Of each page the least process CPU time
of the rounds counts. Prints milliseconds (median, 90th and 99th percentile of the pages), each in lxml parses of the same page
(median of the pages' ratios) and as a share of `extract`; then the slowest pages. A wall clock is not looked at.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import numpy as np
from selectolax.lexbor import LexborHTMLParser

from bench.train.corpus import rows_of
from newscrawl import extract
from newscrawl.article import Page
from newscrawl.check import check
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document, read_document
from newscrawl.read.blocks import lay_out
from newscrawl.read.content import Evidence, model
from newscrawl.read.context import context
from newscrawl.read.decoding import decode
from newscrawl.read.features import features
from newscrawl.read.kind import article_probability
from newscrawl.read.metadata import read_metadata
from newscrawl.read.structured import collect
from newscrawl.rights import read_rights
from newscrawl.strip import strip

PARTS = (
    "open",
    "lay out",
    "collect",
    "metadata",
    "features",
    "trees+context",
    "kind",
    "nouns",
    "strip",
    "check",
    "rights",
)
Times = dict[str, float]


def measured(times: Times, name: str, work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work` gives; its CPU milliseconds go into `times`. A refusal (NewscrawlError) is a result like another."""
    started = time.process_time_ns()
    try:
        result = work(*arguments)
    except NewscrawlError as error:
        result = error
    times[name] = (time.process_time_ns() - started) / 1e6
    return result


def parts_of(times: Times, url: str, html: bytes) -> int:
    """Measure each part of newscrawl on one page; the number of its blocks. "nouns" is what `read_document` does besides the other parts."""
    document = measured(times, "open", open_document, Page(url, html))
    if isinstance(document, NewscrawlError):
        return 0
    layout = measured(times, "lay out", lay_out, document.tree)
    found = measured(times, "collect", collect, document.tree)
    fields, shown = measured(times, "metadata", read_metadata, document, found, layout)
    body = found.article().get("articleBody")
    evidence = Evidence(fields["headline"], shown, fields["description"], body if isinstance(body, str) else None)
    rows = measured(times, "features", features, layout, *evidence)
    scores = measured(times, "trees+context", judged, layout, rows)
    measured(times, "kind", article_probability, layout, scores, found, fields, url)
    article = measured(times, "read", read_document, document)
    times["nouns"] = max(0.0, times.pop("read") - sum(times[part] for part in PARTS[1:7]))
    measured(times, "check", check, measured(times, "strip", strip, article))
    measured(times, "rights", read_rights, document)
    return len(layout.texts)


def judged(layout: Any, rows: Any) -> list[float]:
    """Scores of the content model for rows that are made already."""
    if not len(rows):
        return []
    first = model().first.probability(rows)
    scores: list[float] = (
        model().second.probability(np.concatenate([rows, context(layout, rows, first)], axis=1)).tolist()
    )
    return scores


def peer() -> Callable[[bytes], Any] | None:
    """trafilatura's extraction; None when it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    return lambda html: trafilatura.bare_extraction(html, with_metadata=True)


def once(url: str, html: bytes, text: str, rival: Callable[[bytes], Any] | None) -> tuple[Times, int]:
    """One round of one page: CPU milliseconds of everything, and the number of its blocks."""
    times: Times = {}
    measured(times, "lxml", lxml.html.document_fromstring, text)
    measured(times, "lexbor", LexborHTMLParser, html)
    blocks = parts_of(times, url, html)
    measured(times, "extract", extract, html, url)
    if rival is not None:
        measured(times, "trafilatura", rival, html)
    return times, blocks


def chosen(folder: Path, sets: list[str], count: int) -> Iterator[tuple[str, str, bytes, str]]:
    """Name, address, bytes and text of `count` pages, spread evenly over the sets; pages that nobody can parse are left out."""
    rows = list(rows_of(folder, tuple(sets)))
    for name, row, html in rows[:: max(1, len(rows) // count)] if count else rows:
        text = decode(html)[0] or html.decode("utf-8")
        if text.strip() and not text.lstrip().startswith("<?xml"):  # lxml refuses a str that declares an encoding
            yield f"{name}/{row['id']}", row.get("url") or "", html, text


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=["news", "wcxb"])
    parser.add_argument("--pages", type=int, default=150, help="how many, spread evenly over the sets; 0 for all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slowest", type=int, default=8)
    parser.add_argument("--alone", action="store_true", help="leave trafilatura out")
    args = parser.parse_args()
    pages = list(chosen(args.folder, args.sets, args.pages))
    if not pages:
        raise SystemExit(f"no pages of {' '.join(args.sets)} in {args.folder}")
    rival = None if args.alone else peer()
    if rival is None and not args.alone:
        print("trafilatura is not installed: left out (pip install -r requirements-bench.txt)")
    least: list[Times] = [{} for _ in pages]
    blocks = [0] * len(pages)
    for _, url, html, text in pages[:5]:  # models, expressions and word lists are loaded once a process
        once(url, html, text, rival)
    for turn in range(args.rounds):
        for n, (_, url, html, text) in enumerate(pages):
            times, blocks[n] = once(url, html, text, rival)
            least[n] = {name: min(value, least[n].get(name, value)) for name, value in times.items()}
            if n % 10 == 9 or n == len(pages) - 1:
                print(
                    f"\rround {turn + 1} of {args.rounds}: page {n + 1} of {len(pages)} ",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
    print(file=sys.stderr)
    report(pages, least, blocks, args.slowest)


def report(pages: list[tuple[str, str, bytes, str]], least: list[Times], blocks: list[int], slowest: int) -> None:
    """Print the tables."""
    print(
        f"{len(pages)} pages, median {np.median([len(html) for _, _, html, _ in pages]) / 1000:.0f} kB and {np.median(blocks):.0f} blocks"
    )
    print(f"{'':<16}{'median ms':>10}{'p90':>8}{'p99':>8}{'x lxml':>9}{'share':>8}")
    for name in ("lxml", "lexbor", *PARTS, "extract", "trafilatura"):
        known = [times for times in least if name in times]
        if known:
            values = np.array([times[name] for times in known])
            ratio = np.median([times[name] / times["lxml"] for times in known])
            share = f"{np.median([times[name] / times['extract'] for times in known]):>8.1%}" if name in PARTS else ""
            print(
                f"{name:<16}{np.median(values):>10.2f}{np.percentile(values, 90):>8.2f}{np.percentile(values, 99):>8.2f}{ratio:>9.2f}{share}"
            )
    if "trafilatura" in least[0]:
        print(
            f"trafilatura / extract: {np.median([times['trafilatura'] / times['extract'] for times in least]):.2f} (median of the pages)"
        )
    print("slowest:")
    for n in sorted(range(len(pages)), key=lambda n: -least[n]["extract"])[:slowest]:
        worst = sorted(PARTS, key=lambda part: -least[n].get(part, 0.0))[:3]
        print(f"  {least[n]['extract']:>7.1f} ms  {least[n]['extract'] / least[n]['lxml']:>5.1f} lxml  {len(pages[n][2]) / 1000:>6.0f} kB  {blocks[n]:>5} blocks  {pages[n][0]}  "
              + ", ".join(f"{part} {least[n].get(part, 0.0):.1f}" for part in worst))  # fmt: skip


if __name__ == "__main__":
    main()
