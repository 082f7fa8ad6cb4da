"""The file of a memory: one job uses it at a time, and a damaged or foreign one is refused."""

from __future__ import annotations

import sqlite3
import time

import pytest

from newscrawl.memory import open_memory
from tests.support.living_site import LivingSite, serve_living
from tests.support.memory_runs import log, run, start, written


@pytest.fixture
def paper():
    with serve_living(LivingSite.of(24)) as site:
        yield site


def test_a_memory_is_used_by_one_job_at_a_time(tmp_path):
    with serve_living(LivingSite.of(24, delay=10)) as site:
        first = start(tmp_path, site)
        while not site.asked:
            time.sleep(0.05)
        began = time.monotonic()
        assert run(tmp_path, site) == 75
        assert time.monotonic() - began < 30
        assert f"is in use by process {first.pid}, which began 20" in log(tmp_path)
        first.kill()  # the lock of a dead process is ignored
        first.wait()
        site.delay = 0
        assert run(tmp_path, site) == 0
    assert len(written(tmp_path)) == 24 == sum(written(tmp_path).values())


@pytest.mark.parametrize(
    "content", [b"no database at all, but a text of some length" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_memory_is_refused_and_not_changed(content, paper, tmp_path):
    (tmp_path / "memory.sqlite").write_bytes(content)
    assert run(tmp_path, paper) == 8
    assert (tmp_path / "memory.sqlite").read_bytes() == content
    assert "memory.sqlite is damaged or not a memory of newscrawl" in log(tmp_path)
    assert not paper.asked


def test_a_foreign_database_and_one_of_a_newer_version_are_refused(paper, tmp_path):
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
