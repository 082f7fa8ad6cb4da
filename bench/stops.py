"""python -m bench.stops [--articles N] [--at-once N] [--memory] [--verbose]: stops of the event loop in a crawl.

A process of its own serves a site of N articles on loopback (see `bench.crawl`). It is crawled with `scrapy crawl news`
and so many requests at once, and then only downloaded by a bare spider. In both, a timer in the crawl's own event loop
should fire each millisecond. Prints, of each crawl, by how many milliseconds it was late (median, 90th and 99th
percentile, worst), how many of CPU time the loop used between two firings (which other work on the machine does not
change), CPU seconds and peak memory.

--beside: crawls with another checkout too. --verbose: also prints the turns of the loop that took longest, with what
ran in them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.crawl import BARE, served_articles
from bench.processes import ROOT, crawl_command, settings, spider_command


def _spread(seconds: list[float]) -> str:
    """Median, 90th and 99th percentile, and the worst."""
    ordered = sorted(1000 * max(0.0, one) for one in seconds)
    p50, p90, p99 = (ordered[int(share * len(ordered))] for share in (0.5, 0.9, 0.99))
    return f"{p50:.1f} / {p90:.1f} / {p99:.1f} ms, {ordered[-1]:.0f} at worst"


def measured(command: list[str], folder: Path, root: Path, is_verbose: bool, is_bare: bool = False) -> str:
    """Run a crawl with the timer; returns a line of figures, and more lines when verbose."""
    file, log = folder / "stops.json", folder / "log"
    file.unlink(missing_ok=True)
    shutil.copy(ROOT / "bench" / "loop_timer.py", folder)  # another checkout may lack it
    extensions = settings(EXTENSIONS='{"loop_timer.LoopTimer": 1}', STOPS_FILE=str(file), STOPS_VERBOSE=int(is_verbose))
    with log.open("wb") as out:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root), str(folder)))}
        process = subprocess.Popen(
            command + extensions, cwd=folder if is_bare else root, stdout=out, stderr=out, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status or not file.exists():
        raise SystemExit(log.read_text()[-3000:])
    found = json.loads(file.read_text())
    line = (
        f"late by {_spread(found['late'])}; CPU {_spread(found['used'])}; {len(found['late'])} firings; "
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
