"""The run as a job: what was expected of it, how it ended, and the files that say so to whoever started it.

Draws everything from the ledger and counts nothing. Works in `scrapy crawl` (whose exit status is `Job.end`'s), and wherever else a crawl runs.
Settings: `NEWSCRAWL_MANIFEST`, `NEWSCRAWL_METRICS`, `NEWSCRAWL_EXPECTATIONS`, `NEWSCRAWL_NOTHING_NEW_STATUS`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.crawl.expectations import Checked, Expectation, check_expectations, read_expectations
from newscrawl.crawl.hosts import hosts_left_alone
from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.manifest import Examples, Run, manifest, write_manifest, write_whole
from newscrawl.crawl.metrics import metrics
from newscrawl.crawl.outputs import Output, Outputs
from newscrawl.crawl.status import ExitStatus, Verdict, decide, end_fault, nothing_new_status
from newscrawl.fate import Outcome

logger = logging.getLogger(__name__)


class Job:
    """One run. memory: figures of a memory for the manifest, which whoever keeps one sets. new_per_day: a site's new articles of the last 24 hours,
    by a memory; None without one."""

    def __init__(self, crawler: Crawler) -> None:
        self.memory: dict[str, Any] = {}
        self.new_per_day: Callable[[str], int] | None = None
        self.verdict: Verdict | None = None
        self.checked: list[Checked] = []
        self._crawler = crawler
        self._keeper: LedgerKeeper | None = None
        self._examples = Examples()
        self._outputs = Outputs(crawler, lambda why: self.fault(ExitStatus.CANNOT_WRITE, why))
        self._written: list[Output] | None = None
        self._expectations: tuple[Expectation, ...] = ()
        self._start: datetime | None = None
        self._clock = time.monotonic()
        self._nothing_new = 0
        self._close_reason: str | None = None
        self._early: list[tuple[ExitStatus, str]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Job:
        """Build for a crawl. ValueError says what is wrong with the expectations."""
        job = cls(crawler)
        job._nothing_new = nothing_new_status(crawler.settings.get("NEWSCRAWL_NOTHING_NEW_STATUS", 0))
        path = crawler.settings.get("NEWSCRAWL_EXPECTATIONS")
        if path:
            job._expectations = read_expectations(str(path), getattr(crawler.spider, "site_names", ()))
        for handler, signal in (
            (job._opened, signals.spider_opened),
            (job._closed, signals.spider_closed),
            (job._stopped, signals.engine_stopped),
        ):
            crawler.signals.connect(handler, signal=signal)
        return job

    def fault(self, status: ExitStatus, why: str) -> None:
        """Something is wrong with the run itself; see `LedgerKeeper.fault`."""
        if self._keeper is not None:
            self._keeper.fault(status, why)
        else:
            self._early.append((status, why))

    def end(self, is_started: bool = True) -> Verdict:
        """How the run ended, told to the files too. May be asked again: only what has changed is written again. is_started: Scrapy got it going."""
        self._find_keeper()
        if self._written is None or self.verdict is None:
            self._written = self._outputs.end(self._close_reason is not None)
        for _ in range(2):  # a file that cannot be written changes the verdict that the other one tells
            verdict = self._decide(is_started)
            if verdict == self.verdict:
                break
            self.verdict = verdict
            self._write(verdict)
        assert self.verdict is not None
        return self.verdict

    def _decide(self, is_started: bool) -> Verdict:
        ledger = self._keeper.ledger if self._keeper else None
        faults = [*self._early, *(self._keeper.faults if self._keeper else ())]
        if not is_started:
            faults.append((ExitStatus.NOT_STARTED, "the crawl could not be started; see the log"))
        elif (fault := end_fault(self._close_reason)) is not None:
            faults.append(fault)
        self.checked = check_expectations(
            self._expectations, ledger.table() if ledger else {}, self._seconds(), self.new_per_day
        )
        unmet = [str(one) for one in self.checked if not one.is_met]
        records = ledger.count(outcome=Outcome.RECORDED) if ledger else 0
        return decide(faults, self._problems() if is_started else {}, unmet, records, self._nothing_new)

    def lines(self) -> list[str]:
        """How it ended, for the summary: unmet expectations, a line each, and the exit status with why."""
        unmet = [f"unmet: {one}" for one in self.checked if not one.is_met]
        return (
            [*unmet, f"exit status {self.verdict.status} ({self.verdict.name}): {self.verdict.why}"]
            if self.verdict
            else unmet
        )

    # -- signals --------------------------------------------------------------------------------

    def _find_keeper(self) -> LedgerKeeper | None:
        if self._keeper is None:
            self._keeper = self._crawler.get_extension(LedgerKeeper)
        return self._keeper

    def _opened(self, spider: Spider) -> None:
        self._start, self._clock = datetime.now(timezone.utc), time.monotonic()
        keeper = self._find_keeper()
        if keeper is not None:
            keeper.ledger.subscribe(self._examples.settle)
        self._write(None)

    def _closed(self, spider: Spider, reason: str) -> None:
        self._close_reason = reason

    def _stopped(self) -> None:
        self.end()

    def _seconds(self) -> float:
        """Since the spider opened, whatever the clock on the wall has done."""
        return time.monotonic() - self._clock

    # -- writing --------------------------------------------------------------------------------

    def _problems(self) -> dict[str, str | None]:
        return self._keeper.problems(getattr(self._crawler.spider, "site_names", ())) if self._keeper else {}

    def _run(self, verdict: Verdict | None) -> Run:
        spider, ledger = self._crawler.spider, self._keeper.ledger if self._keeper else None
        sites = list(getattr(spider, "site_names", ()))
        is_over = verdict is not None
        return Run(
            settings=self._crawler.settings,
            spider=spider.name if spider else "",
            sites=sites,
            since=getattr(spider, "since", None),
            limit=getattr(spider, "limit", None),
            start=self._start,
            end=datetime.now(timezone.utc) if is_over else None,
            seconds=self._seconds() if is_over and self._start else None,
            counts=ledger.table() if ledger else {},
            met={site: ledger.met(site) for site in ledger.sites()} if ledger else {},
            roads=ledger.roads() if ledger else {},
            problems=self._problems() if is_over else {},
            examples=self._examples.by_reason,
            outputs=self._written or (),
            expectations=self.checked if is_over else (),
            memory=self.memory,
            hosts=hosts_left_alone(self._crawler) if is_over else (),
            verdict=verdict,
        )

    def _write(self, verdict: Verdict | None) -> None:
        for error in write_files(self._crawler.settings, self._run(verdict), self._nothing_new):
            self.fault(ExitStatus.CANNOT_WRITE, error)


def write_files(settings: BaseSettings, run: Run, nothing_new: int = 0) -> list[str]:
    """Write the manifest, and when the run has ended the metrics, where the settings want them; a line for each that cannot be written."""
    faults: list[str] = []
    values = manifest(run) if settings.get("NEWSCRAWL_MANIFEST") or settings.get("NEWSCRAWL_METRICS") else {}
    for name in ("NEWSCRAWL_MANIFEST", "NEWSCRAWL_METRICS"):
        path = settings.get(name)
        if not path or (run.verdict is None and name == "NEWSCRAWL_METRICS"):
            continue
        try:
            if name == "NEWSCRAWL_MANIFEST":
                write_manifest(str(path), values)
            else:
                write_whole(str(path), metrics(values, _text(str(path)), frozenset({0, nothing_new})))
        except OSError as error:
            faults.append(f"{path} cannot be written: {error.strerror or type(error).__name__}")
            logger.error("%s", faults[-1])
    return faults


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def tell_unstarted(settings: BaseSettings, status: ExitStatus, why: str) -> None:
    """Write the files for a run that ended before it had a crawl: the ones of an earlier run would be taken for its own."""
    now = datetime.now(timezone.utc)
    write_files(
        settings, Run(settings, start=now, end=now, seconds=0.0, verdict=Verdict(int(status), status.name, why))
    )
