"""Crawls that are stopped by a signal, or killed."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.crawl.nouns.exit_status import ExitStatus
from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import collect, start
from tests.support.reported_runs import manifest_of, report_settings


def slow(path: str) -> Answer | None:
    if path.startswith("/20"):
        time.sleep(0.5)
    return None


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_or_two_end_a_crawl_soon(tmp_path: Path, kind: signal.Signals, times: int) -> None:
    delay = (lambda path: time.sleep(30) if path.startswith("/20") else None) if times == 2 else slow
    with serve(change=delay) as paper:
        process = start(tmp_path, paper.address, settings=report_settings(tmp_path))
        wait_for(lambda: sum(path.startswith("/20") for path in paper.paths) >= 2, process)
        running = manifest_of(tmp_path)
        assert running["status"] is None and running["statusName"] == "RUNNING"
        assert running["process"]["pid"] == process.pid
        assert not (tmp_path / "news.prom").exists()
        for _ in range(times):
            process.send_signal(kind)
            time.sleep(0.3)
        began = time.monotonic()
        crawled = collect(tmp_path, process)
        assert time.monotonic() - began < 10
    assert crawled.status == ExitStatus.INTERRUPTED, crawled.log
    values = manifest_of(tmp_path)
    assert values["status"] == ExitStatus.INTERRUPTED and values["end"]
    assert "newscrawl_exit_status 6\n" in (tmp_path / "news.prom").read_text()


def test_the_manifest_of_a_killed_run_has_no_end(tmp_path: Path) -> None:
    with serve(change=slow) as paper:
        process = start(tmp_path, paper.address, settings={"NEWSCRAWL_MANIFEST": str(tmp_path / "run.json")})
        wait_for(lambda: any(path.startswith("/20") for path in paper.paths), process)
        process.kill()
        process.communicate()
    values = manifest_of(tmp_path)
    assert values["status"] is None and values["end"] is None and values["process"]["pid"] == process.pid


def test_sigterm_ends_a_crawl_with_whole_lines_and_an_entry_for_each_url(tmp_path: Path) -> None:
    is_under_way = threading.Event()

    def change(path: str) -> Answer | None:
        if path == "/news/2024/11/17/lighthouse-keepers-return-to-skerry-point":
            is_under_way.set()
        return None

    with serve(change=change) as served:
        process = start(tmp_path, served.address, settings={"DOWNLOAD_DELAY": "0.3"})
        assert is_under_way.wait(30)
        process.send_signal(signal.SIGTERM)
        crawled = collect(tmp_path, process)
        assert 0 < len(crawled.records) < 20
        assert crawled.reasons("Stopped")
        assert len(crawled.entries) == crawled.discovered
        assert len(crawled.reasons("Recorded")) == len(crawled.records)
