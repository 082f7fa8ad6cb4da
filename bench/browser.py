"""What the browser brings and costs.

    python -m bench.browser modes            a site half static, half made by scripts, crawled with the browser auto, never and always
    python -m bench.browser kills --crawls 20 --seed 1   the browser's process killed at seeded moments: does every crawl end, whole?
    python -m bench.browser growth --pages 200           memory of browser and crawl over so many rendered pages

Sites are served on loopback by `tests.support.scripted_site`; CPU seconds are those of the crawl with the browser and all it started.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from newscrawl.crawl.browser.processes import descendants
from tests.crawl.browser.test_scripted_sites import kill_the_browser
from tests.support.crawling import Crawled, collect, start
from tests.support.scripted_site import ScriptedSite, serve_scripted

#: Half static: of these "next" has its story as data and "video" has none. Half made by scripts.
MIXED = (
    ["plain"] * 16
    + ["next"] * 3
    + ["amp"] * 2
    + ["video"] * 3
    + ["json"] * 6
    + ["bundle"] * 6
    + ["late"] * 4
    + ["shadow"] * 4
    + ["unsettled"] * 4
)
SCRIPTED = frozenset({"json", "bundle", "late", "shadow", "unsettled"})
STORIES = SCRIPTED | {"plain", "next", "amp"}


def crawled(site: ScriptedSite, **settings: str) -> tuple[Crawled, float, float]:
    """A crawl of a site; seconds and CPU seconds that it took."""
    folder = Path(tempfile.mkdtemp())
    began = time.monotonic()
    before = os.times()
    done = collect(folder, start(folder, site.base, settings=settings), timeout=600)
    after = os.times()
    return (
        done,
        time.monotonic() - began,
        after.children_user + after.children_system - before.children_user - before.children_system,
    )


def modes(rounds: int) -> None:
    """Recall, CPU and escalations in each mode."""
    print(
        f"{len(MIXED)} articles: {sum(kind in STORIES for kind in MIXED)} with a story, {sum(kind in SCRIPTED for kind in MIXED)} of them made by scripts"
    )
    print(
        f"{'mode':8}{'recall':>8}{'of scripted':>13}{'CPU s':>8}{'s':>7}{'CPU s a record':>16}{'needless':>10}{'missed':>8}"
    )
    for mode in ("auto", "never", "always"):
        rows = []
        for seed in range(rounds):
            kinds = MIXED.copy()
            random.Random(seed).shuffle(kinds)
            with serve_scripted(ScriptedSite(kinds)) as site:
                done, seconds, cpu = crawled(site, NEWSCRAWL_BROWSER=mode)
                kind_of = {site.url(number): kind for number, kind in enumerate(kinds)}
            got = {record["metadata"]["requestedUrl"]: record["metadata"]["rendered"] for record in done.records}
            stories = [url for url, kind in kind_of.items() if kind in STORIES]
            scripted = [url for url in stories if kind_of[url] in SCRIPTED]
            escalated = done.stats.get("newscrawl/browser/escalated", 0)
            helped = sum(rendered for url, rendered in got.items() if kind_of[url] in SCRIPTED)
            needless = done.stats.get("newscrawl/browser/pages", 0) - helped
            rows.append((sum(url in got for url in stories) / len(stories), sum(url in got for url in scripted) / len(scripted), cpu, seconds, cpu / max(1, len(got)),
                         needless, sum(url not in got or not got[url] for url in scripted), escalated))  # fmt: skip
        middle = [statistics.median(column) for column in zip(*rows, strict=True)]
        print(
            f"{mode:8}{middle[0]:8.1%}{middle[1]:13.1%}{middle[2]:8.1f}{middle[3]:7.1f}{middle[4]:16.2f}{middle[5]:10.0f}{middle[6]:8.0f}"
        )


def kills(crawls: int, seed: int) -> None:
    """Kill the browser in each crawl, once or twice."""
    made = random.Random(seed)
    whole = failed = ended = 0
    times = []
    for number in range(crawls):
        with serve_scripted(ScriptedSite(["json"] * 8 + ["plain"] * 2)) as site:
            folder = Path(tempfile.mkdtemp())
            began = time.monotonic()
            process = start(folder, site.base)
            moments = [made.uniform(0.0, 4.0) for _ in range(made.choice((1, 2)))]
            threading.Thread(target=kill_the_browser, args=(process.pid, moments), daemon=True).start()
            done = collect(folder, process, timeout=300)
            times.append(time.monotonic() - began)
            ended += 1
            lost = set(done.reasons("BrowserFailed"))
            failed += len(lost)
            is_whole = {record["metadata"]["requestedUrl"] for record in done.records} | lost == {
                site.url(n) for n in range(10)
            } and done.status == 0
            whole += is_whole
            print(f"crawl {number + 1}: killed after {', '.join(f'{m:.1f}' for m in moments)} s; {len(done.records)} records, {len(lost)} pages lost, "
                  f"{done.stats.get('newscrawl/browser/starts', 0)} starts, {times[-1]:.1f} s{'' if is_whole else ' NOT WHOLE'}", flush=True)  # fmt: skip
    print(
        f"{ended} of {crawls} ended, {whole} whole (each page a record, or one of {failed} lost); longest {max(times):.1f} s"
    )


def growth(pages: int) -> None:
    """Resident memory of crawl and browser while so many pages are rendered."""
    samples: list[tuple[float, float, float]] = []
    with serve_scripted(ScriptedSite(["json"] * pages)) as site:
        folder = Path(tempfile.mkdtemp())
        process = start(folder, site.base)
        before = os.times()

        def watch() -> None:
            while process.poll() is None:
                below = descendants(process.pid)
                own = next((p.resident for p in descendants(os.getpid()) if p.pid == process.pid), 0)
                done = sum(path.startswith("/api/") for path, _ in site.asked)
                samples.append((done, own / 2**20, sum(p.resident for p in below) / 2**20))
                time.sleep(0.5)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        done = collect(folder, process, timeout=1800)
        after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"{len(done.records)} of {pages} records, {done.stats.get('newscrawl/browser/pages')} pages rendered, {cpu:.1f} CPU s, {cpu / pages:.2f} a page"
    )
    print(f"{'pages':>10}{'crawl MB':>10}{'browser MB':>12}   (medians)")
    step = max(1, pages // 8)
    for first in range(0, pages, step):
        part = [sample for sample in samples if first <= sample[0] < first + step and sample[2]]
        if part:
            print(
                f"{first:>10}{statistics.median(s[1] for s in part):10.0f}{statistics.median(s[2] for s in part):12.0f}"
            )
    print(f"peak: crawl {max(s[1] for s in samples):.0f} MB, browser {max(s[2] for s in samples):.0f} MB; stats: "
          + json.dumps({k: v for k, v in done.stats.items() if k.startswith("newscrawl/browser")}))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("modes", "kills", "growth"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--crawls", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args()
    if given.what == "modes":
        modes(given.rounds)
    elif given.what == "kills":
        kills(given.crawls, given.seed)
    else:
        growth(given.pages)


if __name__ == "__main__":
    sys.exit(main())
