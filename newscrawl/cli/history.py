"""`newscrawl history URL`: the recorded versions of an article."""

from __future__ import annotations

import click

from newscrawl.cli.stores import memory_option, run_action


@click.command(epilog="Example: newscrawl history https://a.example/news/1 --memory news.sqlite --html history.html")
@click.argument("url", metavar="URL")
@click.option("--html", metavar="FILE", help="Write them as a page for the browser.")
@memory_option
def command(url: str, html: str | None, memory: str | None) -> None:
    """Show the recorded versions of an article, and what changed, word by word.

    The exit status is 1 where no version is kept.
    """
    raise SystemExit(run_action(["history", url], memory, html=html))
