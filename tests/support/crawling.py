"""Runs `scrapy crawl news` in a process of its own, and collects its records, log and ledger."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.crawl.job.ledger_keeper import LedgerKeeper
from newscrawl.crawl.nouns.ledger import LedgerEntry
from tests.support import warm

ROOT = Path(__file__).parents[2]
QUICK = {
    "NEWSCRAWL_ALLOW_PRIVATE": "1",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "NEWSCRAWL_BACKOFF": "0.05",
    "NEWSCRAWL_MAX_BACKOFF": "0.5",
    "RETRY_TIMES": "0",
    "EXTENSIONS": '{"tests.support.crawling.Audit": 500}',
}
#: Scrapy, with the outputs of FEEDS only: without the -O that `crawl` adds.
FEEDS_ONLY = (
    "import sys; from scrapy.cmdline import execute; at = sys.argv.index('-O'); "
    "del sys.argv[at : at + 2]; sys.argv[0] = 'scrapy'; execute()"
)


class Audit:
    """An extension that writes each ledger entry, and at the end the stats, to the file named by TEST_AUDIT."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.file = open(crawler.settings["TEST_AUDIT"], "w", encoding="utf-8")  # noqa: SIM115

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Audit:
        audit = cls(crawler)
        crawler.signals.connect(audit.opened, signal=signals.spider_opened)
        crawler.signals.connect(audit.stopped, signal=signals.engine_stopped)
        return audit

    def opened(self, spider: Spider) -> None:
        self.keeper: Any = self.crawler.get_extension(LedgerKeeper)
        self.keeper.ledger.on_settled(self.write)

    def write(self, entry: LedgerEntry) -> None:
        line = {name: getattr(entry, name) for name in ("url", "site", "reason", "status", "detail", "source")}
        self.file.write(json.dumps(line) + "\n")

    def stopped(self) -> None:
        all_stats: dict[str, Any] = self.crawler.stats.get_stats()  # type: ignore[union-attr]
        stats = {key: value for key, value in all_stats.items() if isinstance(value, (int, str))}
        self.file.write(json.dumps({"stats": stats, "discovered": self.keeper.ledger.discovered()}) + "\n")
        self.file.close()


@dataclass
class Crawled:
    """The results of a crawl. entries: those of the ledger. discovered: how many URLs the ledger counted."""

    status: int
    log: str
    records: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    stats: dict[str, Any] = field(default_factory=dict)
    discovered: int = 0

    def reasons(self, reason: str) -> list[str]:
        """The URLs that have this reason."""
        return [entry["url"] for entry in self.entries if entry["reason"] == reason]


def paths(crawled: Crawled, base: str) -> list[str]:
    """The paths of the records' URLs. base: the URL of the site."""
    return [record["url"].removeprefix(base) for record in crawled.records]


def start(
    folder: Path,
    sites: str | None,
    *outputs: str,
    settings: dict[str, str] | None = None,
    program: str = "",
    **arguments: str,
) -> warm.Process | subprocess.Popen[str]:
    """Start a crawl. outputs: more -O values. arguments: more -a values. program: Python code instead of scrapy's."""
    runner = ["-c", program] if program else ["-m", "scrapy"]
    command = [*runner, "crawl", "news"]
    command += ["-O", str(folder / "articles.jsonl"), "-s", f"TEST_AUDIT={folder / 'audit.jsonl'}"]
    if sites is not None:
        command += ["-a", f"sites={sites}"]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    for output in outputs:
        command += ["-O", output]
    for name, value in {**QUICK, **(settings or {})}.items():
        command += ["-s", f"{name}={value}"]
    if warm.IN_USE and program in ("", FEEDS_ONLY):  # others change modules before they are imported
        return warm.Process(command)
    command = [sys.executable, *command]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def collect(folder: Path, process: warm.Process | subprocess.Popen[str], timeout: float = 240) -> Crawled:
    """Wait for a crawl to end and read its results."""
    try:
        log, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    result = Crawled(process.wait(), log)
    records, audit = folder / "articles.jsonl", folder / "audit.jsonl"
    if records.is_file():
        result.records = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    if audit.is_file():
        lines = [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]
        result.entries = [line for line in lines if "url" in line]
        for line in lines:
            if "stats" in line:
                result.stats, result.discovered = line["stats"], line["discovered"]
    return result


def crawl(
    folder: Path,
    sites: str | None,
    *outputs: str,
    settings: dict[str, str] | None = None,
    program: str = "",
    **arguments: str,
) -> Crawled:
    """Crawl to the end and read the results; for the arguments see `start`."""
    return collect(folder, start(folder, sites, *outputs, settings=settings, program=program, **arguments))
