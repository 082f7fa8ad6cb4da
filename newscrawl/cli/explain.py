"""`newscrawl explain`: every block of a page, kept or left out, what its fields were chosen from, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newscrawl.cli.options import common_options, environment_settings, scrapy_settings


@click.command(epilog="Example: newscrawl explain https://a.example/news/1 --html explained.html")
@click.argument("name", metavar="PATH | URL | -")
@click.option("--html", metavar="FILE", help="Write it as a page for the browser.")
@click.option("--case", is_flag=True, help="Print a test case for a strip rule instead.")
@click.option("--url", default="", metavar="URL", help="Where a file came from.")
@click.option("--sites", metavar="FILE", help="A sites file: how single sites are read.")
@click.option("--without", multiple=True, metavar="RULE", help="Switch a strip rule off.")
@click.option("--text", "is_text", is_flag=True, help="The file is plain text.")
@click.option("--allow-private", is_flag=True, help="Allow a URL of a private host.")
@common_options
def command(name: str, html: str | None, case: bool, **given: Any) -> None:
    """Show every block of a page: kept, or left out and why.

    Before the blocks stand the fields, such as headline, authors, dates, section and language: all that the page gives
    for each, and why one of it was taken.
    What is no article is explained all the same, and the reason is said.
    """
    from newscrawl.cli.one_page import read_one
    from newscrawl.errors import NewscrawlError
    from newscrawl.explain import case_file, explain_lines
    from newscrawl.explain_page import explain_page
    from newscrawl.outcomes import REASONS

    if html is not None and Path(html).resolve() == Path(name).resolve():
        raise click.ClickException(f"{html} is the page that is to be read: it would be overwritten")
    try:
        article = read_one(name, {**environment_settings(), **scrapy_settings(given)}, **given)
        if html is not None:
            Path(html).write_text(explain_page(article), "utf-8", "replace")
    except (NewscrawlError, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if html is None:
        click.echo(case_file(article) if case else "\n".join(explain_lines(article)))
    for override in article.overrides:
        click.echo(f"override: {override}", err=True)
    if article.refusal:
        why = article.refusal_detail or REASONS[article.refusal].meaning
        click.echo(f"no article: {article.refusal}: {why}", err=True)
