"""A memory between runs: real crawls in processes of their own, of a paper that lives, killed, stopped, and run again."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.memory import State, open_memory
from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import log, records, run, start, written

FULL = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); from scrapy.cmdline import execute; sys.argv[0] = 'scrapy'; execute()"


@pytest.fixture
def paper():
    with serve_living(LivingSite.of(24)) as site:
        yield site


def forward(folder, seconds):
    """Let time pass: all that the memory has due becomes due so much sooner."""
    with sqlite3.connect(folder / "memory.sqlite") as base:
        base.execute("UPDATE article SET due = due - ?, first = first - ?", (seconds, seconds))
        base.execute("UPDATE listing SET asked = asked - ?, due = max(0, due - ?)", (seconds, seconds))
        base.execute("UPDATE waiting SET not_before = max(0, not_before - ?)", (seconds,))
        base.execute("UPDATE version SET moment = moment - ?", (seconds,))


def test_a_second_run_brings_only_what_is_new(paper, tmp_path):
    assert run(tmp_path, paper) == 0
    first = len(paper.asked)
    assert len(written(tmp_path)) == 24
    paper.asked.clear()
    assert run(tmp_path, paper) == 0
    assert sum(written(tmp_path).values()) == 24
    assert len(paper.asked) <= 8 < first, paper.asked
    assert not [path for path in paper.asked if "story" in path]
    new = paper.add(1000)
    assert run(tmp_path, paper) == 0
    assert records(tmp_path)[-1]["url"].endswith(new.path)
    assert sum(written(tmp_path).values()) == 25


def test_without_a_memory_nothing_is_kept(paper, tmp_path):
    for _ in range(2):
        assert run(tmp_path, paper, NEWSCRAWL_MEMORY="") == 0
    assert set(written(tmp_path).values()) == {2}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.txt", "out"]


@pytest.mark.parametrize("mode", ["append", "overwrite", "timed", "gzip", "json", "csv", "batches", "object"])
def test_killed_again_and_again_every_article_stands_once(mode, tmp_path):
    chance = random.Random(mode)
    with serve_living(LivingSite.of(24, delay=0.05)) as site:
        for _ in range(2):
            process = start(tmp_path, site, mode)
            try:
                process.wait(chance.uniform(0.9, 2.2))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        assert run(tmp_path, site, mode) == 0, log(tmp_path)[-3000:]
    found = written(tmp_path)
    assert len(found) == 24 and set(found.values()) == {1}


def test_stopped_twice_nothing_is_lost(tmp_path):
    with serve_living(LivingSite.of(24, delay=0.2)) as site:
        process = start(tmp_path, site)
        time.sleep(2)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) != 0
        site.delay = 0
        assert run(tmp_path, site) == 0
    assert len(written(tmp_path)) == 24 == sum(written(tmp_path).values())


def test_told_to_stop_it_does_within_ten_seconds(tmp_path):
    with serve_living(LivingSite.of(24, delay=25)) as site:
        process = start(tmp_path, site)
        while not any("story" in path for path in site.asked):
            time.sleep(0.1)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 6, log(tmp_path)[-2000:]
        assert time.monotonic() - began < 10
        site.delay = 0
        assert run(tmp_path, site) == 0
    assert len(written(tmp_path)) == 24 == sum(written(tmp_path).values())


@pytest.mark.parametrize("limit", [60_000, 200_000])  # below what a new memory needs, and below what the output does
def test_a_full_disk_is_told_of_and_the_next_run_goes_on(limit, tmp_path):
    with serve_living(LivingSite.of(60, per_page=30)) as paper:
        status = start(tmp_path, paper, program=FULL.format(limit=limit)).wait(60)
        assert status == 7, log(tmp_path)[-3000:]
        assert run(tmp_path, paper, NEWSCRAWL_RETENTION="30d") == 0
    assert len(written(tmp_path)) == 60 == sum(written(tmp_path).values())
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) > 250_000, (
        "the output alone is more than the limit lets through"
    )


def test_an_exporter_that_raises_costs_no_record_and_leaves_no_half(paper, tmp_path):
    broken = {"FEED_EXPORTERS": json.dumps({"jsonl": "tests.support.feed_stores.FailingExporter"})}
    assert run(tmp_path, paper, **broken) == 7
    assert sum(written(tmp_path).values()) < 24
    assert run(tmp_path, paper) == 0
    found = written(tmp_path)
    assert len(found) == 24 == sum(found.values())


def test_one_job_at_a_time(tmp_path):
    with serve_living(LivingSite.of(24, delay=10)) as site:
        first = start(tmp_path, site)
        while not site.asked:
            time.sleep(0.05)
        began = time.monotonic()
        assert run(tmp_path, site) == 75
        assert time.monotonic() - began < 30
        assert f"is in use by process {first.pid}, which began 20" in log(tmp_path)
        first.kill()  # the lock of a dead process does not count
        first.wait()
        site.delay = 0
        assert run(tmp_path, site) == 0
    assert len(written(tmp_path)) == 24 == sum(written(tmp_path).values())


@pytest.mark.parametrize(
    "content", [b"no database at all, but a text of some length" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_memory_is_refused_and_left_alone(content, paper, tmp_path):
    (tmp_path / "memory.sqlite").write_bytes(content)
    assert run(tmp_path, paper) == 8
    assert (tmp_path / "memory.sqlite").read_bytes() == content
    assert "memory.sqlite is damaged or not a memory of newscrawl" in log(tmp_path)
    assert not paper.asked


def test_another_programs_database_and_a_newer_version_are_refused(paper, tmp_path):
    with sqlite3.connect(tmp_path / "memory.sqlite") as base:
        base.execute("CREATE TABLE theirs (x)")
    base.close()
    assert run(tmp_path, paper) == 8
    assert "another program's database" in log(tmp_path)
    (tmp_path / "memory.sqlite").unlink()
    open_memory(str(tmp_path / "memory.sqlite")).close()
    with sqlite3.connect(tmp_path / "memory.sqlite") as base:
        base.execute("PRAGMA user_version=99")
    base.close()
    assert run(tmp_path, paper) == 8
    assert "use a newer newscrawl" in log(tmp_path)


def test_what_a_limit_left_comes_with_the_next_runs(paper, tmp_path):
    command = ("-a", "limit=10")
    for expected in (10, 20, 24):
        assert start(tmp_path, paper, extra=command).wait(60) == 0
        assert len(written(tmp_path)) == expected == sum(written(tmp_path).values())


def test_a_budget_is_kept_to_and_starves_nothing(paper, tmp_path):
    for _ in range(6):
        before = len(paper.asked)
        assert run(tmp_path, paper, NEWSCRAWL_BUDGET="12") == 0
        assert len(paper.asked) - before <= 13  # and robots.txt
    assert len(written(tmp_path)) == 24 == sum(written(tmp_path).values())


def test_a_host_that_was_down_loses_nothing(paper, tmp_path):
    paper.down = {story.path for story in paper.stories[3::4]}  # the host answers in between: it is not given up
    run(tmp_path, paper, NEWSCRAWL_BACKOFF="0.01", NEWSCRAWL_MAX_BACKOFF="60")
    assert len(written(tmp_path)) == 18
    paper.down = set()
    run(tmp_path, paper)
    assert len(written(tmp_path)) == 24
    paper.down = {"*"}
    assert run(tmp_path, paper) == 3
    paper.down = set()
    forward(tmp_path, 86400)
    new = paper.add(1000)
    assert run(tmp_path, paper) == 0
    assert new.path in "".join(written(tmp_path))


def test_a_validator_that_lies_is_found_out(paper, tmp_path):
    paper.lies = True
    run(tmp_path, paper)
    paper.lies = True  # every page has the same ETag, and 304 is the answer to it
    new = paper.add(1000)
    for _ in range(3):
        run(tmp_path, paper)
    assert new.path in "".join(written(tmp_path))
    with open_memory(str(tmp_path / "memory.sqlite")) as memory:
        assert memory.host(paper.base.removeprefix("http://")).distrusted
    paper.statuses.clear()
    newest = paper.add(1001)
    run(tmp_path, paper)
    assert newest.path in "".join(written(tmp_path))
    assert not paper.statuses[304]


def test_changes_are_recorded_and_what_is_none_is_not(paper, tmp_path):
    run(tmp_path, paper)
    assert all(record["revision"] is None for record in records(tmp_path))
    changed, gone, same, corrected = paper.stories[:4]
    corrected.paragraphs.append("Correction: an earlier version of this article gave the wrong name of the mayor.")
    paper.aside = "<h2>Most read</h2><ul><li><a href='/x'>Other things that were read</a></li></ul>"  # on every page
    changed.headline = "Council opens the new harbour bridge after a long winter"
    gone.status = 410
    forward(tmp_path, 4000)
    paper.asked.clear()
    assert run(tmp_path, paper) == 0
    assert sum("story" in path for path in paper.asked) == 24
    after = {record["url"].rsplit("8000")[-1]: record for record in records(tmp_path)[24:]}
    kinds = {url.removeprefix(paper.base): record["revision"]["kind"] for url, record in after.items()}
    assert kinds == {changed.path: "headline", gone.path: "removed", corrected.path: "correction"}
    assert after[paper.base + corrected.path]["correction"].startswith("Correction: an earlier version")
    revision = after[paper.base + changed.path]["revision"]
    assert (
        revision["number"] == 2
        and revision["changedFields"] == ["headline"]
        and revision["of"] == paper.base + changed.path
    )
    assert (
        revision["previousHash"] == records(tmp_path)[0]["metadata"]["contentHash"]
        or len(revision["previousHash"]) == 40
    )
    assert same.path not in kinds
    _look_at_the_history(tmp_path, paper.base + changed.path)
    gone.status = 200
    forward(tmp_path, 6 * 3600)
    run(tmp_path, paper)
    assert [record["revision"]["kind"] for record in records(tmp_path)[27:]] == ["reinstated"]


def _look_at_the_history(folder, url):
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "newscrawl",
        "history",
        url,
        "-s",
        f"NEWSCRAWL_MEMORY={folder / 'memory.sqlite'}",
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (
        shown.returncode == 0
        and "Version 2" in shown.stdout
        and "headline" in shown.stdout
        and "{+" in shown.stdout
        and "[-" in shown.stdout
    )
    page = folder / "history.html"
    assert subprocess.run([*command, "--html", str(page)], check=False).returncode == 0
    assert page.read_text("utf-8").count("<ins>") and url in page.read_text("utf-8")
    assert (
        subprocess.run(
            [*command[:-3], "https://a.example/none", *command[-2:]], capture_output=True, check=False
        ).returncode
        == 1
    )


def test_what_is_being_committed_when_a_crawl_ends_is_not_lost(tmp_path):
    """The end of a crawl comes while what was gathered waits for the thread that writes."""

    async def end_amid_a_commit() -> None:
        keeper = MemoryKeeper.from_crawler(
            get_crawler(settings_dict={"NEWSCRAWL_MEMORY": str(tmp_path / "memory.sqlite"), "NEWSCRAWL_REVISIT": ""})
        )
        writer = threading.Event()
        keeper._thread.submit(writer.wait, 60)
        await keeper._start(Spider("news"))
        keeper.remember_state(1, "a.example", State.REFUSED)
        while keeper.batch.known:  # it is taken to be committed
            await asyncio.sleep(0.02)
        ending = asyncio.ensure_future(keeper._end())
        await asyncio.sleep(0.05)
        writer.set()
        await ending

    asyncio.run(end_amid_a_commit())
    with open_memory(str(tmp_path / "memory.sqlite")) as memory:
        assert memory.known(1) == (State.REFUSED, None)
