"""Crawls with a memory, as subprocesses: the outputs they write to, in every form there is, and how to read them back."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.support.living_site import LivingSite

ROOT = Path(__file__).parents[2]
QUICK = {"NEWSCRAWL_ALLOW_PRIVATE": "1", "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "0", "RETRY_TIMES": "0", "LOG_LEVEL": "INFO", "NEWSCRAWL_BACKOFF": "0.05",
         "NEWSCRAWL_MAX_BACKOFF": "0.5"}  # fmt: skip


def outputs(mode: str, folder: Path) -> list[str]:
    """The arguments that name a mode's outputs."""
    out = folder / "out"
    feeds = {
        "gzip": {
            f"{out}/a-%(time)s.jsonl.gz": {
                "format": "jsonlines",
                "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
            }
        },
        "batches": {f"{out}/a-%(batch_time)s-%(batch_id)d.jsonl": {"format": "jsonlines", "batch_item_count": 7}},
        "object": {f"object://{out}/a-%(time)s.jsonl": {"format": "jsonlines"}},
        "append+gzip": {
            f"{out}/a.jsonl": {"format": "jsonlines"},
            f"{out}/b.jsonl.gz": {
                "format": "jsonlines",
                "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
            },
        },
    }
    if mode in feeds:
        stores = (
            {"FEED_STORAGES": json.dumps({"object": "tests.support.feed_stores.ObjectStorage"})}
            if mode == "object"
            else {}
        )
        return [
            part
            for name, value in {"FEEDS": json.dumps(feeds[mode]), **stores}.items()
            for part in ("-s", f"{name}={value}")
        ]
    names = {
        "append": "a.jsonl",
        "overwrite": "a.jsonl",
        "timed": "a-%(time)s.jsonl",
        "json": "a-%(time)s.json",
        "csv": "a.csv",
    }
    return ["-O" if mode == "overwrite" else "-o", str(out / names[mode])]


def start(
    folder: Path, site: LivingSite, mode: str = "append", program: str = "", extra: Sequence[str] = (), **settings: str
) -> subprocess.Popen[bytes]:
    """Begin a crawl of a paper. program: Python to run in the place of scrapy's. extra: further arguments."""
    command = [
        sys.executable,
        *(("-c", program) if program else ("-m", "scrapy")),
        "crawl",
        "news",
        "-a",
        f"sites={site.base}",
        *outputs(mode, folder),
        *extra,
    ]
    for name, value in {**QUICK, "NEWSCRAWL_MEMORY": str(folder / "memory.sqlite"), **settings}.items():
        command += ["-s", f"{name}={value}"]
    with open(folder / "log.txt", "ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


def read_back(path: Path) -> list[str]:
    """The addresses of all records of one output; ValueError for a torn one."""
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
    """Crawl to the end; the exit status."""
    return start(folder, site, mode, **settings).wait(90)


def written(folder: Path) -> Counter[str]:
    """How often each address stands in all outputs together."""
    found: Counter[str] = Counter()
    for path in sorted((folder / "out").rglob("*")):
        if path.is_file():
            found.update(read_back(path))
    return found


def records(folder: Path, name: str = "a.jsonl") -> list[dict[str, object]]:
    """The records of an output of lines."""
    path = folder / "out" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def log(folder: Path) -> str:
    """What all crawls of a folder have logged."""
    return (folder / "log.txt").read_text("utf-8")
