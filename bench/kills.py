"""Kills crawls at random moments and runs them again: is every record in the outputs, and only once?

    python -m bench.kills [--kills 20] [--seed 1] [--modes append,overwrite,...] [--signal KILL|TERM|TERM2]

A made newspaper of 60 articles is crawled with a memory; the same command is repeated until it ends by itself. Modes:
append (-o), overwrite (-O), timed (%(time)s in the name), gzip, json, csv, batches, object (a store that gets its file
only at the end), append+gzip (two outputs); in those with "fresh", each run has an output of its own. Prints for each
mode the kills, runs, records, lost and doubled records, torn outputs, and runs that hung or failed. TERM2: two
SIGTERMs.
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

ARTICLES = 60


def stop(process: subprocess.Popen[bytes], how: str, chance: random.Random) -> bool:
    """End a crawl; False when it does not end within twenty seconds and must be killed."""
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
        process.kill()
        return False
    return True


def crawl_and_kill(
    folder: Path, site: LivingSite, mode: str, kills: int, how: str, chance: random.Random, result: Counter[str]
) -> int:
    """Run a crawl until it ends by itself, and kill it before that; returns the exit status of the last run."""
    while True:
        process = start(folder, site, mode)
        result["runs"] += 1
        is_last = result["kills"] >= kills or chance.random() < 0.1
        try:
            process.wait(60 if is_last else chance.uniform(0.7, 3.2))
        except subprocess.TimeoutExpired:
            result["kills"] += 1
            result["hung"] += not stop(process, how, chance)
            continue
        if process.returncode == 0 or is_last:
            return process.returncode


def recorded(folder: Path, mode: str, result: Counter[str]) -> Counter[str]:
    """How often each URL is in the outputs. The second output of append+gzip is counted by itself."""
    found: Counter[str] = Counter()
    for output in sorted((folder / "out").rglob("*")):
        if not output.is_file():
            continue
        try:
            urls = read_back(output)
        except (ValueError, EOFError, OSError) as error:
            print(mode, output.name, error)
            result["torn"] += 1
            continue
        if mode == "append+gzip" and output.suffix == ".gz":
            result["lost"] += ARTICLES - len(set(urls))
            result["doubled"] += len(urls) - len(set(urls))
        else:
            found.update(urls)
    return found


def try_mode(mode: str, kills: int, seed: int, how: str) -> dict[str, int]:
    """Kill crawls of one mode so often; returns the counts."""
    chance = random.Random(f"{mode} {seed}")
    result: Counter[str] = Counter()
    while result["kills"] < kills:
        with tempfile.TemporaryDirectory() as name, serve_living(LivingSite.of(ARTICLES, delay=0.03)) as site:
            folder = Path(name)
            status = crawl_and_kill(folder, site, mode, kills, how, chance, result)
            found = recorded(folder, mode, result)
            doubled = found.total() - len(found)
            result["bad status"] += status != 0
            result["records"] += found.total()
            result["lost"] += ARTICLES - len(found)
            result["doubled"] += doubled
            if len(found) != ARTICLES or doubled or status:
                kept = Path(tempfile.gettempdir()) / f"kills-{mode}-{os.getpid()}-{result['runs']}.log"
                kept.write_bytes((folder / "log.txt").read_bytes())
                print(f"{mode}: {len(found)} of {ARTICLES}, {doubled} doubled, log in {kept}")
    return result


def main() -> None:
    """Run the command."""
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
