"""Crawls that are killed, stopped or fail to write: the next run goes on, and every article is recorded once."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time

import pytest

from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import log, run, start, written

#: Scrapy, with a limit on the size of files: writing fails there, as on a full disk.
FULL = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
    "from scrapy.cmdline import execute; sys.argv[0] = 'scrapy'; execute()"
)


@pytest.mark.parametrize("mode", ["append", "overwrite", "timed", "gzip", "json", "csv", "batches", "object"])
def test_every_article_is_in_the_outputs_once_after_crawls_that_were_killed(mode, tmp_path):
    """A crawl that ends before it is killed is the last: with -O, another one would leave an empty output."""
    chance = random.Random(mode)
    with serve_living(LivingSite.of(24, delay=0.05)) as site:
        for seconds in (chance.uniform(0.9, 2.2), chance.uniform(0.9, 2.2), 90):
            process = start(tmp_path, site, mode)
            try:
                assert process.wait(seconds) == 0, log(tmp_path)[-3000:]
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
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
