"""Kills crawls at seeded moments, runs them again until they end by themselves, and counts what is lost and doubled.

    python -m bench.kills [--kills 20] [--seed 1] [--modes append,overwrite,...] [--signal KILL|TERM|TERM2]

A made paper of 60 articles is crawled with a memory. Modes: append (-o), overwrite (-O), timed (%(time)s), gzip, json,
csv, batches, object (a store that gets its file only at the end); in those with "fresh", each run has an output of its
own. Prints per mode: kills, records, lost, doubled, torn lines, runs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import FRESH_MODES, MODES, read_back, start


def try_mode(mode: str, kills: int, seed: int, how: str, count: int = 60) -> dict[str, int]:
    """Kill a crawl of one mode so often; what came of it."""
    chance = random.Random(f"{mode} {seed}")
    result: Counter[str] = Counter()
    while result["kills"] < kills:
        with tempfile.TemporaryDirectory() as name, serve_living(LivingSite.of(count, delay=0.03)) as site:
            folder = Path(name)
            while True:
                process = start(folder, site, mode)
                result["runs"] += 1
                is_last = result["kills"] >= kills or chance.random() < 0.1
                try:
                    process.wait(60 if is_last else chance.uniform(0.7, 3.2))
                except subprocess.TimeoutExpired:
                    result["kills"] += 1
                    if how == "KILL":
                        process.kill()
                    else:
                        process.send_signal(signal.SIGTERM)
                        if how == "TERM2":
                            time.sleep(chance.uniform(0, 0.3))
                            process.send_signal(signal.SIGTERM)
                    try:
                        process.wait(20)
                    except subprocess.TimeoutExpired:
                        result["hung"] += 1
                        process.kill()
                    continue
                if process.returncode == 0 or is_last:
                    break
            result["bad status"] += process.returncode != 0
            found: Counter[str] = Counter()
            for feed in sorted((folder / "out").rglob("*")):
                if mode == "append+gzip" and feed.suffix == ".gz":
                    others = read_back(feed)
                    result["lost"] += count - len(set(others))
                    result["doubled"] += len(others) - len(set(others))
                    continue
                if feed.is_file():
                    try:
                        found.update(read_back(feed))
                    except (ValueError, EOFError, OSError) as error:
                        print(mode, feed.name, error)
                        result["torn"] += 1
            result["records"] += sum(found.values())
            result["lost"] += count - len(found)
            result["doubled"] += sum(found.values()) - len(found)
            if len(found) != count or sum(found.values()) != count or process.returncode:
                keep = Path(tempfile.gettempdir()) / f"kills-{mode}-{os.getpid()}-{result['runs']}.log"
                keep.write_bytes((folder / "log.txt").read_bytes())
                print(f"{mode}: {len(found)} of {count}, {sum(found.values()) - len(found)} doubled, log in {keep}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20, help="for each mode")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--signal", default="KILL", choices=("KILL", "TERM", "TERM2"))
    parser.add_argument("--modes", default=",".join([*MODES, *FRESH_MODES, "append+gzip"]))
    options = parser.parse_args()
    for mode in options.modes.split(","):
        result = try_mode(mode, options.kills, options.seed, options.signal)
        print(mode.ljust(12), dict(result), flush=True)


if __name__ == "__main__":
    main()
