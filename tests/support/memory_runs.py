"""Runs crawls with a memory as processes, with every kind of output, and reads the outputs back."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support import warm
from tests.support.living_site import LivingSite

ROOT = Path(__file__).parents[2]
QUICK = {
    "NEWSCRAWL_ALLOW_PRIVATE": "1",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "LOG_LEVEL": "INFO",
    "NEWSCRAWL_BACKOFF": "0.05",
    "NEWSCRAWL_MAX_BACKOFF": "0.5",
}
_LINES = {"format": "jsonlines"}
_GZIPPED_LINES = {**_LINES, "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}


#: Ways to name outputs. In those with "fresh", the caller names another file for each run.
MODES = ("append", "overwrite", "timed", "gzip", "json", "csv", "batches", "object")
FRESH_MODES = ("fresh", "fresh append", "fresh json", "fresh gzip")


def _feeds(mode: str, out: Path) -> dict[str, dict[str, Any]] | None:
    """The FEEDS setting of a mode; None for a mode whose output is named on the command line."""
    feeds = {
        "fresh gzip": {f"{out}/{_fresh_name(out)}.jsonl.gz": _GZIPPED_LINES},
        "gzip": {f"{out}/a-%(time)s.jsonl.gz": _GZIPPED_LINES},
        "batches": {f"{out}/a-%(batch_time)s-%(batch_id)d.jsonl": {**_LINES, "batch_item_count": 7}},
        "object": {f"object://{out}/a-%(time)s.jsonl": _LINES},
        "append+gzip": {f"{out}/a.jsonl": _LINES, f"{out}/b.jsonl.gz": _GZIPPED_LINES},
    }
    return feeds.get(mode)


def _fresh_name(out: Path) -> str:
    """The name of an output that no earlier run has."""
    return f"a{len(list(out.glob('a*'))) + 1}"


def outputs(mode: str, folder: Path) -> list[str]:
    """The command-line arguments that name a mode's outputs: none for "settings", where the test's settings do."""
    if mode == "settings":
        return []
    out = folder / "out"
    feeds = _feeds(mode, out)
    if feeds is not None:
        arguments = ["-s", f"FEEDS={json.dumps(feeds)}"]
        if mode == "object":
            storages = json.dumps({"object": "tests.support.feed_stores.ObjectStorage"})
            arguments += ["-s", f"FEED_STORAGES={storages}"]
        return arguments
    names = {
        "append": "a.jsonl",
        "overwrite": "a.jsonl",
        "timed": "a-%(time)s.jsonl",
        "json": "a-%(time)s.json",
        "csv": "a.csv",
        "fresh": f"{_fresh_name(out)}.jsonl",
        "fresh append": f"{_fresh_name(out)}.jsonl",
        "fresh json": f"{_fresh_name(out)}.json",
        "json appended": "a.json",
        "json anew": "a.json",
    }
    return ["-O" if mode in ("overwrite", "fresh", "fresh json", "json anew") else "-o", str(out / names[mode])]


def start(
    folder: Path, site: LivingSite, mode: str = "append", program: str = "", extra: Sequence[str] = (), **settings: str
) -> warm.Process | subprocess.Popen[bytes]:
    """Start a crawl of a site. program: Python code to run instead of `python -m scrapy`. extra: more arguments."""
    runner = ["-c", program] if program else ["-m", "scrapy"]
    command = [*runner, "crawl", "news", "-a", f"sites={site.base}", *outputs(mode, folder), *extra]
    for name, value in {**QUICK, "NEWSCRAWL_MEMORY": str(folder / "memory.sqlite"), **settings}.items():
        command += ["-s", f"{name}={value}"]
    with open(folder / "log.txt", "ab") as log:
        if warm.IN_USE and not program:
            return warm.Process(command, log)
        return subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=log, stderr=log)


def read_back(path: Path) -> list[str]:
    """The URLs of all records in one output file. Raises ValueError when the file ends in the middle of a line."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = data.decode()
    if path.suffix == ".json":
        return [record["url"] for record in json.loads(text)] if text.strip() else []
    if path.suffix == ".csv":
        return [row["url"] for row in csv.DictReader(io.StringIO(text))]
    if text and not text.endswith("\n"):
        raise ValueError(f"{path.name} ends in the middle of a line")
    return [json.loads(line)["url"] for line in text.splitlines()]


def run(folder: Path, site: LivingSite, mode: str = "append", **settings: str) -> int:
    """Crawl to the end; returns the exit status."""
    return start(folder, site, mode, **settings).wait(90)


def written(folder: Path) -> Counter[str]:
    """How often each URL is in all outputs together."""
    found: Counter[str] = Counter()
    for path in sorted((folder / "out").rglob("*")):
        if path.is_file():
            found.update(read_back(path))
    return found


def records(folder: Path, name: str = "a.jsonl") -> list[dict[str, Any]]:
    """The records of a JSON Lines output."""
    path = folder / "out" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def forward(folder: Path, seconds: float) -> None:
    """Let time pass: everything in the memory becomes due so much sooner."""
    with sqlite3.connect(folder / "memory.sqlite") as base:
        base.execute("UPDATE article SET due = due - ?, first = first - ?", (seconds, seconds))
        base.execute("UPDATE listing SET asked = asked - ?, due = max(0, due - ?)", (seconds, seconds))
        base.execute("UPDATE waiting SET not_before = max(0, not_before - ?)", (seconds,))
        base.execute("UPDATE version SET moment = moment - ?", (seconds,))


def log(folder: Path) -> str:
    """The log of all crawls in a folder."""
    return (folder / "log.txt").read_text("utf-8")
