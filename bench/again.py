"""What a memory costs, and what it saves.

    python -m bench.again [--articles 600] [--known 1000000] [--rounds 3]

A made newspaper is crawled without a memory, with a new one, and again when nothing is new. Prints the medians of CPU
seconds and the requests; "start" is a crawl of an empty newspaper. Then a memory is filled with so many known articles:
prints the size of its file, the time of a look-up, and how much memory a process needs for many look-ups.
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
    before, requests = os.times(), len(site.asked)
    status = run(folder, site, **settings)
    after = os.times()
    assert status == 0, (folder / "log.txt").read_text()[-2000:]
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, len(site.asked) - requests


def crawls(articles: int, rounds: int) -> None:
    """Crawl without a memory, with a new one, and again."""
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
    median = {label: statistics.median(values) for label, values in seconds.items()}
    for label, value in median.items():
        print(f"{label:>8}: {value:6.2f} s of CPU, {requests[label]} requests")
    print(f"the memory costs {1000 * (median['first'] - median['without']) / articles:.2f} ms an article")
    again, first = (median[label] - median["start"] for label in ("again", "first"))
    print(
        f"again / first: CPU {again / first:.3f} without the start of the process, "
        f"{median['again'] / median['first']:.3f} with it; requests {requests['again'] / requests['first']:.3f}"
    )


def growth(known: int) -> None:
    """Fill a memory, and look up the keys that were written first."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "memory.sqlite"
        chance = random.Random(1)
        with open_memory(str(path)) as memory:
            began = time.process_time()
            for _ in range(0, known, 1000):
                memory.commit(Batch(now=1, known=_thousand_articles(chance)))
            filled = time.process_time() - began
        chance.seed(1)
        with open_memory(str(path)) as memory:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began = time.process_time()
            keys = [chance.getrandbits(64) for _ in range(30_000)]
            hits = sum(memory.known(key) is not None for key in keys)
            spent = time.process_time() - began
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        size = path.stat().st_size / 1e6
    print(
        f"{known} known articles, each with three keys: a file of {size:.1f} MB, "
        f"{1e6 * filled / known:.0f} us of CPU an article to write"
    )
    print(f"a look-up: {1e6 * spent / len(keys):.1f} us; {hits} of {len(keys)} found; {grown:.1f} MB more memory")


def _thousand_articles(chance: random.Random) -> list[tuple[int, str, State, None]]:
    """The rows of a thousand articles: three keys each."""
    keys = [chance.getrandbits(64) for _ in range(3000)]
    return [(key, "a.example", State.TWIN if number % 3 else State.RECORDED, None) for number, key in enumerate(keys)]


def main() -> None:
    """Run the command."""
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
