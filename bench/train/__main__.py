"""python -m bench.train FOLDER [--check] [--scores FILE]: cross-validates and trains; writes content.npz and kind.npz.

FOLDER: pages with truth; bench/train/README.md describes their form and where they come from. --check: writes nothing,
but prints the tables and compares the new files with those in the package. --scores: keeps the out-of-fold scores of
every page for `python -m bench.evaluate`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.train import content, decision, kinds
from bench.train.corpus import examples, rows_of
from bench.train.dirty import dirty_pages
from bench.train.made import made_pages
from bench.train.table import print_table
from bench.train.trees import arrays
from newscrawl.read.columns import CONTEXT, names

ROOM = Path(__file__).parents[2] / "newscrawl"
#: How many pages are made of others: with a long story, and with units of other stories; and how many dirty ones.
LONG_PAGES, UNITS_PAGES, DIRTY_PAGES = 120, 240, 300
#: When less than this share of its truth is on the page, the truth is wrong, and the page is left out.
LEAST_COVERAGE = 0.7


def _packed(data: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **data)
    return buffer.getvalue()


def _settle(target: Path, made: bytes, check: bool) -> bool:
    """Write a file and the checksum of a model, or compare it with the one in the package; False when it differs."""
    digest, name = hashlib.sha256(made).hexdigest(), target.name
    print(f"{name}: {len(made)} bytes, sha256 {digest}", flush=True)
    if check:
        same = target.exists() and target.read_bytes() == made
        print(f"{name}: the file in the package is {'the same, bit for bit' if same else 'different'}")
        return same
    target.write_bytes(made)
    if target.suffix == ".npz":
        target.with_suffix(".sha256").write_text(f"{digest}  {name}\n")
    return True


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.train", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; compare with the files in the package")
    parser.add_argument("--scores", type=Path, help="file for the out-of-fold scores")
    parser.add_argument("--only-kind", type=Path, metavar="SCORES", help="train kind.npz alone, by scores kept before")
    args = parser.parse_args()
    if args.only_kind:
        with np.load(args.only_kind) as kept:
            known = {tuple(name.split("/", 1)): kept[name] for name in kept.files}
        return 0 if _settle(ROOM / "read" / "kind.npz", _packed(kinds.learned(args.folder, known)), args.check) else 1
    pages = [e for e in examples(args.folder) if e.coverage >= LEAST_COVERAGE]
    html = {(name, row["id"]): body for name, row, body in rows_of(args.folder)}
    pages += list(made_pages(pages, html, LONG_PAGES, UNITS_PAGES))
    dirty = list(dirty_pages(DIRTY_PAGES))
    pages += [example for example, _ in dirty]
    print(f"{len(pages)} pages, {sum(len(e.rows) for e in pages)} blocks", flush=True)
    first, second = content.cross_validate(pages)
    print_table(pages, second)
    data: dict[str, Any] = {"columns": np.array([*names(), *CONTEXT])}
    for number, (booster, options) in enumerate(
        zip(content.fit(pages, first), (content.FIRST, content.SECOND), strict=True), 1
    ):
        data |= {f"{name}{number}": value for name, value in arrays(booster, int(options["depth"])).items()}
    good = _settle(ROOM / "read" / "content.npz", _packed(data), args.check)
    sources = {(name, row["id"]): (body, row.get("url") or "") for name, row, body in rows_of(args.folder)}
    sources |= {(example.set, example.id): (body, example.extra["row"]["url"]) for example, body in dirty}
    learned = decision.learn(pages, sources, second)
    good &= _settle(ROOM / "decision.txt", decision.text_of(learned.weights).encode(), args.check)
    scores = {(e.set, e.id): p for e, p in zip(pages, second, strict=True)}
    good &= _settle(ROOM / "read" / "kind.npz", _packed(kinds.learned(args.folder, scores)), args.check)
    if args.scores:
        folds = {f"weights/{n}": np.array(decision.text_of(fold)) for n, fold in enumerate(learned.folds)}
        np.savez_compressed(args.scores, **{f"{name}/{page}": p for (name, page), p in scores.items()}, **folds)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
