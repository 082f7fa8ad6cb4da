"""Crawls that are killed, stopped or fail to write: the next run goes on, and every article is recorded once."""

from __future__ import annotations

import json
import random
import signal
import time
from pathlib import Path

import pytest

from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import FRESH_MODES, MODES, log, read_back, run, start, written

#: Scrapy, with a limit on the size of files: writing fails there, as on a full disk.
FULL = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
    "from scrapy.cmdline import execute; sys.argv[0] = 'scrapy'; execute()"
)


def kill_and_go_on(folder: Path, site: LivingSite, mode: str, kills: int = 2) -> None:
    """Crawl, killed once so many articles of the run were requested as chance will have it, and again to the end.

    A crawl that ends before it is killed is the last: with -O, another one would leave an empty output.
    """
    chance = random.Random(mode)
    for number in range(kills + 1):
        before = len(site.asked)
        process = start(folder, site, mode)
        wanted = chance.randrange(4, 12)
        while number < kills and process.poll() is None and len(site.asked) - before < wanted + 3:
            time.sleep(0.02)
        if number < kills:
            time.sleep(chance.uniform(0, 0.3))
            process.kill()
        if process.wait(90) == 0:
            return
    raise AssertionError(log(folder)[-3000:])


@pytest.mark.parametrize("mode", [*MODES, *FRESH_MODES])
def test_every_article_is_in_the_outputs_once_after_crawls_that_were_killed(mode, tmp_path):
    with serve_living(LivingSite.of(24, delay=0.05)) as site:
        kill_and_go_on(tmp_path, site, mode)
    found = written(tmp_path)
    assert len(found) == 24 and set(found.values()) == {1}


def test_a_list_that_a_killed_run_began_is_written_anew_with_what_it_owed(tmp_path):
    """Nothing can be appended to half a list: the next run is told to use -O, which must not cost what was owed."""
    with serve_living(LivingSite.of(40, delay=0.05)) as site:
        process = start(tmp_path, site, "json appended")
        while sum("story" in path for path in site.asked) < 20:
            time.sleep(0.02)
        time.sleep(0.5)
        process.kill()
        process.wait()
        with (tmp_path / "out" / "a.json").open("ab") as half:
            half.write(b"[")
        assert run(tmp_path, site, "json appended") == 2
        assert run(tmp_path, site, "json anew") == 0
    found = written(tmp_path)
    assert len(found) == 40 and set(found.values()) == {1}


def test_a_list_of_the_same_second_as_a_killed_one_is_one_list(tmp_path):
    """A run that is started again at once may find the name of its output taken by the one that was killed."""
    out = tmp_path / "out" / "a-%(second)s.json"
    same_second = {
        "FEEDS": json.dumps({str(out): {"format": "json"}}),
        "FEED_URI_PARAMS": "tests.support.feed_stores.same_second",
    }
    with serve_living(LivingSite.of(24, delay=0.05)) as site:
        process = start(tmp_path, site, "settings", **same_second)
        while sum("story" in path for path in site.asked) < 12:
            time.sleep(0.02)
        process.kill()
        process.wait()
        assert run(tmp_path, site, "settings", **same_second) == 0, log(tmp_path)[-3000:]
    found = written(tmp_path)
    assert len(found) == 24 and set(found.values()) == {1}


@pytest.mark.parametrize("mode", ["fresh gzip", "append"], ids=["the same kind", "another kind"])
def test_an_earlier_output_is_completed_in_its_own_form(mode, tmp_path):
    """The next run may name another output, of the same kind or not: a file that ends in .gz stays compressed."""
    with serve_living(LivingSite.of(40, delay=0.05)) as site:
        process = start(tmp_path, site, "fresh gzip")
        while sum("story" in path for path in site.asked) < 20:
            time.sleep(0.02)
        time.sleep(0.5)
        process.kill()
        process.wait()
        first = tmp_path / "out" / "a1.jsonl.gz"
        if mode == "fresh gzip":
            first.touch()
        site.delay = 0
        assert run(tmp_path, site, mode) == 0, log(tmp_path)[-3000:]
    assert len(read_back(first)) >= 10
    found = written(tmp_path)
    assert len(found) == 40 and set(found.values()) == {1}


def test_an_output_whose_disk_lost_its_end_is_reported_and_has_whole_lines(tmp_path):
    """After a power cut: what is lost of a confirmed output cannot come back, so the run says so."""
    with serve_living(LivingSite.of(60, delay=0.05)) as site:
        process = start(tmp_path, site)
        path = tmp_path / "out" / "a.jsonl"
        while not path.is_file() or path.read_bytes().count(b"\n") < 20:
            time.sleep(0.02)
        process.kill()
        process.wait()
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 3])
        site.delay = 0
        assert run(tmp_path, site) == 7, log(tmp_path)[-3000:]
        left = path.read_bytes()
        assert run(tmp_path, site) == 0, "it is said once"
    assert left.endswith(b"\n") and whole.startswith(left[: len(whole) // 4])
    assert "the records at its end are lost" in log(tmp_path)
    assert max(written(tmp_path).values()) == 1, "and no line is torn"


@pytest.mark.parametrize("cut", [0, 4096, 20_000])
def test_a_memory_that_lost_its_last_commits_loses_no_record(cut, tmp_path):
    """After a power cut: what the memory forgot is fetched again, and stands once more in no output."""
    with serve_living(LivingSite.of(24, delay=0.05)) as site:
        process = start(tmp_path, site)
        while len(site.asked) < 18:
            time.sleep(0.02)
        process.kill()
        process.wait()
        log_of_memory = tmp_path / "memory.sqlite-wal"
        if log_of_memory.is_file() and cut:
            log_of_memory.write_bytes(log_of_memory.read_bytes()[:-cut])
        assert run(tmp_path, site) == 0, log(tmp_path)[-3000:]
    found = written(tmp_path)
    assert len(found) == 24 and set(found.values()) == {1}


def test_two_signals_lose_nothing(tmp_path):
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


def test_a_signal_ends_a_crawl_within_ten_seconds(tmp_path):
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


@pytest.mark.parametrize("limit", [60_000, 200_000])  # less than a new memory needs, and less than the output
def test_a_full_disk_fails_the_run_and_the_next_one_goes_on(limit, tmp_path):
    with serve_living(LivingSite.of(60, per_page=30)) as paper:
        status = start(tmp_path, paper, program=FULL.format(limit=limit)).wait(60)
        assert status == 7, log(tmp_path)[-3000:]
        assert run(tmp_path, paper, NEWSCRAWL_RETENTION="30d") == 0
    assert len(written(tmp_path)) == 60 == sum(written(tmp_path).values())
    assert sum(path.stat().st_size for path in (tmp_path / "out").iterdir()) > 250_000, (
        "the output alone is larger than the limit"
    )


def test_an_exporter_that_raises_loses_no_record_and_leaves_no_half_line(tmp_path):
    broken = {"FEED_EXPORTERS": json.dumps({"jsonl": "tests.support.feed_stores.FailingExporter"})}
    with serve_living(LivingSite.of(24)) as paper:
        assert run(tmp_path, paper, **broken) == 7
        assert sum(written(tmp_path).values()) < 24
        assert run(tmp_path, paper) == 0
    found = written(tmp_path)
    assert len(found) == 24 == sum(found.values())
