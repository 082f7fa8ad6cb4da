"""`newscrawl memory ACTION`: look into the memory of repeated crawls, or maintain it."""

from __future__ import annotations

import click

from newscrawl.cli.stores import memory_option, run_action


@click.group(epilog="Example: newscrawl memory show --memory news.sqlite")
def command() -> None:
    """Look into the memory of repeated crawls, or maintain it."""


@command.command(epilog="Example: newscrawl memory show --memory news.sqlite")
@memory_option
def show(memory: str | None) -> None:
    """Show what the memory holds."""
    raise SystemExit(run_action(["memory", "show"], memory))


@command.command(epilog="Example: newscrawl memory check --memory news.sqlite")
@memory_option
def check(memory: str | None) -> None:
    """Say whether the memory is intact."""
    raise SystemExit(run_action(["memory", "check"], memory))


@command.command(epilog="Example: newscrawl memory forget https://a.example/news/1 --memory news.sqlite")
@click.argument("what", metavar="SITE | URL")
@memory_option
def forget(what: str, memory: str | None) -> None:
    """Forget a site or an article: the next crawl treats it as new."""
    raise SystemExit(run_action(["memory", "forget", what], memory))


@command.command(epilog="Example: newscrawl memory prune --older 2y --memory news.sqlite")
@click.option("--older", required=True, metavar="AGE", help="30d, 8w, 6mo or 2y.")
@memory_option
def prune(older: str, memory: str | None) -> None:
    """Forget versions, waiting URLs and counts that are older."""
    raise SystemExit(run_action(["memory", "prune"], memory, older=older))


@command.command(epilog="Example: newscrawl memory export versions.jsonl --memory news.sqlite")
@click.argument("file", metavar="FILE")
@memory_option
def export(file: str, memory: str | None) -> None:
    """Write every kept version of every article, one JSON record a line.

    FILE may end in .sqlite for a copy of the memory.
    """
    raise SystemExit(run_action(["memory", "export", file], memory))
