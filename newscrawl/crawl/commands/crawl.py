"""`scrapy crawl`, with arguments looked at before anything starts, and an exit status that tells how it went.

Otherwise it is Scrapy's own command; spiders that are not newscrawl's run as ever.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.spiders import Spider

from newscrawl.crawl.expectations import read_expectations
from newscrawl.crawl.manifest import Manifest
from newscrawl.crawl.remember import open_early
from newscrawl.crawl.status import ExitStatus
from newscrawl.memory import MemoryBusy, MemoryUnusable
from newscrawl.memory.schedule import parse_spans

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
                    arguments = check(opts.spargs, self.settings)
                    self._check_settings(getattr(arguments, "sites", None))
                except ValueError as error:
                    raise UsageError(str(error), print_help=False) from error
        if self.settings.get("LOG_LEVEL") != "DEBUG":
            for name in _TALKATIVE:
                logging.getLogger(name).setLevel(logging.WARNING)
        memory = self.settings.get("NEWSCRAWL_MEMORY")
        if memory:
            try:
                open_early(str(memory))
            except (MemoryBusy, MemoryUnusable, OSError) as error:
                kinds = {MemoryBusy: ExitStatus.ALREADY_RUNNING, MemoryUnusable: ExitStatus.MEMORY_UNUSABLE}
                self.exitcode = int(kinds.get(type(error), ExitStatus.CANNOT_WRITE))
                logging.getLogger(__name__).error("%s", error)
                return
        self.settings.set("NEWSCRAWL_ENDS_WITH_PROCESS", True, priority="cmdline")
        super().run(args, opts)
        manifest = self._made.get_extension(Manifest) if self._made is not None and self._made.spider is not None else None
        if self.exitcode == 0 and manifest is not None:
            manifest.finish()
            self.exitcode = manifest.decide()[0]

    def _check_settings(self, sites: Iterable[str] | None) -> None:
        """Read the settings that a run would stumble over at its end; ValueError."""
        assert self.settings is not None
        parse_spans(self.settings.get("NEWSCRAWL_REVISIT"))
        path = self.settings.get("NEWSCRAWL_EXPECTATIONS")
        if path:
            read_expectations(str(path), sites)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._made = super()._create_crawler(spidercls)
        return self._made
