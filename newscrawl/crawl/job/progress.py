"""What a person sees of a crawl: a live table of the sites on a terminal, else log lines; and a summary at the end.

Reads the ledger and counts nothing itself. `NEWSCRAWL_PROGRESS_INTERVAL`: seconds between log lines, 0 for none. Writes
to standard error or the log, never to standard output.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler

from newscrawl.crawl.browser.keeper import BrowserKeeper
from newscrawl.crawl.job.coverage import read_audit, short_lines
from newscrawl.crawl.job.job import Job
from newscrawl.crawl.nouns.ledger import Ledger, ledger_of
from newscrawl.crawl.politeness.backoff import BackoffMiddleware
from newscrawl.crawl.politeness.host_report import host_lines
from newscrawl.crawl.report.live import SiteState, live_table, printable, state_line, total
from newscrawl.crawl.report.sentences import sentence
from newscrawl.crawl.report.states import SiteStates
from newscrawl.outcomes import REASONS, Outcome
from newscrawl.units import counted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.table import Table

logger = logging.getLogger(__name__)

#: Sites that are shown one by one; of more, the busiest.
MAX_SITES = 20
#: Seconds between two pictures of the live table, with few sites and with many.
_REFRESH, _SLOW_REFRESH, _FEW_SITES = 0.5, 3.0, 200
#: Columns of the table at the end, after the site.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "new": ("Recorded",),
    "changed": ("Changed", "Removed"),
    **{
        word: tuple(name for name, reason in REASONS.items() if reason.outcome is outcome)
        for word, outcome in (
            ("unchanged", Outcome.UNCHANGED),
            ("refused", Outcome.REFUSED),
            ("failed", Outcome.FAILED),
            ("skipped", Outcome.SKIPPED),
            ("listings", Outcome.LISTING),
        )
    },
}


class Progress:
    """Shows the ledger of the run while it fills."""

    def __init__(self, crawler: Crawler, interval: float) -> None:
        self._crawler = crawler
        self._ledger = ledger_of(crawler)
        self._interval = interval
        self._live: Live | None = None
        self._table: Table | None = None
        self._drawn = 0.0
        self._handlers: tuple[logging.Handler, logging.Handler] | None = None
        self._states = SiteStates(self._ledger, self._is_backed_off)

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

    def _is_backed_off(self, url: str) -> bool:
        backoff = self._crawler.get_downloader_middleware(BackoffMiddleware) if self._crawler.engine else None
        return backoff is not None and backoff.is_backed_off(url)

    def _opened(self, spider: Spider) -> None:
        self._states = SiteStates(self._ledger, self._is_backed_off)
        handler = get_scrapy_root_handler()
        to_terminal = isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler)
        console = _terminal() if to_terminal else None
        if console is not None and handler is not None:
            self._start_live(handler, console)
        elif self._interval > 0:
            self._task = create_looping_call(self._log)
            self._task.start(self._interval, now=False)

    def _start_live(self, handler: logging.Handler, console: Console) -> None:
        """Show the live table. Log records go through the same console, so that they appear above the table."""
        from rich.live import Live

        from newscrawl.crawl.report.console import ConsoleHandler

        above = ConsoleHandler(console, handler, summary=__name__)
        logging.root.removeHandler(handler)
        logging.root.addHandler(above)
        self._handlers = (handler, above)
        self._live = Live(console=console, auto_refresh=False, get_renderable=self._render, transient=True)
        self._live.start()
        # by the reactor and not by a thread of rich's: the ledger changes while it is read otherwise
        self._task = create_looping_call(self._live.refresh)
        self._task.start(_REFRESH if len(self._sites()) <= _FEW_SITES else _SLOW_REFRESH, now=False)

    def _shown(self) -> list[SiteState]:
        """The state of each site, the busiest of many, and of all together where there are several."""
        names = self._sites()
        spider_sites = getattr(self._crawler.spider, "sites", {})
        states = self._states.of(names, spider_sites if isinstance(spider_sites, dict) else {})
        chosen = set(busiest(self._ledger, names))
        shown = [state for state in states if state.name in chosen]
        return [*shown, total(states, self._states.seconds)] if len(states) > 1 else shown

    def _render(self) -> Table:
        """The table; at most a moment old, for it is drawn anew with each line of the log too."""
        if self._table is None or self._states.seconds - self._drawn >= _REFRESH:
            self._drawn, self._table = self._states.seconds, live_table(self._shown())
        return self._table

    def _log(self) -> None:
        for state in self._shown():
            logger.info("%s", state_line(state))

    def _stopped(self) -> None:
        task = getattr(self, "_task", None)
        if task is not None and task.running:
            task.stop()
        if self._live is not None:
            self._live.stop()
        sites = self._sites()
        if sites:
            lines = [*summary_lines(self._ledger, sites), *self._coverage(), *self._ending()]
            logger.info("Summary\n%s", "\n".join(lines))
        if self._handlers is not None:
            logging.root.removeHandler(self._handlers[1])
            logging.root.addHandler(self._handlers[0])

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


def _terminal() -> Console | None:
    """A console on standard error if that is a terminal, or is said to be one (rich reads these variables)."""
    if not (sys.stderr.isatty() or os.environ.get("FORCE_COLOR") or os.environ.get("TTY_COMPATIBLE")):
        return None
    from rich.console import Console  # costs time: jobs have no terminal

    console = Console(stderr=True)
    return console if console.is_terminal else None


def busiest(ledger: Ledger, sites: Iterable[str]) -> list[str]:
    """The sites that are shown one by one."""
    names = list(sites)
    return names if len(names) <= MAX_SITES else sorted(names, key=ledger.discovered, reverse=True)[:MAX_SITES]


def summary_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """The summary: a sentence for each site and for all, the same as a table, then every reason with its count."""
    shown = busiest(ledger, sites)
    lines = [f"{printable(site)}: {sentence(ledger, site)}" for site in shown]
    if len(sites) > MAX_SITES:
        lines.append(f"... and {len(sites) - MAX_SITES} more sites")
    if len(sites) > 1:
        lines.append(f"all {len(sites)} sites: {sentence(ledger)}")
    lines += ["", *_table(ledger, shown)]
    if by_source := ledger.records_by_source():
        told = ", ".join(f"{source} ({count})" for source, count in by_source.items())
        lines += ["", f"{counted(sum(by_source.values()), 'record')}, discovered first by: {told}"]
    reasons = ledger.reasons()
    width = max((len(name) for name in reasons), default=0)
    lines += ["", *(f"{count:>7}  {name.ljust(width)}  {REASONS[name].meaning}" for name, count in reasons.items())]
    return lines


def _table(ledger: Ledger, sites: list[str]) -> list[str]:
    table, rows = ledger.table(), [("site", *_COLUMNS)]
    for site in sites:
        counts = table.get(site, {})
        sums = (sum(counts.get(name, 0) for name in names) for names in _COLUMNS.values())
        rows.append((printable(site), *map(str, sums)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    cells = [[cell.rjust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return ["  ".join([row[0].ljust(widths[0]), *line[1:]]) for row, line in zip(rows, cells, strict=True)]
