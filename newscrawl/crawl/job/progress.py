"""What a person sees of a crawl:

a live line for each site on a terminal, else a log line now and then, and a final table.

Reads the ledger and counts nothing itself. `NEWSCRAWL_PROGRESS_INTERVAL`: seconds between log lines, 0 for none. Writes
to standard error or the log, never to standard output.
"""

from __future__ import annotations

import logging

from rich.console import Console
from rich.live import Live
from rich.logging import RichHandler
from rich.text import Text
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler

from newscrawl.crawl.browser.keeper import BrowserKeeper
from newscrawl.crawl.job.coverage import read_audit, short_lines
from newscrawl.crawl.job.job import Job
from newscrawl.crawl.job.summary import MAX_SITES, printable, site_lines, summary_lines
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.politeness.host_report import host_lines

logger = logging.getLogger(__name__)


class Progress:
    """Shows the ledger of the run while it fills."""

    def __init__(self, crawler: Crawler, interval: float) -> None:
        self._crawler = crawler
        self._ledger = ledger_of(crawler)
        self._interval = interval
        self._console = Console(stderr=True)
        self._live: Live | None = None
        self._handlers: tuple[logging.Handler, logging.Handler] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Build, unless logging is off."""
        if not crawler.settings.getbool("LOG_ENABLED"):
            raise NotConfigured
        progress = cls(crawler, crawler.settings.getfloat("NEWSCRAWL_PROGRESS_INTERVAL", 10.0))
        crawler.signals.connect(progress._opened, signal=signals.spider_opened)
        crawler.signals.connect(progress._stopped, signal=signals.engine_stopped)
        return progress

    def _sites(self) -> list[str]:
        return list(getattr(self._crawler.spider, "site_names", None) or self._ledger.sites())

    def _opened(self, spider: Spider) -> None:
        handler = get_scrapy_root_handler()
        to_terminal = isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler)
        if self._console.is_terminal and to_terminal and handler is not None:
            self._start_live(handler)
        elif self._interval > 0:
            self._task = create_looping_call(self._log)
            self._task.start(self._interval, now=False)

    def _start_live(self, handler: logging.Handler) -> None:
        """Show live lines. Log records go through the same console, so that they appear above the lines."""
        rich_handler = RichHandler(console=self._console, level=handler.level, show_path=False, markup=False)
        logging.root.removeHandler(handler)
        logging.root.addHandler(rich_handler)
        self._handlers = (handler, rich_handler)
        self._live = Live(console=self._console, refresh_per_second=4, get_renderable=self._render, transient=True)
        self._live.start()

    def _render(self) -> Text:
        return Text("\n".join(site_lines(self._ledger, self._sites())), no_wrap=True, overflow="ellipsis")

    def _log(self) -> None:
        for line in site_lines(self._ledger, self._sites()):
            logger.info("%s", line)

    def _stopped(self) -> None:
        task = getattr(self, "_task", None)
        if task is not None and task.running:
            task.stop()
        if self._live is not None:
            self._live.stop()
        if self._handlers is not None:
            logging.root.removeHandler(self._handlers[1])
            logging.root.addHandler(self._handlers[0])
        sites = self._sites()
        if sites:
            lines = [*summary_lines(self._ledger, sites), *self._coverage(), *self._ending()]
            logger.info("Summary\n%s", "\n".join(lines))

    def _ending(self) -> list[str]:
        """Hosts that were left alone, what the browser did, unmet expectations, and how the run ended."""
        job = self._crawler.get_extension(Job)
        if job is None:
            return []
        job.end()
        browser = self._crawler.get_extension(BrowserKeeper)
        of_browser = browser.lines() if browser is not None else []
        return ["", *map(printable, [*host_lines(self._crawler), *of_browser, *job.lines()])]

    def _coverage(self) -> list[str]:
        """The short form of `scrapy newscrawl coverage`, where there is an audit."""
        path = self._crawler.settings.get("NEWSCRAWL_AUDIT")
        if not path:
            return []
        try:
            with open(path, encoding="utf-8") as file:
                return ["", *map(printable, short_lines(read_audit(file), MAX_SITES))]
        except (OSError, ValueError) as error:
            return ["", f"coverage: {error}"]
