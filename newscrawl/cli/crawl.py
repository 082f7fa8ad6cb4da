"""`newscrawl crawl`: the spider, with its arguments and all settings as options of the same names."""

from __future__ import annotations

from typing import Any

import click

from newscrawl.cli.options import (
    ALL,
    ARGUMENTS,
    SETTINGS,
    argument_options,
    common_options,
    environment_settings,
    help_of_everything,
    scrapy_settings,
    setting_options,
)


@click.command(
    options_metavar="[OPTIONS]",
    epilog="Example: newscrawl crawl a.example --since 24h -o articles.jsonl",
)
@click.argument("sites", nargs=-1, metavar="SITE... | FILE")
@click.option(
    "-o", "output", multiple=True, metavar="FILE", help="Append the records to FILE (.jsonl, .csv, .jsonl.gz)."
)
@click.option("-O", "overwrite", multiple=True, metavar="FILE", help="Write FILE anew (also .json, .xml).")
@argument_options
@setting_options
@common_options
@click.option("--help-all", is_flag=True, is_eager=True, expose_value=False, callback=help_of_everything, help=ALL)
def command(sites: tuple[str, ...], output: tuple[str, ...], overwrite: tuple[str, ...], **given: Any) -> None:
    """Crawl news sites and write article records to FILE or standard output.

    A URL with a path is that section. FILE: one URL a line, or a sites file.
    """
    from newscrawl.cli.scrapy_run import crawl

    arguments = {name: given[name] for name in ARGUMENTS if given.get(name) is not None}
    if sites:
        arguments["sites"] = sites[0] if len(sites) == 1 else sites
    elif "urls" not in arguments:
        raise click.UsageError("name a site, or pages with --urls")
    settings: dict[str, Any] = dict(environment_settings())
    settings |= {setting: given[name] for name, setting in SETTINGS.items() if given.get(name) is not None}
    settings.update(scrapy_settings(given))
    if not output and not overwrite:
        output = ("-:jsonlines",)
    raise SystemExit(crawl(arguments, settings, list(output), list(overwrite)))
