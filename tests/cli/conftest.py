"""Runs the program as a person would, in an empty folder; in a process of its own where pages are fetched."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawl.cli.main import main, program
from tests.support import warm

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def needs_process(words: list[str]) -> bool:
    """Does it fetch, for which Scrapy takes a whole process, or end with a status of its own?"""
    is_url = any(word.startswith("http") for word in words)
    return words[:1] in (["crawl"], ["extract"]) or (words[:1] == ["explain"] and is_url)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `newscrawl` with these words. given: standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSCRAWL_MEMORY", raising=False)
    for name, value in {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}.items():
        monkeypatch.setenv(name, value)

    def call(*given_words: object, given: str = "") -> subprocess.CompletedProcess[str]:
        words = list(map(str, given_words))
        if needs_process(words) or not words or words[0] not in program.COMMANDS:
            return warm.run(["-m", main.__module__.partition(".")[0], *words], given=given, folder=tmp_path)
        done = CliRunner().invoke(program, words, input=given, prog_name="newscrawl")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    return call
