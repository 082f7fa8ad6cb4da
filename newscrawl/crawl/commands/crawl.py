"""`scrapy crawl`, with arguments looked at before anything starts, and an exit status that tells how it went.

Otherwise it is Scrapy's own command; spiders that are not newscrawl's run as ever.
"""

from __future__ import annotations

import argparse
import logging

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.spiders import Spider

from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.remember import open_early
from newscrawl.crawl.status import ExitStatus
from newscrawl.memory import MemoryBusy, MemoryUnusable

#: Loggers that list every component and setting at the start of each crawl; `-L DEBUG` brings them back.
_TALKATIVE = ("scrapy.middleware", "scrapy.addons", "scrapy.crawler", "scrapy.extensions.telnet")


class Command(ScrapyCrawl):
    """Scrapy's `crawl` command; see the module's docstring."""

    _made: Crawler | None = None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and set the exit status; see `newscrawl.crawl.status`."""
        assert self.crawler_process is not None and self.settings is not None
        if len(args) == 1:
            try:
                spider = self.crawler_process.spider_loader.load(args[0])
            except KeyError as error:
                raise UsageError(f"there is no spider {args[0]!r}", print_help=False) from error
            check = getattr(spider, "check_arguments", None)
            if check is not None:
                try:
                    check(opts.spargs, self.settings)
                except ValueError as error:
                    raise UsageError(str(error), print_help=False) from error
        if self.settings.get("LOG_LEVEL") != "DEBUG":
            for name in _TALKATIVE:
                logging.getLogger(name).setLevel(logging.WARNING)
        memory = self.settings.get("NEWSCRAWL_MEMORY")
        if memory:
            try:
                open_early(str(memory))
            except (MemoryBusy, MemoryUnusable) as error:
                self.exitcode = int(ExitStatus.ALREADY_RUNNING if isinstance(error, MemoryBusy) else ExitStatus.MEMORY_UNUSABLE)
                logging.getLogger(__name__).error("%s", error)
                return
        self.settings.set("NEWSCRAWL_ENDS_WITH_PROCESS", True, priority="cmdline")
        super().run(args, opts)
        keeper = self._made.get_extension(LedgerKeeper) if self._made and self._made.spider else None
        sites = getattr(self._made.spider, "site_names", None) if self._made else None
        if self.exitcode == 0 and keeper is not None and sites:
            self.exitcode = int(keeper.exit_status(sites))

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._made = super()._create_crawler(spidercls)
        return self._made
