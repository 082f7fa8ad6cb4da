"""python -m bench.folder [FOLDER] [--pages N] [--rounds R] [--jobs J]: a folder of pages, extracted by command lines.

FOLDER: HTML files, which may be compressed (.gz); without it, pages of the demo newspaper are written into one, N times
over. `newscrawl extract` and, if it is installed, `trafilatura --input-dir` (`--parallel`) read the same folder with J
processes each, in turn, R rounds. Prints the medians of CPU and wall-clock seconds, how many pages gave an article, and
the ratio of the two.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newscrawl.cli.inputs import Source
from tests.newspaper.site import Newspaper


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "pages")
        folder.mkdir()
        write_pages(folder, options.folder, options.pages)
        count = len(list(folder.iterdir()))
        print(f"{count} pages, {options.jobs} processes, {options.rounds} rounds: medians")
        commands = {
            "newscrawl": [sys.executable, "-m", "newscrawl", "extract", str(folder), "--jobs", str(options.jobs)]
        }
        commands["newscrawl"] += ["-o", f"{scratch}/out.jsonl"]
        if importlib.util.find_spec("trafilatura"):
            commands["trafilatura"] = [sys.executable, "-m", "trafilatura.cli", "--input-dir", str(folder)]
            commands["trafilatura"] += ["--output-dir", f"{scratch}/out", "--parallel", str(options.jobs)]
            commands["trafilatura"] += ["--json", "--with-metadata"]
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, command in commands.items():
                times[name].append(timed(command))
        made = {"newscrawl": len(Path(scratch, "out.jsonl").read_text("utf-8").splitlines())}
        made["trafilatura"] = (
            sum(1 for path in Path(scratch, "out").rglob("*.json")) if "trafilatura" in commands else 0
        )
        cpu = {name: statistics.median(one[0] for one in found) for name, found in times.items()}
        for name, found in times.items():
            wall = statistics.median(one[1] for one in found)
            print(f"{name:<12} {cpu[name]:7.1f} CPU s  {wall:7.1f} s  {made[name]:5} articles")
        if "trafilatura" in cpu:
            print(f"CPU of newscrawl / trafilatura: {cpu['newscrawl'] / cpu['trafilatura']:.2f}")


def write_pages(folder: Path, source: Path | None, count: int) -> None:
    """Put `count` pages into a folder, under names of their own."""
    if source is not None:
        pages = [Source(str(path)).read() for path in sorted(source.rglob("*.html*"))[:count]]
    else:
        paper = Newspaper("https://a.example")
        made = [paper.answer(article["path"]).body for article in paper.articles]
        pages = [made[number % len(made)] for number in range(count)]
    for number, body in enumerate(pages):
        (folder / f"{number:05}.html").write_bytes(body)


def timed(command: list[str]) -> tuple[float, float]:
    """CPU and wall-clock seconds of a command and its children."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began


if __name__ == "__main__":
    main()
