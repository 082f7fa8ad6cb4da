"""python -m bench.both_ways [FOLDER] [--mutations N] [--seed S] [--sanitize]: does the compiled part read as Python?

Reads pages both ways, step by step, and compares every result bit by bit: the pages of the tests, made dirty pages,
with FOLDER its pages too (pages with truth, as `bench/train/README.md` describes it), and N mutations of each. Prints
the number of pages, and each step that differs with the page's name; exit status 1 if any does.

--sanitize builds the compiled part with the address and undefined-behaviour sanitizers of the compiler, in a temporary
folder, and reads the same pages with it: any fault ends the run.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.dirty.page import make_pages
from bench.train.corpus import SETS, rows_of
from newscrawl import _native
from newscrawl.article import Page
from newscrawl.discover import anchors  # noqa: F401 (it chooses its twin)
from newscrawl.errors import NewscrawlError
from newscrawl.read import blocks, open_document
from newscrawl.read.content import model
from newscrawl.read.evidence import Evidence
from newscrawl.read.features import features
from newscrawl.read.layout import Layout
from newscrawl.read.surroundings import surroundings

ROOT = Path(__file__).parents[1]
#: Functions of one text.
TEXT_FUNCTIONS = ("clean", "fold", "plain", "words", "length", "folded_length")
#: Functions of a layout alone, and of its texts alone.
LAYOUT_FUNCTIONS = ("class_numbers", "steps_up", "markup_kinds", "depths_and_flags", "groups", "containers", "shapes")
#: Those of which only tells what is alike, not the numbers.
NUMBERINGS = ("groups", "shapes")
#: What mutations put into pages.
PIECES = (
    b"<p>",
    b"</p>",
    b"<div>" * 300,
    b"</div></article>",
    b"<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    b"<br><br>",
    b"\x1e",
    b"\x00",
    b"\xff\xfe",
    b"&amp;amp;#0;",
    b"<pre>a\n\n  b<br>c</pre>",
    b"<math><mi>x",
    b"<picture><source srcset=a><img src=b class=dropcap alt=T>",
    b"<x-y class='caption a' id=comment role=nav>",
    b"<svg><foreignObject><p>x",
    b"<template><p>no",
    b"<span aria-hidden=true>a</span><span class=sr-only>a</span>",
    "\u2003\u200b\u00ad\ud55c\u4e2d\u3042\U0001f600\u0130\u03a3".encode(),
    b"<svg><a xlink:href=x href=y rel=next>a</a><a xlink:href=z>b</a></svg><a xlink:href=w>c</a><base href=/q>",
    b"<a href=x>one</a><a href=y>two</a> , three",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"<?php ?>",
    b"<plaintext>",
    b"<select><option>x",
)


def same(left: Any, right: Any, name: str = "") -> bool:
    """Are two results the same, bit by bit? The numbers of `NUMBERINGS` may differ if they part the same."""
    if isinstance(left, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, np.ndarray):
        if name in NUMBERINGS:
            left, right = _canonical(left), _canonical(right)
        return left.shape == right.shape and left.tobytes() == right.astype(left.dtype).tobytes()
    return bool(left == right)


def _canonical(numbers: Any) -> Any:
    """Numbers in the order of their first appearance."""
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def differences(html: bytes) -> list[str]:
    """The steps of reading that the compiled part does otherwise. Raises NewscrawlError for what is no page."""
    layouts = [Layout(), Layout()]
    for layout, walk in zip(layouts, (blocks.walk_in_python, _native.CORE.walk), strict=True):  # type: ignore[union-attr]
        body = open_document(Page("https://news.example/a", html)).tree.body
        assert body is not None
        walk(layout, body)
    walked = [[getattr(layout, name) for name in Layout.__dataclass_fields__ if name[0] != "_"] for layout in layouts]
    if any(not same(*pair) for pair in zip(*walked, strict=True)):
        return ["walk"]
    tree = open_document(Page("https://news.example/a", html)).tree
    if tree.root is not None and not _agree("addresses", tree.root):
        return ["addresses"]
    layout = blocks.lay_out(tree)
    found = [name for name in LAYOUT_FUNCTIONS if layout.texts and not _agree(name, layout)]
    return found + (list(_differences_of_blocks(layout)) if layout.texts else [])


def _differences_of_blocks(layout: Layout) -> Iterator[str]:
    texts = layout.texts
    for name in ("text_columns", "group_counts", "forms", "squeezed_texts", "near"):
        if not _agree(name, layout if name == "near" else texts):
            yield name
    first_words = {word for text in texts[:3] for word in text.lower().split()[:9]}
    if not _agree("title_overlap", texts, first_words):
        yield "title_overlap"
    if not _agree("stated", texts, "".join(texts[-1].lower().split()), "".join(texts).lower().replace(" ", "")):
        yield "stated"
    if not _agree("named", texts, [*sorted(first_words)[:2], "the"]):
        yield "named"
    if not _agree("echoed", [*texts, *(text[3:] for text in texts if len(text) > 30), *texts[::5]]):
        yield "echoed"
    rows = features(layout, Evidence(headline=texts[0], shown=0, description=texts[-1]))
    if not _agree("form_columns", layout, surroundings(layout), np.ascontiguousarray(rows.T[0])):
        yield "form_columns"
    scores = model().first.probability(rows)
    if not _agree("context", layout, rows, scores):
        yield "context"
    if not _agree("log_odds", model().first, rows):
        yield "log_odds"
    where = [n for n, size in enumerate(layout.sizes) if size > 12]
    if not _agree("class_uses", layout, where, [1, 2, 4, 1 << 35], [1, 8, 1 << 20, 1 << 30]):
        yield "class_uses"
    for name in TEXT_FUNCTIONS:
        if not all(_agree(name, text) for text in (*texts, "\u200b ".join(texts[:9]))):
            yield name


def _agree(name: str, *arguments: Any) -> bool:
    return same(_native.REFERENCES[name](*arguments), getattr(_native.CORE, name)(*arguments), name)


def mutated(html: bytes, chance: random.Random) -> bytes:
    """A page with a few random faults."""
    page = bytearray(html)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(page) + 1)
        end = min(len(page), at + int(chance.expovariate(1 / 200)))
        match chance.randrange(4):
            case 0:
                del page[at:end]
            case 1:
                page[at:at] = page[at:end] * chance.randint(1, 5)
            case 2:
                page[at:at] = chance.choice(PIECES)
            case _:
                page[at:end] = chance.randbytes(min(9, end - at))
    return bytes(page)


def pages(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every page."""
    for path in sorted((ROOT / "tests").rglob("*.html")):
        yield str(path.relative_to(ROOT)), path.read_bytes()
    for number, page in enumerate([*make_pages(52, 3), *make_pages(52, 3, judging=True)]):
        html = page.html
        yield f"dirty {number}", html if isinstance(html, bytes) else html.encode()
    if folder is not None:
        found = [(f"{name}/{row['id']}", html) for name, row, html in rows_of(folder, SETS)]
        if not found:
            raise SystemExit(f"there are no pages of {', '.join(SETS)} in {folder}")
        yield from found


def compare(folder: Path | None, mutations: int, seed: int) -> int:
    """Compare all pages; print and return how many differ."""
    chance, read, refused = random.Random(seed), 0, 0
    wrong: Counter[str] = Counter()
    for name, html in pages(folder):
        for number in range(mutations + 1):
            page = mutated(html, chance) if number else html
            try:
                found = differences(page)
            except NewscrawlError:
                refused += 1
                continue
            read += 1
            wrong.update(found)
            if found:
                print(f"\r{name}, mutation {number}: {', '.join(found)}", file=sys.stderr)
            if read % 50 == 0:
                print(f"\r{read} pages ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{read} pages read both ways, {refused} that are no pages; {sum(wrong.values())} differences {dict(wrong)}")
    return sum(wrong.values())


def sanitized(arguments: list[str]) -> int:
    """Run this command with a compiled part that was built with sanitizers; its exit status."""
    if shutil.which("gcc") is None:
        raise SystemExit("--sanitize needs gcc")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("newscrawl", "bench", "tests"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.so", "core.c", "__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        shutil.copy(ROOT / "README.md", folder)
        shutil.copy(ROOT / "LICENSE", folder)
        flags = "-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1 -g"
        command = [sys.executable, "-c", "from setuptools import setup; setup()", "-q", "build_ext", "--inplace"]
        subprocess.run(command, cwd=folder, env={**os.environ, "CFLAGS": flags}, check=True, capture_output=True)
        built = next((folder / "newscrawl" / "_native").glob("core.*.so"))
        assert b"__asan" in built.read_bytes(), f"the compiler made no sanitizers: {built}"
        settings = {
            "LD_PRELOAD": f"{_library('libasan.so')} {_library('libubsan.so')}",
            "ASAN_OPTIONS": "detect_leaks=0",
            "PYTHONMALLOC": "malloc",
        }
        environment = {**os.environ, **settings, "PYTHONPATH": name}
        again = [sys.executable, "-m", "bench.both_ways", *arguments]
        return subprocess.run(again, cwd=folder, env=environment, check=False).returncode


def _library(name: str) -> str:
    """The path of one of the compiler's libraries."""
    command = ["gcc", f"-print-file-name={name}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def renew() -> None:
    """Write the digest of the compiled part's sources where they name it."""
    line = f'SOURCES = "{_native.digest()}"'
    for name in ("__init__.py", "core.pyx"):
        path = ROOT / "newscrawl" / "_native" / name
        path.write_text(re.sub(r'(?m)^SOURCES = ".*"$', line, path.read_text("utf-8")), "utf-8")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.both_ways", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--mutations", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sanitize", action="store_true")
    parser.add_argument("--renew", action="store_true", help="write the digest of the sources into them, and end")
    args = parser.parse_args()
    if args.renew:
        renew()
        return
    if _native.CORE is None:
        raise SystemExit(_native.state())
    if args.sanitize:
        folder = [str(args.folder.resolve())] if args.folder else []
        raise SystemExit(sanitized([*folder, "--mutations", str(args.mutations), "--seed", str(args.seed)]))
    raise SystemExit(1 if compare(args.folder, args.mutations, args.seed) else 0)


if __name__ == "__main__":
    main()
