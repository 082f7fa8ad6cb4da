"""A reader of standard output that stops reading, like `head -1`: one message or none, and a status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.crawl.nouns.exit_status import READER_GONE, ExitStatus
from tests.cli.conftest import Run
from tests.newspaper.serve import serve


def read_one_line(*command: str) -> tuple[int, str]:
    """Run a command whose reader leaves after one line; its status, and what it wrote to standard error."""
    script = '"$@" | head -1 > /dev/null; exit "${PIPESTATUS[0]}"'
    done = subprocess.run(["bash", "-c", script, "bash", *command], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize("buffered", [[], ["-u"]], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("program", [["newscrawl"], ["scrapy", "newscrawl"]], ids=" ".join)
def test_a_command_whose_reader_leaves_says_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: list[str], buffered: list[str]
) -> None:
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "newscrawl.crawl.settings")
    with (tmp_path / "audit.jsonl").open("w") as file:
        for number in range(5000):
            source = {"source": "feed", "foundOn": "", "when": ""}
            entry = {"url": f"https://a{number}.example/1", "site": f"https://a{number}.example", "sources": [source]}
            file.write(json.dumps({**entry, "reason": "Recorded", "outcome": "recorded"}) + "\n")
    status, said = read_one_line(sys.executable, *buffered, "-m", *program, "coverage", "audit.jsonl")
    assert (status, said) == (READER_GONE, "")


def test_a_crawl_whose_reader_leaves_says_so_once(run: Run) -> None:
    with serve() as paper:
        words = [paper.address, "--allow-private", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
        status, said = read_one_line(sys.executable, "-m", "newscrawl", "crawl", *words)
    assert status == ExitStatus.CANNOT_WRITE
    assert said.count("its reader has closed it") == 1 and "Traceback" not in said and "Broken" not in said
    assert "NotWritten" in said
