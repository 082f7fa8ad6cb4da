"""What a person sees of a crawl: a live line for each site on a terminal, else log lines; and a final table.

Reads the ledger and counts nothing itself. `NEWSCRAWL_PROGRESS_INTERVAL`: seconds between log lines, 0 for none. Writes
to standard error or the log, never to standard output.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

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
from newscrawl.crawl.nouns.ledger import Ledger, ledger_of
from newscrawl.crawl.politeness.host_report import host_lines
from newscrawl.outcomes import REASONS, Outcome

logger = logging.getLogger(__name__)

#: Sites that are shown one by one; of more, the busiest.
MAX_SITES = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FETCHED = (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED)
#: Columns of the table after the site, discovered and fetched.
_COLUMNS = {
    "records": Outcome.RECORDED,
    "refused": Outcome.REFUSED,
    "skipped": Outcome.SKIPPED,
    "failed": Outcome.FAILED,
}


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


def printable(text: str) -> str:
    """A text from outside, without characters that could move a terminal's cursor."""
    return _CONTROL.sub("?", text)


def _fetched(ledger: Ledger, site: str) -> int:
    return sum(ledger.count(site, outcome=outcome) for outcome in _FETCHED)


def _busiest(ledger: Ledger, sites: Iterable[str]) -> list[str]:
    names = list(sites)
    return names if len(names) <= MAX_SITES else sorted(names, key=ledger.discovered, reverse=True)[:MAX_SITES]


def site_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """One line a site while the crawl runs: discovered, fetched, records, refused."""
    lines = []
    for site in _busiest(ledger, sites):
        records, refused = ledger.count(site, "Recorded"), ledger.count(site, outcome=Outcome.REFUSED)
        found = f"{ledger.discovered(site)} discovered, {_fetched(ledger, site)} fetched"
        lines.append(f"{printable(site)}: {found}, {records} records, {refused} refused")
    if len(sites) > MAX_SITES:
        records = ledger.count(reason="Recorded")
        lines.append(f"all {len(sites)} sites: {ledger.discovered()} discovered, {records} records")
    return lines


def summary_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """The table at the end: the funnel of each site, then every reason with its count and meaning."""
    rows: list[tuple[str, ...]] = [("site", "discovered", "fetched", *_COLUMNS)]
    for site in _busiest(ledger, sites):
        outcomes = (ledger.count(site, outcome=outcome) for outcome in _COLUMNS.values())
        counts = [ledger.discovered(site), _fetched(ledger, site), *outcomes]
        rows.append((printable(site), *map(str, counts)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells[1:]]))
    if len(sites) > MAX_SITES:
        lines.append(f"... and {len(sites) - MAX_SITES} more sites")
    if by_source := ledger.records_by_source():
        counted = ", ".join(f"{source} {count}" for source, count in by_source.items())
        lines += ["", f"records by the source that discovered them first: {counted}"]
    reasons = ledger.reasons()
    width = max((len(name) for name in reasons), default=0)
    lines += ["", *(f"{count:>7}  {name.ljust(width)}  {REASONS[name].meaning}" for name, count in reasons.items())]
    return lines
