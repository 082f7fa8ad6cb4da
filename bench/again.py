"""What a memory costs, and what it saves.

    python -m bench.again [--articles 600] [--known 1000000] [--rounds 3]

A made paper is crawled without a memory, with a new one, and again with nothing new: CPU seconds and requests, medians; "start" is an empty paper. Then a
memory is filled with so many known addresses: the size of its file, the time of a look-up, and what a process that looks them up grows by.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from newscrawl.memory import Batch, State, open_memory
from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import run


def measured(folder: Path, site: LivingSite, **settings: str) -> tuple[float, int]:
    """CPU seconds and requests of one crawl."""
    before, asked = os.times(), len(site.asked)
    status = run(folder, site, **settings)
    after = os.times()
    assert status == 0, (folder / "log.txt").read_text()[-2000:]
    return after.children_user + after.children_system - before.children_user - before.children_system, len(
        site.asked
    ) - asked


def crawls(articles: int, rounds: int) -> None:
    """Crawl without, with a new one, and again."""
    seconds: dict[str, list[float]] = {}
    requests: dict[str, int] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name, serve_living(LivingSite.of(0)) as site:
            cpu, requests["start"] = measured(Path(name), site, NEWSCRAWL_MEMORY="")
            seconds.setdefault("start", []).append(cpu)
        with tempfile.TemporaryDirectory() as name, serve_living(LivingSite.of(articles, per_page=30)) as site:
            for label, settings in (("without", {"NEWSCRAWL_MEMORY": ""}), ("first", {}), ("again", {})):
                cpu, requests[label] = measured(Path(name), site, **settings)
                seconds.setdefault(label, []).append(cpu)
    middle = {label: statistics.median(values) for label, values in seconds.items()}
    for label, value in middle.items():
        print(f"{label:>8}: {value:6.2f} s of CPU, {requests[label]} requests")
    print(f"the memory costs {1000 * (middle['first'] - middle['without']) / articles:.2f} ms an article")
    again, first = (middle[label] - middle["start"] for label in ("again", "first"))
    print(
        f"again / first: CPU {again / first:.3f} without the start of the process, {middle['again'] / middle['first']:.3f} with it",
        end="; ",
    )
    print(f"requests {requests['again'] / requests['first']:.3f}")


def growth(known: int) -> None:
    """Fill a memory."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "memory.sqlite"
        chance = random.Random(1)
        with open_memory(str(path)) as memory:
            began = time.process_time()
            for _ in range(0, known, 1000):
                keys = [chance.getrandbits(64) for _ in range(3000)]
                rows = [
                    (key, "a.example", State.RECORDED if number % 3 == 0 else State.TWIN, None)
                    for number, key in enumerate(keys)
                ]
                memory.commit(Batch(now=1, known=rows))
            filled = time.process_time() - began
        chance.seed(1)
        with open_memory(str(path)) as memory:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            asked = [chance.getrandbits(64) for _ in range(30_000)]
            hits = sum(memory.known(key) is not None for key in asked)
            spent = time.process_time() - began
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = path.stat().st_size / 1e6
        print(
            f"{known} articles known, each by three keys: {size:.1f} MB of file, {1e6 * filled / known:.0f} us of CPU an article to write"
        )
        print(
            f"a look-up: {1e6 * spent / len(asked):.1f} us, {hits} of {len(asked)} found, {(after - before) / 1024:.1f} MB more memory after them"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--known", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    crawls(options.articles, options.rounds)
    if options.known:
        growth(options.known)


if __name__ == "__main__":
    main()
