"""python -m bench.cost FOLDER [--sets news wcxb] [--pages N] [--rounds R]: CPU time of a page in `extract`, by part.

FOLDER: pages with truth, as `bench/train/README.md` describes it. The same pages go in turn, R rounds in one process,
through lxml (`lxml.html.document_fromstring` of the decoded text), lexbor (selectolax), every part of newscrawl, all of
`newscrawl.extract`, and, if it is installed, trafilatura (`bare_extraction` with metadata). The lowest CPU time of the
rounds counts for each page; wall-clock time is not measured. Prints milliseconds (median, 90th and 99th percentile of
the pages), each as a multiple of the time that lxml takes to parse the page (median of the ratios) and as a share of
`extract`; then the slowest pages.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from newscrawl.read.content import model
from newscrawl.read.context import context
from newscrawl.read.decoding import decode
from newscrawl.read.evidence import evidence_of
from newscrawl.read.features import features
from newscrawl.read.kind import article_probability
from newscrawl.read.metadata import read_metadata
from newscrawl.read.structured import collect
from newscrawl.rights import read_rights
from newscrawl.strip import strip

#: Parts of `read_document` that are measured by themselves. "remaining" is what it does besides.
READ_PARTS = ("lay out", "collect", "metadata", "features", "trees+context", "kind")
PARTS = ("open", *READ_PARTS, "remaining", "strip", "check", "rights")
Times = dict[str, float]
Peer = Callable[[bytes], Any]


@dataclass
class Sample:
    """A page to measure. least: the lowest CPU milliseconds of each part so far. blocks: their number."""

    name: str
    url: str
    html: bytes
    text: str
    least: Times = field(default_factory=dict)
    blocks: int = 0

    def measure(self, peer: Peer | None) -> None:
        """One round."""
        times: Times = {}
        timed(times, "lxml", lxml.html.document_fromstring, self.text)
        timed(times, "lexbor", LexborHTMLParser, self.html)
        self.blocks = time_parts(times, self.url, self.html)
        timed(times, "extract", extract, self.html, self.url)
        if peer is not None:
            timed(times, "trafilatura", peer, self.html)
        self.least = {name: min(value, self.least.get(name, value)) for name, value in times.items()}


def timed(times: Times, name: str, work: Callable[..., Any], *arguments: Any) -> Any:
    """The result of `work`, or the NewscrawlError that it raised; its CPU milliseconds go into `times`."""
    started = time.process_time_ns()
    try:
        result = work(*arguments)
    except NewscrawlError as error:
        result = error
    times[name] = (time.process_time_ns() - started) / 1e6
    return result


def time_parts(times: Times, url: str, html: bytes) -> int:
    """Measure each part of newscrawl on one page; returns the number of its blocks."""
    document = timed(times, "open", open_document, Page(url, html))
    if isinstance(document, NewscrawlError):
        return 0
    layout = timed(times, "lay out", lay_out, document.tree)
    found = timed(times, "collect", collect, document.tree)
    fields, shown = timed(times, "metadata", read_metadata, document, found, layout)
    evidence = evidence_of(fields, shown, found, url)
    rows = timed(times, "features", features, layout, evidence)
    scores = timed(times, "trees+context", scored, layout, rows)
    timed(times, "kind", article_probability, layout, scores, found, fields, url)
    article = timed(times, "read", read_document, document)
    times["remaining"] = max(0.0, times.pop("read") - sum(times[part] for part in READ_PARTS))
    timed(times, "check", check, timed(times, "strip", strip, article))
    timed(times, "rights", read_rights, document)
    return len(layout.texts)


def scored(layout: Any, rows: Any) -> list[float]:
    """The content model's scores for rows of features."""
    if not len(rows):
        return []
    first = model().first.probability(rows)
    with_context = np.concatenate([rows, context(layout, rows, first)], axis=1)
    scores: list[float] = model().second.probability(with_context).tolist()
    return scores


def installed_peer() -> Peer | None:
    """trafilatura's extraction; None when it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    return lambda html: trafilatura.bare_extraction(html, with_metadata=True)


def samples(folder: Path, sets: list[str], count: int) -> Iterator[Sample]:
    """So many pages, spread evenly over the sets (0: all), without those that lxml cannot parse."""
    rows = list(rows_of(folder, tuple(sets)))
    for name, row, html in rows[:: max(1, len(rows) // count)] if count else rows:
        text = decode(html)[0] or html.decode("utf-8")
        if text.strip() and not text.lstrip().startswith("<?xml"):  # lxml refuses a str that declares an encoding
            yield Sample(f"{name}/{row['id']}", row.get("url") or "", html, text)


def measure(pages: list[Sample], rounds: int, peer: Peer | None) -> None:
    """Measure all pages, and show the progress."""
    for page in pages[:5]:  # models, expressions and word lists are loaded once a process
        page.measure(peer)
        page.least = {}
    for turn in range(1, rounds + 1):
        for number, page in enumerate(pages, 1):
            page.measure(peer)
            if number % 10 == 0 or number == len(pages):
                progress = f"\rround {turn} of {rounds}: page {number} of {len(pages)} "
                print(progress, end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def report(pages: list[Sample], slowest: int) -> None:
    """Print the tables. slowest: how many of the slowest pages."""
    size, blocks = np.median([len(page.html) for page in pages]), np.median([page.blocks for page in pages])
    print(f"{len(pages)} pages, median {size / 1000:.0f} kB and {blocks:.0f} blocks")
    print(f"{'':<16}{'median ms':>10}{'p90':>8}{'p99':>8}{'x lxml':>9}{'share':>8}")
    for name in ("lxml", "lexbor", *PARTS, "extract", "trafilatura"):
        known = [page.least for page in pages if name in page.least]
        if known:
            values = np.array([times[name] for times in known])
            ratio = np.median([times[name] / times["lxml"] for times in known])
            share = f"{np.median([times[name] / times['extract'] for times in known]):>8.1%}" if name in PARTS else ""
            p90, p99 = np.percentile(values, [90, 99])
            print(f"{name:<16}{np.median(values):>10.2f}{p90:>8.2f}{p99:>8.2f}{ratio:>9.2f}{share}")
    if "trafilatura" in pages[0].least:
        ratio = np.median([page.least["trafilatura"] / page.least["extract"] for page in pages])
        print(f"trafilatura / extract: {ratio:.2f} (median of the pages)")
    print("slowest:")
    for page in sorted(pages, key=lambda page: -page.least["extract"])[:slowest]:
        total, size = page.least["extract"], len(page.html) / 1000
        parts = sorted(PARTS, key=lambda part: -page.least.get(part, 0.0))[:3]
        costliest = ", ".join(f"{part} {page.least.get(part, 0.0):.1f}" for part in parts)
        print(
            f"  {total:>7.1f} ms  {total / page.least['lxml']:>5.1f} lxml  {size:>6.0f} kB  "
            f"{page.blocks:>5} blocks  {page.name}  {costliest}"
        )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.cost", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=["news", "wcxb"])
    parser.add_argument("--pages", type=int, default=150, help="how many, spread evenly over the sets; 0 for all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slowest", type=int, default=8)
    parser.add_argument("--alone", action="store_true", help="without trafilatura")
    args = parser.parse_args()
    pages = list(samples(args.folder, args.sets, args.pages))
    if not pages:
        raise SystemExit(f"no pages of {' '.join(args.sets)} in {args.folder}")
    peer = None if args.alone else installed_peer()
    if peer is None and not args.alone:
        print("trafilatura is not installed and left out (pip install -r requirements-bench.txt)")
    measure(pages, args.rounds, peer)
    report(pages, args.slowest)


if __name__ == "__main__":
    main()
