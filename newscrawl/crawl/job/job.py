"""The run as a job: what was expected of it, how it ended, and the files that tell whatever started it.

Reads everything from the ledger and counts nothing. `scrapy crawl` exits with the status of `Job.end`; the files are
written wherever a crawl runs. Settings: `NEWSCRAWL_MANIFEST`, `NEWSCRAWL_METRICS`, `NEWSCRAWL_EXPECTATIONS`,
`NEWSCRAWL_NOTHING_NEW_STATUS`.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timezone

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.crawl.export.outputs import Output, Outputs
from newscrawl.crawl.export.writable import has_listener, has_output
from newscrawl.crawl.job.expectations import Checked, Expectation, check_expectations, read_expectations
from newscrawl.crawl.job.files import write_files
from newscrawl.crawl.job.ledger_keeper import LedgerKeeper
from newscrawl.crawl.job.manifest import Examples, Run
from newscrawl.crawl.job.verdict import Losses, Verdict, decide, problem
from newscrawl.crawl.nouns.exit_status import ExitStatus, end_fault
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.nouns.options import option
from newscrawl.crawl.politeness.host_report import hosts_left_alone
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.outcomes import Outcome
from newscrawl.sites import Wanted

logger = logging.getLogger(__name__)

#: Sites whose losses are listed.
_MAX_LINES = 20


class Job:
    """One run. verdict: how it ended; None while it runs. checked: how each expectation came out. told: the verdict in
    the summary.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.verdict: Verdict | None = None
        self.told: Verdict | None = None
        self.checked: list[Checked] = []
        self._crawler = crawler
        self._ledger = ledger_of(crawler)
        self._examples = Examples()
        self._outputs = Outputs(crawler, lambda why: self._ledger.fault(ExitStatus.CANNOT_WRITE, why))
        self._written: list[Output] | None = None
        self._expectations: tuple[Expectation, ...] = ()
        self._start: datetime | None = None
        self._clock = time.monotonic()
        self._nothing_new = 0
        self._close_reason: str | None = None
        self._unwritten: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Job:
        """Build for a crawl. Raises ValueError for unusable expectations."""
        job = cls(crawler)
        job._nothing_new = option(crawler.settings, "NEWSCRAWL_NOTHING_NEW_STATUS")
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

    def end(self, is_started: bool = True) -> Verdict:
        """Decide how the run ended, and write the files. is_started: Scrapy could start it.

        May be called again: files are written again only when the verdict has changed.
        """
        if self._written is None or self.verdict is None:
            self._written = self._outputs.end(self._close_reason is not None)
        for _ in range(2):  # a file that cannot be written changes the verdict that the other file tells
            verdict = self._decide(is_started)
            if verdict == self.verdict:
                break
            self.verdict = verdict
            self._write(verdict)
        assert self.verdict is not None
        for fault in sorted(self._unwritten):
            if fault not in self.verdict.why:  # which is told in the end
                logger.error("%s", fault)
        self._unwritten.clear()
        return self.verdict

    def _decide(self, is_started: bool) -> Verdict:
        faults = list(self._ledger.faults)
        if not is_started:
            faults.append((ExitStatus.NOT_STARTED, "the crawl could not be started; see the log"))
        elif (fault := end_fault(self._close_reason)) is not None:
            faults.append(fault)
        memory = self._crawler.get_extension(MemoryKeeper)
        new_per_day = memory.new_per_day if memory is not None else None
        self.checked = check_expectations(self._expectations, self._ledger.table(), self._seconds(), new_per_day)
        unmet = [str(one) for one in self.checked if not one.is_met]
        records = self._ledger.count(outcome=Outcome.RECORDED)
        return decide(
            faults,
            self._problems() if is_started else {},
            unmet,
            records,
            self._nothing_new,
            self._losses(),
            option(self._crawler.settings, "NEWSCRAWL_MAX_LOST_SHARE"),
        )

    def lines(self) -> list[str]:
        """How it ended, for the summary: a line for each unmet expectation, and the exit status with its cause."""
        lines = [f"lost: {one}" for one in self._losses()[:_MAX_LINES]]
        lines += [f"unmet: {one}" for one in self.checked if not one.is_met]
        if self.verdict is not None:
            lines.append(f"exit status {self.verdict.status} ({self.verdict.name}): {self.verdict.why}")
            self.told = self.verdict
        return lines

    # -- signals --------------------------------------------------------------------------------

    def _opened(self, spider: Spider) -> None:
        self._start, self._clock = datetime.now(timezone.utc), time.monotonic()
        self._ledger.on_settled(self._examples.settled)
        if not has_output(self._crawler.settings) and not has_listener(self._crawler):
            logger.warning("No output is set (-O FILE, -o FILE, FEEDS or a pipeline): records will be thrown away")
        self._write(None)

    def _closed(self, spider: Spider, reason: str) -> None:
        self._close_reason = reason

    def _stopped(self) -> None:
        self.end()

    def _seconds(self) -> float:
        """Since the spider opened; changes of the wall clock do not matter."""
        return time.monotonic() - self._clock

    # -- writing --------------------------------------------------------------------------------

    def _problems(self) -> dict[str, str | None]:
        """Each site of the run, with why it counts as failed, or None."""
        if self._crawler.get_extension(LedgerKeeper) is None:
            return {}
        table, front_pages = self._ledger.table(), self._ledger.front_pages
        return {site: problem(table.get(site, {}), front_pages.get(site)) for site in self._sites()}

    def _sites(self) -> list[str]:
        """The sites of the run; of spiders that name none, the hosts of their start URLs."""
        named = getattr(self._crawler.spider, "site_names", None)
        return list(named) if named is not None else list(self._ledger.front_pages)

    def _losses(self) -> list[Losses]:
        """The losses of each site that has any."""
        found = (Losses(site, *self._ledger.lost_articles(site)) for site in self._ledger.sites())
        return [one for one in found if one.count]

    def _run(self, verdict: Verdict | None) -> Run:
        spider, ledger = self._crawler.spider, self._ledger
        arguments = getattr(spider, "arguments", None)
        memory = self._crawler.get_extension(MemoryKeeper)
        is_over = verdict is not None
        return Run(
            settings=self._crawler.settings,
            spider=spider.name if spider else "",
            sites=self._sites(),
            limit=getattr(arguments, "limit", None),
            wanted=getattr(arguments, "wanted", Wanted()),
            start=self._start,
            end=datetime.now(timezone.utc) if is_over else None,
            seconds=self._seconds() if is_over and self._start else None,
            counts=ledger.table(),
            discovered={site: ledger.discovered(site) for site in ledger.sites()},
            sources=ledger.records_by_site_and_source(),
            problems=self._problems() if is_over else {},
            losses={one.site: one for one in self._losses()},
            examples=self._examples.by_reason,
            outputs=self._written or (),
            expectations=self.checked if is_over else (),
            memory=memory.report() if memory is not None else {},
            hosts=hosts_left_alone(self._crawler) if is_over else (),
            verdict=verdict,
        )

    def _write(self, verdict: Verdict | None) -> None:
        for error in write_files(self._crawler.settings, self._run(verdict), self._nothing_new):
            if (ExitStatus.CANNOT_WRITE, error) not in self._ledger.faults:
                self._unwritten.add(error)
                self._ledger.fault(ExitStatus.CANNOT_WRITE, error)
