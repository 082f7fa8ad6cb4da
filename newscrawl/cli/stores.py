"""Runs the actions of `scrapy newscrawl` for the commands that ask a memory or an audit file."""

from __future__ import annotations

import argparse
from typing import Any

import click

_Command = Any


def memory_option(command: _Command) -> _Command:
    """Add the option that names the memory; the environment may name it too."""
    text = "The memory; else the environment variable NEWSCRAWL_MEMORY."
    return click.option("--memory", metavar="FILE", envvar="NEWSCRAWL_MEMORY", help=text)(command)


def run_action(args: list[str], memory: str | None = None, **options: Any) -> int:
    """Run an action; returns its exit status. Raises click.UsageError for a wrong call."""
    from newscrawl.cli.scrapy_run import run
    from newscrawl.crawl.commands.newscrawl import Command

    given = {"html": None, "older": None, "audit": None, **options}
    settings = {"NEWSCRAWL_MEMORY": memory} if memory else {}
    return run(Command(), settings, args, argparse.Namespace(**given))
