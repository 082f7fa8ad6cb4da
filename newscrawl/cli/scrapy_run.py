"""Runs Scrapy inside this program: newscrawl's own commands and spider, with newscrawl's settings."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import Any

import click
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings


def project_settings(settings: Mapping[str, Any]) -> Settings:
    """Newscrawl's settings, with these on top. Raises click.UsageError for one that should be a table and is none."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.crawl.settings"
    found = get_project_settings()
    for name, value in settings.items():
        try:
            found.set(name, value, priority="cmdline")
        except ValueError:
            raise click.UsageError(f"{name}={value!r}: must be a JSON object") from None
    return found


def run(command: ScrapyCommand, settings: Mapping[str, Any], args: list[str], options: argparse.Namespace) -> int:
    """Run one of newscrawl's Scrapy commands; returns the exit status. Raises click.UsageError for a wrong call."""
    command.settings = project_settings(settings)
    command.settings.setdict(command.default_settings, priority="command")
    try:
        if command.requires_crawler_process:
            command.process_options(args, options)
            command.crawler_process = AsyncCrawlerProcess(command.settings)
        command.run(args, options)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    return command.exitcode


def crawl(arguments: Mapping[str, Any], settings: Mapping[str, Any], output: list[str], overwrite: list[str]) -> int:
    """Run the news spider, as `scrapy crawl news` does; returns the exit status."""
    from newscrawl.crawl.commands.crawl import Command

    options = argparse.Namespace(
        set=[], logfile=None, loglevel=None, nolog=False, pidfile=None, pdb=False, profile=None,
        spargs=[], output=output or None, overwrite_output=overwrite or None,
    )  # fmt: skip

    class Crawl(Command):
        def spider_arguments(self, opts: argparse.Namespace) -> dict[str, Any]:
            return dict(arguments)  # values may be lists, which no `-a NAME=VALUE` can be

    return run(Crawl(), settings, ["news"], options)
