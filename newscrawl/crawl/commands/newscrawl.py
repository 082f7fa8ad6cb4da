"""`scrapy newscrawl ACTION ...`: what newscrawl can say about a crawl that has run.

coverage FILE    what became of the URLs in an audit file (see NEWSCRAWL_AUDIT), what each road found, and what none did
"""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.crawl.coverage import read_audit, report


class Command(ScrapyCommand):
    """The command group; each action is a method named like it."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012

    def syntax(self) -> str:
        """How it is called."""
        return "coverage FILE"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Say what a crawl found, by its audit file"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one action; exit status 2 for a wrong call or an unusable file."""
        actions = {"coverage": self.coverage}
        if len(args) != 2 or args[0] not in actions:
            raise UsageError(f"there is: {', '.join(f'scrapy newscrawl {name} FILE' for name in actions)}", print_help=False)
        actions[args[0]](args[1])

    def coverage(self, path: str) -> None:
        """Print the coverage of each site of an audit file."""
        try:
            with open(path, encoding="utf-8", newline="\n") as file:
                sites = read_audit(file)
        except (OSError, ValueError) as error:
            raise UsageError(f"{path}: {error}", print_help=False) from error
        for line in report(sites):
            print(line)
