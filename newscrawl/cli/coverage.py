"""`newscrawl coverage FILE`: what became of the URLs in an audit file."""

from __future__ import annotations

import click

from newscrawl.cli.stores import run_action


@click.command(epilog="Example: newscrawl coverage audit.jsonl")
@click.argument("file", metavar="FILE")
def command(file: str) -> None:
    """Show what became of the URLs in an audit file, by source.

    A crawl writes FILE with --audit FILE.
    """
    raise SystemExit(run_action(["coverage", file]))
