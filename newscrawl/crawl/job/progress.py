"""What a person sees: a live line a site on a terminal, else a log line now and then, and a table at the end.

Reads the ledger and counts nothing itself. `NEWSCRAWL_PROGRESS_INTERVAL`: seconds between log lines, 0 for none.
Writes to standard error or the log, never to standard output.
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
from newscrawl.crawl.job.ledger_keeper import LedgerKeeper
from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.crawl.politeness.host_report import host_lines
from newscrawl.outcomes import REASONS, Outcome

logger = logging.getLogger(__name__)

#: Sites shown one by one; of more, the busiest.
MAX_LINES = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FETCHED = (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED)


class Progress:
    """Shows the ledger of the run while it fills."""

    def __init__(self, crawler: Crawler, interval: float) -> None:
        self._crawler = crawler
        self._interval = interval
        self._console = Console(stderr=True)
        self._live: Live | None = None
        self._handlers: tuple[logging.Handler, logging.Handler] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Build, when the ledger is kept."""
        if not crawler.settings.getbool("LOG_ENABLED"):
            raise NotConfigured
        progress = cls(crawler, crawler.settings.getfloat("NEWSCRAWL_PROGRESS_INTERVAL", 10.0))
        crawler.signals.connect(progress._opened, signal=signals.spider_opened)
        crawler.signals.connect(progress._stopped, signal=signals.engine_stopped)
        return progress

    def _ledger(self) -> tuple[Ledger, list[str]] | None:
        keeper = self._crawler.get_extension(LedgerKeeper)
        if keeper is None:
            return None
        return keeper.ledger, list(getattr(self._crawler.spider, "site_names", None) or keeper.ledger.sites())

    def _opened(self, spider: Spider) -> None:
        handler = get_scrapy_root_handler()
        to_terminal = isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler)
        if self._console.is_terminal and to_terminal and handler is not None:
            rich_handler = RichHandler(console=self._console, level=handler.level, show_path=False, markup=False)
            logging.root.removeHandler(handler)
            logging.root.addHandler(rich_handler)
            self._handlers = (handler, rich_handler)
            self._live = Live(console=self._console, refresh_per_second=4, get_renderable=self._render, transient=True)
            self._live.start()
        elif self._interval > 0:
            self._task = create_looping_call(self._log)
            self._task.start(self._interval, now=False)

    def _render(self) -> Text:
        found = self._ledger()
        return Text("\n".join(site_lines(*found)) if found else "", no_wrap=True, overflow="ellipsis")

    def _log(self) -> None:
        found = self._ledger()
        for line in site_lines(*found) if found else ():
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
        found = self._ledger()
        if found and found[1]:
            logger.info("Summary\n%s", "\n".join([*summary_lines(*found), *self._coverage(), *self._ending()]))

    def _ending(self) -> list[str]:
        """What of the run was unmet, and how it ended."""
        job = self._crawler.get_extension(Job)
        if job is None:
            return []
        job.end()
        browser = self._crawler.get_extension(BrowserKeeper)
        return [
            "",
            *map(_shown, [*host_lines(self._crawler), *(browser.lines() if browser is not None else ()), *job.lines()]),
        ]

    def _coverage(self) -> list[str]:
        """The short form of `scrapy newscrawl coverage`, when the audit is on."""
        path = self._crawler.settings.get("NEWSCRAWL_AUDIT")
        if not path:
            return []
        try:
            with open(path, encoding="utf-8") as file:
                return ["", *map(_shown, short_lines(read_audit(file), MAX_LINES))]
        except (OSError, ValueError) as error:
            return ["", f"coverage: {error}"]


def _shown(text: str) -> str:
    """A name that comes from outside, without what could move a terminal's cursor."""
    return _CONTROL.sub("?", text)


def _fetched(ledger: Ledger, site: str) -> int:
    return sum(ledger.count(site, outcome=outcome) for outcome in _FETCHED)


def _busiest(ledger: Ledger, sites: Iterable[str]) -> list[str]:
    names = list(sites)
    return names if len(names) <= MAX_LINES else sorted(names, key=ledger.discovered, reverse=True)[:MAX_LINES]


def site_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """A line a site, while the crawl runs: discovered, fetched, records, refused."""
    lines = [
        f"{_shown(site)}: {ledger.discovered(site)} discovered, {_fetched(ledger, site)} fetched, {ledger.count(site, 'Recorded')} records, "
        f"{ledger.count(site, outcome=Outcome.REFUSED)} refused"
        for site in _busiest(ledger, sites)
    ]
    if len(sites) > MAX_LINES:
        lines.append(
            f"all {len(sites)} sites: {ledger.discovered()} discovered, {ledger.count(reason='Recorded')} records"
        )
    return lines


def summary_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """The table at the end: the funnel of each site, then every reason with its count and meaning."""
    heads = ("site", "discovered", "fetched", "records", "refused", "skipped", "failed")
    outcomes = (Outcome.RECORDED, Outcome.REFUSED, Outcome.SKIPPED, Outcome.FAILED)
    rows: list[tuple[str, ...]] = [heads]
    for site in _busiest(ledger, sites):
        counts = [
            ledger.discovered(site),
            _fetched(ledger, site),
            *(ledger.count(site, outcome=outcome) for outcome in outcomes),
        ]
        rows.append((_shown(site), *map(str, counts)))
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells[1:]]))
    if len(sites) > MAX_LINES:
        lines.append(f"... and {len(sites) - MAX_LINES} more sites")
    reasons = ledger.reasons()
    wide = max((len(name) for name in reasons), default=0)
    if by_source := ledger.records_by_source():
        lines += [
            "",
            "records by the source that discovered them first: "
            + ", ".join(f"{source} {count}" for source, count in by_source.items()),
        ]
    lines += ["", *(f"{count:>7}  {name.ljust(wide)}  {REASONS[name].meaning}" for name, count in reasons.items())]
    return lines
