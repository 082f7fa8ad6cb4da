"""`scrapy crawl`, with arguments looked at before anything starts, and an exit status that tells how it went.

Otherwise it is Scrapy's own command; spiders that are not newscrawl's run as ever.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import astuple

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.spiders import Spider

from newscrawl.crawl.browser.modes import Modes
from newscrawl.crawl.job.expectations import read_expectations
from newscrawl.crawl.job.job import Job, tell_unstarted
from newscrawl.crawl.job.verdict import nothing_new_status
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.crawl.politeness.rights import honours_rights, read_purposes
from newscrawl.crawl.state.memory_keeper import open_early
from newscrawl.memory import MemoryBusy, MemoryUnusable
from newscrawl.memory.schedule import parse_age, parse_spans

logger = logging.getLogger(__name__)

#: Loggers that list every component and setting at the start of each crawl; `-L DEBUG` brings them back.
_TALKATIVE = ("scrapy.middleware", "scrapy.addons", "scrapy.crawler", "scrapy.extensions.telnet")


class Command(ScrapyCrawl):
    """Scrapy's `crawl` command; see the module's docstring."""

    _made: Crawler | None = None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and set the exit status; see `newscrawl.crawl.nouns.exit_status`."""
        assert self.crawler_process is not None and self.settings is not None
        if len(args) == 1:
            try:
                spider = self.crawler_process.spider_loader.load(args[0])
            except KeyError as error:
                raise UsageError(f"there is no spider {args[0]!r}", print_help=False) from error
            try:
                self._check(spider, opts.spargs)
            except ValueError as error:
                tell_unstarted(self.settings, ExitStatus.BAD_ARGUMENTS, str(error))
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
                status = kinds.get(type(error), ExitStatus.CANNOT_WRITE)
                self.exitcode = int(status)
                logger.error("%s", error)
                if status is not ExitStatus.ALREADY_RUNNING:  # the files are the other run's then
                    tell_unstarted(self.settings, status, str(error))
                return
        self.settings.set("NEWSCRAWL_ENDS_WITH_PROCESS", True, priority="cmdline")
        super().run(args, opts)
        assert self._made is not None
        job = self._made.get_extension(Job) if self._made._extensions is not None else None
        if job is not None:
            verdict = job.end(is_started=not self.crawler_process.bootstrap_failed)
            self.exitcode = verdict.status
            if verdict.status:
                logger.log(
                    logging.ERROR if verdict.name != "NOTHING_NEW" else logging.INFO,
                    "Exit status %d (%s): %s",
                    *astuple(verdict),
                )
        elif self.exitcode:
            tell_unstarted(self.settings, ExitStatus.NOT_STARTED, "the crawl could not be started; see the log")

    def _check(self, spider: type[Spider], given: dict[str, str]) -> None:
        """ValueError where the arguments or newscrawl's settings are unusable; before that nothing has begun."""
        assert self.settings is not None
        nothing_new_status(self.settings.get("NEWSCRAWL_NOTHING_NEW_STATUS", 0))
        parse_spans(self.settings.get("NEWSCRAWL_REVISIT"))
        parse_age(self.settings.get("NEWSCRAWL_RETENTION"))
        Modes(self.settings.get("NEWSCRAWL_BROWSER"))
        honours_rights(self.settings.get("NEWSCRAWL_RIGHTS"))
        read_purposes(self.settings.get("NEWSCRAWL_PURPOSE"))
        check = getattr(spider, "check_arguments", None)
        if check is None:
            return
        sites = check(given, self.settings).sites
        if path := self.settings.get("NEWSCRAWL_EXPECTATIONS"):
            read_expectations(str(path), sites)

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._made = super()._create_crawler(spidercls)
        return self._made
