"""`newscrawl extract`: articles from files, folders, globs, lists of URLs, URLs and standard input."""

from __future__ import annotations

from typing import Any, NoReturn

import click

from newscrawl.cli.ending import CANNOT_WRITE
from newscrawl.cli.options import common_options, environment_settings, scrapy_settings
from newscrawl.cli.results import ENDINGS

_FORMS = f"Form: {', '.join(ENDINGS)}."


@click.command(epilog='Example: newscrawl extract pages/ "more/*.html" --jobs 4 -o articles.jsonl')
@click.argument("names", nargs=-1, required=True, metavar="PATH... | URL... | -")
@click.option("-o", "output", metavar="FILE", help="Write to FILE, or a file a page to FOLDER/.")
@click.option("-f", "--format", "form", type=click.Choice(list(ENDINGS)), metavar="FORM", help=_FORMS)
@click.option("-j", "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Processes that read files.")
@click.option("--url", default="", metavar="URL", help="Where a file came from; completes its links.")
@click.option("--sites", metavar="FILE", help="A sites file: how single sites are read.")
@click.option("--without", multiple=True, metavar="RULE", help="Switch a strip rule off.")
@click.option("--force", is_flag=True, help="The best text, also where there is no article.")
@click.option("--text", "is_text", is_flag=True, help="The files are plain text: strip it only.")
@click.option("--allow-private", is_flag=True, help="Allow URLs of loopback and private hosts.")
@common_options
def command(names: tuple[str, ...], **given: Any) -> None:
    """Extract articles from files, folders, URLs or standard input.

    A file whose first line is a URL is a list of URLs. The exit status is the
    number of pages without an article, at most 100; 101 for a wrong call, 102
    where the output cannot be written.
    """
    from newscrawl.cli.extracting import Extraction
    from newscrawl.cli.inputs import find_sources

    try:
        sources = list(find_sources(names))
        settings = {
            **environment_settings(),
            **scrapy_settings(given),
            **({"NEWSCRAWL_ALLOW_PRIVATE": "1"} if given["allow_private"] else {}),
        }
        extraction = Extraction(sources, settings, **{name: given[name] for name in Extraction.OPTIONS})
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        _cannot_write(error)
    try:
        status = extraction.run()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        _cannot_write(error)
    raise SystemExit(status)


def _cannot_write(error: OSError) -> NoReturn:
    click.echo(f"Error: {error.filename or 'the output'}: {error.strerror or error}", err=True)
    raise SystemExit(CANNOT_WRITE)
