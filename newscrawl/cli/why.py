"""`newscrawl why URL`: what became of a URL in earlier crawls."""

from __future__ import annotations

import click

from newscrawl.cli.stores import memory_option, run_action


@click.command(epilog="Example: newscrawl why https://a.example/news/1 --memory news.sqlite")
@click.argument("url", metavar="URL")
@click.option("--audit", metavar="FILE", help="An audit file that a crawl wrote with --audit FILE.")
@memory_option
def command(url: str, audit: str | None, memory: str | None) -> None:
    """Say what discovered a URL, what became of it, why and when.

    Asks an audit file, which knows every URL of one run, or a memory, which
    knows those of all runs. The exit status is 1 where nothing is known.
    """
    raise SystemExit(run_action(["why", url], memory, audit=audit))
