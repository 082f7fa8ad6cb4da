"""The log on a terminal is the log of a file, with colour where it is wanted."""

from __future__ import annotations

import io
import logging

from rich.console import Console

from newscrawl.crawl.addon import DEFAULTS
from newscrawl.crawl.report.console import ConsoleHandler
from newscrawl.crawl.settings import LOG_FORMAT


def written(level: int, message: str, **environment: str) -> tuple[str, str]:
    """The same record on a terminal and in a file."""
    record = logging.LogRecord("newscrawl.summary", level, __file__, 1, message, None, None)
    terminal, file = io.StringIO(), io.StringIO()
    in_file = logging.StreamHandler(file)
    in_file.setFormatter(logging.Formatter(LOG_FORMAT, "%Y-%m-%d %H:%M:%S"))
    console = Console(file=terminal, force_terminal=True, width=40, _environ={"TERM": "xterm", **environment})
    ConsoleHandler(console, in_file, summary="newscrawl.summary").emit(record)
    in_file.emit(record)
    return terminal.getvalue(), file.getvalue()


def test_without_colour_both_are_equal_however_narrow_the_terminal_is() -> None:
    message = "https://a.example/a/long/way [bold]is no markup[/bold] and 404 no number to colour"
    on_terminal, in_file = written(logging.WARNING, message, NO_COLOR="1")
    assert on_terminal == in_file.replace("\n", "\n") and in_file.endswith(f" WARNING: {message}\n")


def test_levels_and_the_summary_have_colours() -> None:
    assert "\x1b[31m" in written(logging.ERROR, "it broke")[0]
    assert "\x1b[33m" in written(logging.WARNING, "it may break")[0]
    assert "\x1b" not in written(logging.INFO, "all is well")[0]
    summary = written(logging.INFO, "a.example: 12 new, 2 failed: 1 timed out\nexit status 4 (X): why")[0]
    assert "\x1b[32m12 new" in summary and "\x1b[31m2 failed" in summary and "\x1b[31mexit status 4" in summary


def test_the_format_is_the_same_before_and_after_the_add_on_is_loaded() -> None:
    assert DEFAULTS["LOG_FORMAT"] == LOG_FORMAT
