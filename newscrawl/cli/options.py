"""Options that several commands share, made from the tables of arguments and settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import click

from newscrawl.crawl.arguments import HELP
from newscrawl.crawl.nouns.options import PREFIX, Options, setting_name

_Command = Callable[..., Any]

#: Arguments of the spider that are options, with help of one line.
ARGUMENTS = {
    "limit": "Records of each site; the newest are wanted.",
    "since": "Only what was published since: 24h, 7d, 2026-11-01.",
    "until": "Only what was published until then.",
    "include": "Only URLs that have one of these patterns.",
    "exclude": "No URLs that have one of these patterns.",
    "languages": "Only articles in these languages: en,de.",
    "match": "Only articles with one of these words: flood*,storm.",
    "urls": "Exactly these pages: URLs, or a file with one a line.",
}
#: Help of `--help-all`.
ALL = "Show all options: each setting has one."
#: Settings whose options are shown in the short help.
_SHOWN = {
    "memory": "What is known from earlier runs: only news is fetched.",
    "contact": "Your web or mail address, for site owners.",
}
#: Option -> setting, of newscrawl's own.
SETTINGS = {field.name: setting_name(field) for field in attrs.fields(Options)}


def _option_name(name: str) -> str:
    return "--" + name.replace("_", "-")


def argument_options(command: _Command) -> _Command:
    """Add an option for each argument of the spider, save the sites."""
    assert {"sites", *ARGUMENTS} == set(HELP), "every argument of the spider is an option"
    for name, text in reversed(ARGUMENTS.items()):
        command = click.option(_option_name(name), name, metavar="TEXT", help=text)(command)
    return command


def setting_options(command: _Command) -> _Command:
    """Add an option for each of newscrawl's settings; most are shown by `--help-all` only."""
    for field in reversed(attrs.fields(Options)):
        name, text = field.name, _SHOWN.get(field.name) or field.metadata["help"]
        option = _option_name(name)
        if isinstance(field.default, bool):
            switch = f"{option}/--no{option[1:]}"
            made = click.option(switch, name, default=None, help=text, hidden=True)
        else:
            is_hidden = name not in _SHOWN
            made = click.option(option, name, metavar="TEXT", help=text, hidden=is_hidden)
        command = made(command)
    return command


def common_options(command: _Command) -> _Command:
    """Add the options of Scrapy that everyone needs: settings by name, and where the log goes."""
    command = click.option(
        "--logfile", metavar="FILE", hidden=True, help="Write the log to FILE, not to standard error."
    )(command)
    command = click.option("-L", "--loglevel", metavar="LEVEL", hidden=True, help="DEBUG, INFO, WARNING or ERROR.")(
        command
    )
    return click.option("-s", "scrapy", multiple=True, metavar="NAME=VALUE", help="Any setting of Scrapy.")(command)


def scrapy_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of `common_options`. Raises click.UsageError for `-s` without "="."""
    settings: dict[str, Any] = {}
    for text in given.get("scrapy") or ():
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise click.UsageError(f"-s {text}: write NAME=VALUE")
        settings[name] = value
    if given.get("logfile"):
        settings["LOG_FILE"] = given["logfile"]
    if given.get("loglevel"):
        settings["LOG_LEVEL"] = given["loglevel"].upper()
    return settings


def environment_settings() -> dict[str, str]:
    """The settings that the environment names. An unknown one is an error later, as on the command line."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


def help_of_everything(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    """Show all options, also those that the short help leaves out."""
    if not is_wanted:
        return
    for parameter in ctx.command.params:
        if isinstance(parameter, click.Option):
            parameter.hidden = False
    click.echo(ctx.get_help())
    ctx.exit()
