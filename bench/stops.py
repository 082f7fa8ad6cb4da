"""python -m bench.stops [--articles N] [--at-once N] [--memory] [--verbose]: stops of the event loop in a crawl.

A process of its own serves a site of N articles on loopback (see `bench.crawl`). It is crawled with `scrapy crawl news`
and so many requests at once, and then only downloaded by a bare spider. In both, a timer in the crawl's own event loop
should fire each millisecond. Prints, of each crawl, by how many milliseconds it was late (median, 90th and 99th
percentile, worst), CPU seconds and peak memory.

--beside: crawls with another checkout too. --verbose: also prints the turns of the loop that took longest, with what
ran in them.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import signal
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import FrameType
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from bench.crawl import BARE, served_articles
from bench.processes import ROOT, crawl_command, settings, spider_command

#: Seconds between two firings of the timer, and seconds after which a callback of the loop is told by --verbose.
_EACH, _LONG = 0.001, 0.02


class LoopTimer:
    """The extension that runs in the crawl. Writes what it has measured to the file `STOPS_FILE` as JSON."""

    def __init__(self, crawler: Crawler) -> None:
        self._late: list[float] = []
        self._due = 0.0
        self._file = Path(crawler.settings["STOPS_FILE"])
        self._long = LongCallbacks() if crawler.settings.getbool("STOPS_VERBOSE") else None
        self._timer: asyncio.TimerHandle | None = None
        crawler.signals.connect(self._opened, signal=signals.spider_opened)
        crawler.signals.connect(self._closed, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LoopTimer:
        """Build for a crawl."""
        return cls(crawler)

    def _opened(self) -> None:
        self._wait(asyncio.get_running_loop())

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        self._due = loop.time() + _EACH
        self._timer = loop.call_at(self._due, self._fire, loop)

    def _fire(self, loop: asyncio.AbstractEventLoop) -> None:
        self._late.append(loop.time() - self._due)
        self._wait(loop)

    def _closed(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._file.write_text(json.dumps({"late": self._late, "long": self._long.told() if self._long else []}))


class LongCallbacks:
    """Looks at what the loop runs, and samples the stack of what runs long. Costs some of the time that it measures."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._stack: Counter[str] = Counter()
        inner = asyncio.Handle._run

        def run(handle: Any) -> None:
            signal.setitimer(signal.ITIMER_REAL, _LONG / 2, _LONG / 2)
            begin = time.perf_counter()
            inner(handle)
            took = time.perf_counter() - begin
            signal.setitimer(signal.ITIMER_REAL, 0)
            if took > _LONG:
                self._seconds[" | ".join(name for name, _ in self._stack.most_common(3))].append(took)
            self._stack.clear()

        gc.callbacks.append(self._collected)
        signal.signal(signal.SIGALRM, self._sample)
        asyncio.Handle._run = run  # type: ignore[method-assign]

    def _sample(self, number: int, frame: FrameType | None) -> None:
        names: list[str] = []
        while frame is not None and len(names) < 4:
            if "newscrawl" in frame.f_code.co_filename or not names:
                names.append(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}")
            frame = frame.f_back
        self._stack[" < ".join(names)] += 1

    def _collected(self, phase: str, found: dict[str, int]) -> None:
        """Python collects garbage, which no sample shows."""
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._seconds[f"garbage collection {found['generation']}"].append(time.perf_counter() - self._collecting)

    def told(self) -> list[tuple[float, int, str]]:
        """The longest milliseconds, how many there were, and what ran; longest first."""
        rows = [(1000 * max(each), len(each), name) for name, each in self._seconds.items()]
        return sorted(rows, reverse=True)[:25]


def measured(command: list[str], folder: Path, root: Path, is_verbose: bool, is_bare: bool = False) -> str:
    """Run a crawl with the timer; returns a line of figures, and more lines when verbose."""
    file, log = folder / "stops.json", folder / "log"
    file.unlink(missing_ok=True)
    extensions = settings(
        EXTENSIONS='{"bench.stops.LoopTimer": 1}', STOPS_FILE=str(file), STOPS_VERBOSE=int(is_verbose)
    )
    with log.open("wb") as out:
        # of the checkout that is measured: newscrawl; of this one: the timer
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root), str(ROOT)))}
        process = subprocess.Popen(
            command + extensions, cwd=folder if is_bare else root, stdout=out, stderr=out, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status or not file.exists():
        raise SystemExit(log.read_text()[-3000:])
    found = json.loads(file.read_text())
    late = sorted(1000 * max(0.0, one) for one in found["late"])
    p50, p90, p99 = (late[int(share * len(late))] for share in (0.5, 0.9, 0.99))
    line = (
        f"late by {p50:.1f} / {p90:.1f} / {p99:.1f} ms (p50 / p90 / p99), {late[-1]:.0f} at worst; "
        f"{len(late)} firings; "
        f"{usage.ru_utime + usage.ru_stime:.1f} s CPU; {usage.ru_maxrss / 1024:.0f} MB"
    )
    rows = [f"    {longest:6.0f} ms at most, {count:3} times: {name}" for longest, count, name in found["long"]]
    return "\n".join([line, *rows])


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.stops", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout of newscrawl")
    parser.add_argument("--memory", action="store_true", help="crawls with a memory")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    at_once = settings(CONCURRENT_REQUESTS=args.at_once, CONCURRENT_REQUESTS_PER_DOMAIN=args.at_once)
    with served_articles(args.articles) as site, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = folder / "bare.py"
        bare.write_text(BARE)
        for _ in range(args.rounds):
            for root in (args.beside.resolve(), ROOT) if args.beside else (ROOT,):
                memory = folder / "memory.sqlite"
                memory.unlink(missing_ok=True)
                kept = settings(NEWSCRAWL_MEMORY=str(memory)) if args.memory else []
                command = crawl_command(site, folder / "articles.jsonl", *at_once, *kept)
                shown = measured(command, folder, root, args.verbose)
                records = sum(1 for _ in (folder / "articles.jsonl").open())
                print(f"newscrawl in {root.name}: {records} records; {shown}", flush=True)
            command = [*spider_command(bare, site=site, articles=args.articles), *at_once]
            print(f"download only: {measured(command, folder, ROOT, is_verbose=False, is_bare=True)}", flush=True)


if __name__ == "__main__":
    main()
