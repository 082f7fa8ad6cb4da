"""How the run went, for machines: one JSON file, and one file of metrics. Reads the ledger, and counts nothing by itself.

`NEWSCRAWL_MANIFEST`: the path of the JSON file (`manifest.schema.json` stands beside this module). It is written when the run begins, with exit
status null, and anew when it has ended: whole or not at all, so that a reader never sees half of it, and a run that was killed is seen as such.
`NEWSCRAWL_METRICS`: the path of a file in Prometheus' text format, for the textfile collector of node_exporter; written when the run has ended.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from importlib.resources import files
from typing import Any

import scrapy
from scrapy import Spider, signals
from scrapy.crawler import Crawler

import newscrawl
from newscrawl.crawl.expectations import Expectations, Figures, read_expectations
from newscrawl.crawl.feeds import Feeds, shown
from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.crawl.status import End, ExitStatus, decide
from newscrawl.fate import Fate, Outcome

logger = logging.getLogger(__name__)

SCHEMA_VERSION = "1"
#: Settings that tell how a run was made; what may hold a secret is not among them.
SETTINGS = (
    "USER_AGENT", "ROBOTSTXT_OBEY", "DOWNLOAD_DELAY", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "AUTOTHROTTLE_ENABLED",
    "DOWNLOAD_TIMEOUT", "DOWNLOAD_MAXSIZE", "RETRY_TIMES", "NEWSCRAWL_ALLOW_PRIVATE", "NEWSCRAWL_WITHOUT_RULES", "NEWSCRAWL_MAX_LISTINGS",
    "NEWSCRAWL_MAX_DOUBTFUL", "NEWSCRAWL_MAX_PAGES", "NEWSCRAWL_AUDIT", "NEWSCRAWL_MEMORY", "NEWSCRAWL_BUDGET", "NEWSCRAWL_REVISIT",
    "NEWSCRAWL_EXPECTATIONS", "NEWSCRAWL_STOP_SECONDS",
)  # fmt: skip
#: Examples that are kept of each sort of failure.
_EXAMPLES = 5
_BLOCKED = frozenset({"Challenge", "ConsentWall", "LoginPage"})


class Manifest:
    """Says how the run went. decide: also for the command, which ends with that status."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._began = time.time()
        self._examples: dict[str, list[dict[str, Any]]] = {}
        self._is_written = False
        settings = crawler.settings
        self._path = str(settings.get("NEWSCRAWL_MANIFEST") or "")
        self._metrics = str(settings.get("NEWSCRAWL_METRICS") or "")
        expected = settings.get("NEWSCRAWL_EXPECTATIONS")
        self._expectations = read_expectations(str(expected)) if expected else Expectations({}, {})

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Manifest:
        """Build for a crawl."""
        manifest = cls(crawler)
        crawler.signals.connect(manifest._opened, signal=signals.spider_opened)
        crawler.signals.connect(manifest.finish, signal=signals.engine_stopped)
        return manifest

    @property
    def _keeper(self) -> LedgerKeeper | None:
        return self._crawler.get_extension(LedgerKeeper)

    def _opened(self, spider: Spider) -> None:
        if self._keeper is not None:
            self._keeper.ledger.subscribe(self._note)
        if self._path:
            self._write(self._path, self._text(None, "the run is under way, or was killed"))

    def _note(self, fate: Fate) -> None:
        if fate.outcome is Outcome.FAILED or fate.reason in _BLOCKED or fate.reason == "PipelineError":
            examples = self._examples.setdefault(fate.reason, [])
            if len(examples) < _EXAMPLES:
                examples.append({"url": fate.url, "site": fate.site, "status": fate.status, "detail": fate.detail})

    # -- the end --------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write how the run went, once."""
        if self._is_written:
            return
        self._is_written = True
        status, why = self.decide()
        for line in self._unmet():
            logger.warning("expectation unmet: %s", line)
        logger.log(logging.INFO if status == 0 else logging.WARNING, "Exit status %d: %s", status, why)
        if self._path:
            self._write(self._path, self._text(status, why))
        if self._metrics:
            self._write(self._metrics, "\n".join(metric_lines(self.report(status, why))) + "\n")

    def decide(self) -> tuple[int, str]:
        """The exit status, and why."""
        keeper = self._keeper
        if keeper is None:
            return 0, "no ledger is kept"
        details = {site: why for site in self._sites() if (why := self._failure(site))}
        new = keeper.ledger.count(outcome=Outcome.RECORDED) > 0
        return decide(
            End(
                self._finish_reason(), self._sites(), list(details), keeper.faults, self._unmet(), new,
                self._crawler.settings.getint("NEWSCRAWL_NOTHING_NEW_STATUS"), details,
            )
        )  # fmt: skip

    def _finish_reason(self) -> str:
        return str(self._crawler.stats.get_value("finish_reason") or "") if self._crawler.stats is not None else ""

    def _sites(self) -> list[str]:
        keeper = self._keeper
        return list(getattr(self._crawler.spider, "site_names", None) or (keeper.ledger.sites() if keeper is not None else []))

    def _failure(self, site: str) -> str:
        """Why nothing of a site could be read; "" when something could."""
        assert self._keeper is not None
        ledger = self._keeper.ledger
        reasons = ledger.reasons(site)
        blocked = sum(reasons.get(reason, 0) for reason in _BLOCKED)
        articles = ledger.count(site, outcome=Outcome.RECORDED) + ledger.count(site, outcome=Outcome.UNCHANGED)
        refused = ledger.count(site, outcome=Outcome.REFUSED)
        listings = reasons.get("Listing", 0)
        if blocked and blocked == refused and not articles and (blocked >= 3 or not listings):
            return "blocked: " + ", ".join(reason for reason in reasons if reason in _BLOCKED)
        if articles or refused or listings:
            return ""
        failed = [reason for reason in reasons if reason not in ("NotAnArticleUrl", "ForeignHost", "OldLink", "NotDue")]
        return ", ".join(failed[:3]) or ("" if reasons else "nothing was asked for")

    def _unmet(self) -> list[str]:
        keeper = self._keeper
        if keeper is None:
            return []
        memory = self._crawler.get_extension(MemoryKeeper)
        lines: list[str] = []
        for site in self._sites():
            records = keeper.ledger.count(site, "Recorded")
            failures = keeper.ledger.count(site, outcome=Outcome.FAILED)
            read = sum(keeper.ledger.count(site, outcome=outcome) for outcome in (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED))
            per_day = records if memory is None else memory.new_per_day(self._crawler.spider, site)
            figures = Figures(records, per_day, failures, failures + read, time.time() - self._began)
            lines += self._expectations.unmet(site, figures)
        return lines

    # -- the report -----------------------------------------------------------------------------

    def report(self, status: int | None, why: str) -> dict[str, Any]:
        """All there is to say of the run, in plain values."""
        keeper = self._keeper
        ledger = keeper.ledger if keeper is not None else None
        feeds = self._crawler.get_extension(Feeds)
        memory = self._crawler.get_extension(MemoryKeeper)
        spider = self._crawler.spider
        settings = self._crawler.settings
        ended = time.time()
        sites = {}
        for site in self._sites() if ledger is not None else ():
            assert ledger is not None
            sites[site] = {
                "met": ledger.met(site),
                "outcomes": {outcome.value: ledger.count(site, outcome=outcome) for outcome in Outcome},
                "reasons": ledger.reasons(site),
                "roads": ledger.records_by_road(site),
                "new": ledger.count(site, "Recorded"),
                "changed": ledger.count(site, "Changed"),
                "removed": ledger.count(site, "Removed"),
                "unchanged": ledger.count(site, "Unchanged"),
                "failed": self._failure(site) or None,
            }
        since = getattr(spider, "since", None)
        return {
            "schemaVersion": SCHEMA_VERSION,
            "exitStatus": status,
            "exitName": None if status is None else _name_of(status),
            "why": why,
            "finishReason": self._finish_reason() or None,
            "begin": _iso(self._began),
            "end": None if status is None else _iso(ended),
            "seconds": round(ended - self._began, 3),
            "pid": os.getpid(),
            "versions": {"newscrawl": newscrawl.__version__, "scrapy": scrapy.__version__, "python": platform.python_version()},
            "spider": getattr(spider, "name", None),
            "since": since.isoformat() if since is not None else None,
            "settings": {name: _plain(settings.get(name)) for name in SETTINGS if settings.get(name) is not None},
            "sites": sites,
            "errors": self._examples,
            "outputs": feeds.report() if feeds is not None else [],
            "faults": [{"status": int(fault), "why": text} for fault, text in (keeper.faults if keeper is not None else ())],
            "expectations": {"unmet": self._unmet() if status is not None else []},
            "memory": memory.report() if memory is not None else None,
            "requests": int(self._crawler.stats.get_value("downloader/request_count", 0)) if self._crawler.stats is not None else 0,
            "bytes": int(self._crawler.stats.get_value("downloader/response_bytes", 0)) if self._crawler.stats is not None else 0,
        }

    def _text(self, status: int | None, why: str) -> str:
        return json.dumps(self.report(status, why), ensure_ascii=False, indent=2) + "\n"

    def _write(self, path: str, text: str) -> None:
        try:
            write_whole(path, text)
        except OSError as error:
            logger.error("%s cannot be written: %s", path, error)
            if self._keeper is not None:
                self._keeper.fault(ExitStatus.CANNOT_WRITE, f"{path}: {error}")


def write_whole(path: str, text: str) -> None:
    """Put a file in its place, wholly or not at all."""
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, exist_ok=True)
    number, part = tempfile.mkstemp(prefix=".newscrawl-", dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    parsed: dict[str, Any] = json.loads(files("newscrawl.crawl").joinpath("manifest.schema.json").read_text("utf-8"))
    return parsed


def metric_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """A report in Prometheus' text format."""

    def lines(name: str, kind: str, meaning: str, values: Iterator[tuple[dict[str, str], float]]) -> Iterator[str]:
        yield f"# HELP newscrawl_{name} {meaning}"
        yield f"# TYPE newscrawl_{name} {kind}"
        for labels, value in values:
            inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
            yield f"newscrawl_{name}{{{inside}}} {value:g}" if inside else f"newscrawl_{name} {value!r}"

    sites = report["sites"].items()
    yield from lines("exit_status", "gauge", "Exit status of the last run.", iter([({}, report["exitStatus"])]))
    yield from lines("seconds", "gauge", "Duration of the last run in seconds.", iter([({}, report["seconds"])]))
    yield from lines("end_timestamp_seconds", "gauge", "When the last run ended.", iter([({}, round(time.time(), 3))]))
    if report["exitStatus"] == 0:
        yield from lines("success_timestamp_seconds", "gauge", "When the last run ended that ended well.", iter([({}, round(time.time(), 3))]))
    yield from lines("requests", "gauge", "Requests of the last run.", iter([({}, report["requests"])]))
    yield from lines("received_bytes", "gauge", "Bytes received in the last run.", iter([({}, report["bytes"])]))
    for name, meaning in (("met", "Addresses met."), ("new", "New records."), ("changed", "New versions of records."), ("removed", "Articles that are gone.")):
        yield from lines(name, "gauge", meaning, (({"site": site}, found[name]) for site, found in sites))
    yield from lines(
        "urls", "gauge", "Addresses by what became of them.", (({"site": s, "reason": r}, n) for s, found in sites for r, n in found["reasons"].items())
    )
    yield from lines("site_failed", "gauge", "1 where nothing of a site could be read.", (({"site": s}, 1 if found["failed"] else 0) for s, found in sites))
    yield from lines("expectations_unmet", "gauge", "Expectations that are not met.", iter([({}, len(report["expectations"]["unmet"]))]))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _name_of(status: int) -> str:
    try:
        return ExitStatus(status).name
    except ValueError:
        return "NOTHING_NEW"


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="seconds")


def _plain(value: Any) -> Any:
    return shown(value) if isinstance(value, str) else value if isinstance(value, (bool, int, float, list)) or value is None else str(value)
