"""What the browser adds to a crawl, and what it costs.

    python -m bench.browser modes [--rounds 3]      a site, half static and half made by scripts, in each browser mode
    python -m bench.browser kills [--crawls 20] [--seed 1]   the browser is killed at random moments of each crawl
    python -m bench.browser growth [--pages 200]    memory of crawl and browser while so many pages are rendered

The sites are served on loopback by `tests.support.scripted_site`. CPU seconds are those of the crawl and the browser.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import threading
import time
from dataclasses import astuple, dataclass
from pathlib import Path

from newscrawl.crawl.browser.processes import descendants
from tests.crawl.browser.test_scripted_sites import kill_the_browser
from tests.support.crawling import Crawled, collect, start
from tests.support.scripted_site import ScriptedSite, serve_scripted

#: Kinds of pages made by scripts, how often each occurs in a mixed site, and the same for static pages. The story of
#: "next" is in its data; "video" has none.
SCRIPTED = {"json": 6, "bundle": 6, "late": 4, "shadow": 4, "unsettled": 4}
STATIC = {"plain": 16, "next": 3, "amp": 2, "video": 3}
STORIES = {*SCRIPTED, "plain", "next", "amp"}


@dataclass
class Measures:
    """Measures of one crawl. needless: pages rendered although they are static; missed: scripted ones not rendered."""

    recall: float
    scripted_recall: float
    cpu: float
    seconds: float
    cpu_a_record: float
    needless: float
    missed: float

    def __str__(self) -> str:
        return (
            f"{self.recall:8.1%}{self.scripted_recall:13.1%}{self.cpu:8.1f}{self.seconds:7.1f}"
            f"{self.cpu_a_record:16.2f}{self.needless:10.0f}{self.missed:8.0f}"
        )


def children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def crawled(site: ScriptedSite, **settings: str) -> tuple[Crawled, float, float]:
    """A crawl of a site, and the seconds and CPU seconds that it took."""
    folder = Path(tempfile.mkdtemp())
    began, before = time.monotonic(), children_cpu()
    done = collect(folder, start(folder, site.base, settings=settings), timeout=600)
    return done, time.monotonic() - began, children_cpu() - before


def measured(mode: str, seed: int) -> Measures:
    """Crawl a mixed site in a mode; the seed decides the order of its pages."""
    kinds = [kind for kind, count in (STATIC | SCRIPTED).items() for _ in range(count)]
    random.Random(seed).shuffle(kinds)
    with serve_scripted(ScriptedSite(kinds)) as site:
        done, seconds, cpu = crawled(site, NEWSCRAWL_BROWSER=mode)
        kind_of = {site.url(number): kind for number, kind in enumerate(kinds)}
    rendered = {record["metadata"]["requestedUrl"]: record["metadata"]["rendered"] for record in done.records}
    stories = [url for url, kind in kind_of.items() if kind in STORIES]
    scripted = [url for url in stories if kind_of[url] in SCRIPTED]
    useful = sum(is_rendered for url, is_rendered in rendered.items() if kind_of[url] in SCRIPTED)
    return Measures(
        recall=sum(url in rendered for url in stories) / len(stories),
        scripted_recall=sum(url in rendered for url in scripted) / len(scripted),
        cpu=cpu,
        seconds=seconds,
        cpu_a_record=cpu / max(1, len(rendered)),
        needless=done.stats.get("newscrawl/browser/pages", 0) - useful,
        missed=sum(not rendered.get(url) for url in scripted),
    )


def modes(rounds: int) -> None:
    """Print the median measures of each mode."""
    pages = sum((STATIC | SCRIPTED).values())
    stories = sum(count for kind, count in (STATIC | SCRIPTED).items() if kind in STORIES)
    print(f"{pages} articles: {stories} with a story, {sum(SCRIPTED.values())} of them made by scripts")
    columns = f"{'CPU s':>8}{'s':>7}{'CPU s a record':>16}{'needless':>10}{'missed':>8}"
    print(f"{'mode':8}{'recall':>8}{'of scripted':>13}{columns}")
    for mode in ("auto", "never", "always"):
        rows = [astuple(measured(mode, seed)) for seed in range(rounds)]
        print(f"{mode:8}{Measures(*(statistics.median(column) for column in zip(*rows, strict=True)))}", flush=True)


def kills(crawls: int, seed: int) -> None:
    """Kill the browser once or twice in each crawl. Each page must be recorded or counted as lost."""
    chance = random.Random(seed)
    complete = all_lost = 0
    times = []
    for number in range(1, crawls + 1):
        moments = [chance.uniform(0.0, 4.0) for _ in range(chance.choice((1, 2)))]
        with serve_scripted(ScriptedSite(["json"] * 8 + ["plain"] * 2)) as site:
            folder = Path(tempfile.mkdtemp())
            began = time.monotonic()
            process = start(folder, site.base)
            threading.Thread(target=kill_the_browser, args=(process.pid, moments), daemon=True).start()
            done = collect(folder, process, timeout=300)
            times.append(time.monotonic() - began)
            pages = {site.url(n) for n in range(10)}
        lost = set(done.reasons("BrowserFailed"))
        found = {record["metadata"]["requestedUrl"] for record in done.records} | lost
        is_complete = found == pages and done.status == 0
        complete += is_complete
        all_lost += len(lost)
        print(
            f"crawl {number}: killed after {', '.join(f'{moment:.1f}' for moment in moments)} s; "
            f"{len(done.records)} records, {len(lost)} pages lost, "
            f"{done.stats.get('newscrawl/browser/starts', 0)} starts, {times[-1]:.1f} s"
            f"{'' if is_complete else ' NOT COMPLETE'}",
            flush=True,
        )
    print(
        f"{crawls} crawls ended, {complete} complete (each page a record, or one of {all_lost} lost); "
        f"longest {max(times):.1f} s"
    )


def watch(pid: int, site: ScriptedSite, samples: list[tuple[int, float, float]], is_over: threading.Event) -> None:
    """Take samples of a crawl until it is over: pages rendered, and MB of memory of the crawl and of the browser."""
    while not is_over.wait(0.5):
        browser = sum(process.resident for process in descendants(pid))
        crawl = next((process.resident for process in descendants(os.getpid()) if process.pid == pid), 0)
        rendered = sum(path.startswith("/api/") for path, _ in site.asked)
        samples.append((rendered, crawl / 2**20, browser / 2**20))


def growth(pages: int) -> None:
    """Print the memory of crawl and browser while so many pages are rendered."""
    samples: list[tuple[int, float, float]] = []
    is_over = threading.Event()
    with serve_scripted(ScriptedSite(["json"] * pages)) as site:
        folder = Path(tempfile.mkdtemp())
        before = children_cpu()
        process = start(folder, site.base)
        threading.Thread(target=watch, args=(process.pid, site, samples, is_over), daemon=True).start()
        done = collect(folder, process, timeout=1800)
        is_over.set()
    cpu = children_cpu() - before
    rendered = done.stats.get("newscrawl/browser/pages")
    print(
        f"{len(done.records)} of {pages} records, {rendered} pages rendered, {cpu:.1f} CPU s, {cpu / pages:.2f} a page"
    )
    print(f"{'pages':>10}{'crawl MB':>10}{'browser MB':>12}   (medians)")
    step = max(1, pages // 8)
    for first in range(0, pages, step):
        part = [sample for sample in samples if first <= sample[0] < first + step and sample[2]]
        if part:
            crawl, browser = (statistics.median(sample[column] for sample in part) for column in (1, 2))
            print(f"{first:>10}{crawl:10.0f}{browser:12.0f}")
    crawl, browser = (max(sample[column] for sample in samples) for column in (1, 2))
    stats = {name: value for name, value in done.stats.items() if name.startswith("newscrawl/browser")}
    print(f"peak: crawl {crawl:.0f} MB, browser {browser:.0f} MB; stats: {json.dumps(stats)}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("modes", "kills", "growth"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--crawls", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    if options.what == "modes":
        modes(options.rounds)
    elif options.what == "kills":
        kills(options.crawls, options.seed)
    else:
        growth(options.pages)


if __name__ == "__main__":
    main()
