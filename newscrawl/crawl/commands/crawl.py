"""`scrapy crawl`, which checks its arguments before anything starts, and tells by its exit status how the crawl went.

Otherwise it is Scrapy's own command, also for spiders that are not newscrawl's.
"""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import astuple
from typing import Any, NoReturn

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.spiders import Spider
from scrapy.utils.log import get_scrapy_root_handler

from newscrawl.crawl.browser.modes import Modes
from newscrawl.crawl.commands.checks import check_scrapy_settings
from newscrawl.crawl.commands.process_memory import collect_seldom, give_back_large_blocks
from newscrawl.crawl.export.destinations import collisions, complete_feeds, unusable_outputs, with_format
from newscrawl.crawl.export.writable import unwritable_outputs, why_not_writable
from newscrawl.crawl.job.expectations import read_expectations
from newscrawl.crawl.job.files import write_not_started
from newscrawl.crawl.job.job import Job
from newscrawl.crawl.nouns.exit_status import ExitStatus, is_reader_gone
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.nouns.options import check_options
from newscrawl.crawl.state.memory_keeper import open_early
from newscrawl.memory import MemoryBusy, MemoryUnusable

logger = logging.getLogger(__name__)

#: Loggers that list every component and setting at the start of each crawl; `-L DEBUG` brings them back.
_VERBOSE = ("scrapy.middleware", "scrapy.addons", "scrapy.crawler", "scrapy.extensions.telnet")
#: Loggers that make a line of level DEBUG for each page and item, even where none is shown.
_OF_EACH_PAGE = ("scrapy.core.engine", "scrapy.core.scraper")


class Command(ScrapyCrawl):
    """Scrapy's `crawl` command; see the module's docstring."""

    _made_crawler: Crawler | None = None

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Complete the outputs, and check what is used before `run`: the settings of Scrapy, the log, shared files."""
        assert self.settings is not None
        for name in ("output", "overwrite_output"):
            setattr(opts, name, [with_format(output) for output in getattr(opts, name) or ()])
        super().process_options(args, opts)
        if outputs := [*opts.output, *opts.overwrite_output]:
            self.settings.set("FEEDS", complete_feeds(self.settings.getdict("FEEDS"), outputs), priority="cmdline")
        opts.spargs = self.spider_arguments(opts)
        if faults := list(collisions(self.settings, opts.spargs)):
            raise UsageError("; ".join(faults), print_help=False)  # first, because the manifest could be such a file
        try:
            check_scrapy_settings(self.settings)
        except ValueError as error:
            self._refuse(str(error))
        path = self.settings.get("LOG_FILE")
        if path and (why := why_not_writable(str(path))):
            why = f"the log {path} cannot be written: {why}; nothing was requested"
            print(why, file=sys.stderr)
            write_not_started(self.settings, ExitStatus.CANNOT_WRITE, why)
            raise SystemExit(int(ExitStatus.CANNOT_WRITE))

    def spider_arguments(self, opts: argparse.Namespace) -> dict[str, Any]:
        """The arguments of the spider."""
        return dict(opts.spargs)

    def _refuse(self, why: str) -> NoReturn:
        """End the call with BAD_ARGUMENTS."""
        assert self.settings is not None
        write_not_started(self.settings, ExitStatus.BAD_ARGUMENTS, why)
        raise UsageError(why, print_help=False)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and set the exit status; see `newscrawl.crawl.nouns.exit_status`."""
        assert self.crawler_process is not None and self.settings is not None
        if len(args) == 1:
            self._check_arguments(args[0], opts)
        if self.settings.get("LOG_LEVEL") != "DEBUG":
            for name in _VERBOSE:
                logging.getLogger(name).setLevel(logging.WARNING)
            for name in _OF_EACH_PAGE:
                logging.getLogger(name).setLevel(logging.INFO)
        if not self._can_write() or not self._open_memory():
            return
        self.settings.set("NEWSCRAWL_ENDS_WITH_PROCESS", True, priority="cmdline")
        collect_seldom()
        give_back_large_blocks()
        super().run(args, opts)
        assert self._made_crawler is not None
        job = self._made_crawler.get_extension(Job) if self._made_crawler._extensions is not None else None
        if is_reader_gone() and not ledger_of(self._made_crawler).faults:
            ledger_of(self._made_crawler).fault(ExitStatus.CANNOT_WRITE, "standard output: its reader has closed it")
        if job is not None:
            verdict = job.end(is_started=not self.crawler_process.bootstrap_failed)
            self.exitcode = verdict.status
            if verdict.status and not (verdict == job.told and _shows_summary()):
                level = logging.ERROR if verdict.name != "NOTHING_NEW" else logging.INFO
                logger.log(level, "Exit status %d (%s): %s", *astuple(verdict))
        elif self.exitcode:
            why = "the crawl could not be started; see the log"
            write_not_started(self.settings, ExitStatus.NOT_STARTED, why)

    def _check_arguments(self, name: str, opts: argparse.Namespace) -> None:
        """Raise UsageError where there is no such spider, or its arguments or newscrawl's settings are unusable."""
        assert self.crawler_process is not None and self.settings is not None
        try:
            spider = self.crawler_process.spider_loader.load(name)
        except KeyError as error:
            raise UsageError(f"there is no spider {name!r}", print_help=False) from error
        faults = list(unusable_outputs(self.settings, spider))
        if faults:
            self._refuse("; ".join(faults))
        try:
            check_options(self.settings)
            check = getattr(spider, "check_arguments", None)
            sites = check(opts.spargs, self.settings).sites if check is not None else None
            Modes(self.settings.get("NEWSCRAWL_BROWSER")).check_driver()
            for site in (sites or {}).values():
                Modes(site.browser).check_driver()
            if sites is not None and (path := self.settings.get("NEWSCRAWL_EXPECTATIONS")):
                read_expectations(str(path), sites)
        except ValueError as error:
            self._refuse(str(error))

    def _can_write(self) -> bool:
        """Can every output be written? If not, the exit status is set."""
        assert self.settings is not None
        faults = list(unwritable_outputs(self.settings))
        if faults:
            self.exitcode = int(ExitStatus.CANNOT_WRITE)
            logger.error("%s; nothing was requested", "; ".join(faults))
            write_not_started(self.settings, ExitStatus.CANNOT_WRITE, "; ".join(faults))
        return not faults

    def _open_memory(self) -> bool:
        """Open the memory, where there is one; False, with the exit status set, when it cannot be used."""
        assert self.settings is not None
        memory = self.settings.get("NEWSCRAWL_MEMORY")
        if not memory:
            return True
        try:
            open_early(str(memory))
        except (MemoryBusy, MemoryUnusable, OSError) as error:
            statuses = {MemoryBusy: ExitStatus.ALREADY_RUNNING, MemoryUnusable: ExitStatus.MEMORY_UNUSABLE}
            status = statuses.get(type(error), ExitStatus.CANNOT_WRITE)
            self.exitcode = int(status)
            logger.error("%s", error)
            if status is not ExitStatus.ALREADY_RUNNING:  # then the files belong to the other run
                write_not_started(self.settings, status, str(error))
            return False
        return True

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        self._made_crawler = super()._create_crawler(spidercls)
        return self._made_crawler


def _shows_summary() -> bool:
    """Is the log shown in such detail that the summary was, which ends with the exit status?"""
    handler = get_scrapy_root_handler()
    return handler is not None and handler.level <= logging.INFO
