"""The manifest: one JSON file that says how a run went, for whatever started it. Put together from the ledger; counts nothing itself.

`NEWSCRAWL_MANIFEST=run.json` is written when the crawl begins, with "status": null, and again when it has ended; a run that was killed leaves the
first one. Each time the file is replaced as a whole. Its form stands in `manifest.schema.json`.
"""

from __future__ import annotations

import json
import os
import platform
import re
import socket
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

import scrapy
from scrapy.settings import BaseSettings

import newscrawl
from newscrawl.crawl.export.outputs import Output, without_credentials
from newscrawl.crawl.job.expectations import Checked
from newscrawl.crawl.job.verdict import Verdict
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.outcomes import REASONS, Outcome

#: Version of the manifest's form; it counts up when a field changes its meaning or goes.
SCHEMA_VERSION = "2"
#: Settings that are told, where the run knows them.
SETTINGS = (
    "NEWSCRAWL_MEMORY", "NEWSCRAWL_BUDGET", "NEWSCRAWL_REVISIT", "NEWSCRAWL_EXPECTATIONS", "NEWSCRAWL_NOTHING_NEW_STATUS", "NEWSCRAWL_AUDIT",
    "NEWSCRAWL_ALLOW_PRIVATE", "NEWSCRAWL_WITHOUT_RULES", "NEWSCRAWL_MAX_LISTINGS", "NEWSCRAWL_MAX_UNLIKELY_ARTICLES", "NEWSCRAWL_MAX_ARTICLE_PAGES",
    "NEWSCRAWL_RIGHTS", "NEWSCRAWL_PURPOSE", "NEWSCRAWL_BROWSER", "NEWSCRAWL_MAX_UNPRODUCTIVE", "NEWSCRAWL_MAX_DEPTH", "NEWSCRAWL_MAX_SITE_PAGES", "NEWSCRAWL_MAX_UNLISTED_ARTICLES", "NEWSCRAWL_MAX_CRAWL_DELAY", "NEWSCRAWL_BACKOFF", "NEWSCRAWL_MAX_BACKOFF", "NEWSCRAWL_MAX_FINAL_BACKOFF",
    "USER_AGENT", "ROBOTSTXT_OBEY", "DOWNLOAD_DELAY", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "AUTOTHROTTLE_ENABLED",
    "RETRY_TIMES", "DOWNLOAD_TIMEOUT", "DOWNLOAD_MAXSIZE", "CLOSESPIDER_TIMEOUT", "CLOSESPIDER_ITEMCOUNT", "CLOSESPIDER_ERRORCOUNT",
)  # fmt: skip
#: Examples of one reason that are kept.
MOST_EXAMPLES = 5
_TOLD = frozenset({"PipelineError", "NotWritten", "SpiderError"})
_SECRET = re.compile(r"(?i)([?&;](?:[\w.-]*(?:key|token|secret|passw|sig|auth|credential)[\w.-]*)=)[^&;\s\"']+")


@dataclass
class Examples:
    """The first few URLs that failed, by reason; a listener of the ledger."""

    by_reason: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def settled(self, entry: LedgerEntry) -> None:
        """Keep it when it is a failure, and one of the first."""
        if entry.outcome is not Outcome.FAILED and entry.reason not in _TOLD:
            return
        kept = self.by_reason.setdefault(entry.reason, [])
        if len(kept) < MOST_EXAMPLES:
            kept.append(
                {
                    "url": safe(entry.url),
                    "site": safe(entry.site),
                    "status": entry.status,
                    "detail": safe(entry.detail)[:500],
                }
            )


@dataclass
class Run:
    """What is known of a run; see the schema for each. since, start, end: aware. verdict: None while it runs."""

    settings: BaseSettings
    spider: str = ""
    sites: Sequence[str] = ()
    since: datetime | None = None
    limit: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    seconds: float | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    discovered: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    problems: Mapping[str, str | None] = field(default_factory=dict)
    examples: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    outputs: Sequence[Output] = ()
    expectations: Sequence[Checked] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)
    hosts: Sequence[Mapping[str, Any]] = ()
    verdict: Verdict | None = None


def safe(text: str) -> str:
    """The same text without what looks like a secret in an address."""
    return _SECRET.sub(r"\1…", without_credentials(text))


def manifest(run: Run) -> dict[str, Any]:
    """The manifest of a run as plain values."""
    reasons: dict[str, int] = {}
    for counts in run.counts.values():
        for reason, count in counts.items():
            reasons[reason] = reasons.get(reason, 0) + count
    verdict = run.verdict
    return {
        "schemaVersion": SCHEMA_VERSION,
        "status": verdict.status if verdict else None,
        "statusName": verdict.name if verdict else "RUNNING",
        "why": safe(verdict.why) if verdict else "it runs, or was killed",
        "versions": {"newscrawl": newscrawl.__version__, "scrapy": scrapy.__version__, "python": platform.python_version()},
        "process": {"pid": os.getpid(), "host": socket.gethostname()},
        "spider": run.spider,
        "arguments": {"sites": [safe(site) for site in run.sites], "since": _time(run.since), "limit": run.limit},
        "settings": {name: _plain(run.settings.get(name)) for name in SETTINGS if run.settings.get(name) is not None},
        "start": _time(run.start),
        "end": _time(run.end),
        "seconds": round(run.seconds, 3) if run.seconds is not None else None,
        "total": _funnel(sum(run.discovered.values()), reasons),
        "sites": [
            {
                "site": safe(site), "problem": run.problems.get(site), **_funnel(run.discovered.get(site, 0), run.counts.get(site, {})),
                "sources": dict(run.sources.get(site, {})),
            }
            for site in dict.fromkeys((*run.sites, *run.counts))
        ],
        "errors": [
            {"reason": reason, "meaning": REASONS[reason].meaning, "count": reasons.get(reason, len(kept)), "examples": kept}
            for reason, kept in run.examples.items()
        ],
        "outputs": [{"uri": one.uri, "format": one.format, "items": one.items, "stored": one.stored, "leftOut": one.left_out} for one in run.outputs],
        "hosts": [{**one, "host": safe(one["host"]), "why": safe(one["why"])} for one in run.hosts],
        "memory": dict(run.memory) or None,
        "expectations": [
            {
                "site": safe(one.expectation.site) or None, "name": one.expectation.name, "wanted": one.expectation.wanted,
                "isShare": one.expectation.is_share, "found": round(one.found, 6), "met": one.is_met,
            }
            for one in run.expectations
        ],
    }  # fmt: skip


def _funnel(discovered: int, reasons: Mapping[str, int]) -> dict[str, Any]:
    outcomes: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
    for reason, count in reasons.items():
        outcomes[REASONS[reason].outcome] += count
    return {
        "discovered": discovered,
        "fetched": sum(outcomes[o] for o in (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED)),
        "records": outcomes[Outcome.RECORDED],
        "new": reasons.get("Recorded", 0),
        "changed": reasons.get("Changed", 0),
        "removed": reasons.get("Removed", 0),
        "unchanged": outcomes[Outcome.UNCHANGED],
        "refused": outcomes[Outcome.REFUSED],
        "skipped": outcomes[Outcome.SKIPPED],
        "failed": outcomes[Outcome.FAILED],
        "reasons": dict(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return safe(value)
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else safe(str(value))


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    parsed: dict[str, Any] = json.loads(
        files("newscrawl.crawl.job").joinpath("manifest.schema.json").read_text("utf-8")
    )
    return parsed


def write_manifest(path: str, values: Mapping[str, Any]) -> None:
    """Put a manifest in the place of the one at `path`. OSError when that cannot be done; the old one is then as it was."""
    write_whole(path, json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_whole(path: str, text: str) -> None:
    """Replace a file by a new text: whoever reads it sees the old one or the new one, and after a power cut too. OSError."""
    folder = os.path.dirname(os.path.abspath(path))
    number, temporary = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
