"""The manifest: one JSON file that says how a run went, for whatever started it. Built from the ledger; counts nothing.

`NEWSCRAWL_MANIFEST=run.json` is written when the crawl begins, with "status": null, and again when it has ended; a
killed run leaves the first one. Each time the file is replaced as a whole. Its form is described in
`manifest.schema.json`.
"""

from __future__ import annotations

import json
import os
import platform
import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

import scrapy
from scrapy.settings import BaseSettings

import newscrawl
from newscrawl.crawl.export.outputs import Output
from newscrawl.crawl.job.expectations import Checked
from newscrawl.crawl.job.verdict import Losses, Verdict
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.outcomes import REASONS, Outcome
from newscrawl.sites import Wanted
from newscrawl.urls import without_credentials

#: Version of the manifest's form; it is raised when a field changes its meaning or goes.
SCHEMA_VERSION = "2"
#: Scrapy's settings that a manifest tells, besides newscrawl's own.
SETTINGS = (
    "USER_AGENT",
    "ROBOTSTXT_OBEY",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "AUTOTHROTTLE_ENABLED",
    "RETRY_TIMES",
    "DOWNLOAD_TIMEOUT",
    "DOWNLOAD_MAXSIZE",
    "CLOSESPIDER_TIMEOUT",
    "CLOSESPIDER_ITEMCOUNT",
    "CLOSESPIDER_ERRORCOUNT",
)
#: Newscrawl's settings that a manifest tells.
OWN_SETTINGS = (
    "NEWSCRAWL_MEMORY",
    "NEWSCRAWL_BUDGET",
    "NEWSCRAWL_REVISIT",
    "NEWSCRAWL_EXPECTATIONS",
    "NEWSCRAWL_NOTHING_NEW_STATUS",
    "NEWSCRAWL_AUDIT",
    "NEWSCRAWL_MAX_LOST_SHARE",
    "NEWSCRAWL_ALLOW_PRIVATE",
    "NEWSCRAWL_WITHOUT_RULES",
    "NEWSCRAWL_MAX_LISTINGS",
    "NEWSCRAWL_MAX_UNLIKELY_ARTICLES",
    "NEWSCRAWL_MAX_ARTICLE_PAGES",
    "NEWSCRAWL_RIGHTS",
    "NEWSCRAWL_PURPOSE",
    "NEWSCRAWL_BROWSER",
    "NEWSCRAWL_MAX_UNPRODUCTIVE",
    "NEWSCRAWL_MAX_DEPTH",
    "NEWSCRAWL_MAX_SITE_PAGES",
    "NEWSCRAWL_MAX_UNLISTED_ARTICLES",
    "NEWSCRAWL_MAX_CRAWL_DELAY",
    "NEWSCRAWL_BACKOFF",
    "NEWSCRAWL_MAX_BACKOFF",
    "NEWSCRAWL_MAX_FINAL_BACKOFF",
)
#: Examples that are kept for each reason.
MAX_EXAMPLES = 5
_SECRET = re.compile(
    r"([?&;](?:[\w.-]*(?:key|token|secret|passw|sig|auth|credential)[\w.-]*)=)[^&;\s\"']+", re.IGNORECASE
)


@dataclass
class Examples:
    """The first few URLs that failed, by reason; a listener of the ledger."""

    by_reason: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def settled(self, entry: LedgerEntry) -> None:
        """Keep a failure, if it is one of the first of its reason."""
        if entry.outcome is not Outcome.FAILED:
            return
        kept = self.by_reason.setdefault(entry.reason, [])
        if len(kept) < MAX_EXAMPLES:
            detail = safe(entry.detail)[:500]
            kept.append({"url": safe(entry.url), "site": safe(entry.site), "status": entry.status, "detail": detail})


@dataclass
class Run:
    """What is known of a run; the schema describes each field. Dates are aware. verdict: None while it runs."""

    settings: BaseSettings
    spider: str = ""
    sites: Sequence[str] = ()
    limit: int | None = None
    wanted: Wanted = Wanted()
    start: datetime | None = None
    end: datetime | None = None
    seconds: float | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    discovered: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    problems: Mapping[str, str | None] = field(default_factory=dict)
    losses: Mapping[str, Losses] = field(default_factory=dict)
    examples: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    outputs: Sequence[Output] = ()
    expectations: Sequence[Checked] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)
    hosts: Sequence[Mapping[str, Any]] = ()
    verdict: Verdict | None = None


def safe(text: str) -> str:
    """A text without credentials, and without the values of query fields that look like secrets."""
    return _SECRET.sub(r"\1…", without_credentials(text))


def manifest(run: Run) -> dict[str, Any]:
    """The manifest of a run as plain values."""
    reasons: dict[str, int] = {}
    for counts in run.counts.values():
        for reason, count in counts.items():
            reasons[reason] = reasons.get(reason, 0) + count
    verdict = run.verdict
    names = (*OWN_SETTINGS, *SETTINGS)
    return {
        "schemaVersion": SCHEMA_VERSION,
        "status": verdict.status if verdict else None,
        "statusName": verdict.name if verdict else "RUNNING",
        "why": safe(verdict.why) if verdict else "it is running, or was killed",
        "versions": {
            "newscrawl": newscrawl.__version__,
            "scrapy": scrapy.__version__,
            "python": platform.python_version(),
        },
        "process": {"pid": os.getpid(), "host": socket.gethostname()},
        "spider": run.spider,
        "arguments": _arguments(run),
        "settings": {name: _plain(run.settings.get(name)) for name in names if run.settings.get(name) is not None},
        "start": _time(run.start),
        "end": _time(run.end),
        "seconds": round(run.seconds, 3) if run.seconds is not None else None,
        "total": _funnel(sum(run.discovered.values()), reasons),
        "sites": [_site(run, site) for site in dict.fromkeys((*run.sites, *run.counts))],
        "errors": [
            {
                "reason": reason,
                "meaning": REASONS[reason].meaning,
                "count": reasons.get(reason, len(kept)),
                "examples": kept,
            }
            for reason, kept in run.examples.items()
        ],
        "outputs": [_output(one) for one in run.outputs],
        "hosts": [{**one, "host": safe(one["host"]), "why": safe(one["why"])} for one in run.hosts],
        "memory": dict(run.memory) or None,
        "expectations": [_expectation(one) for one in run.expectations],
    }


def _arguments(run: Run) -> dict[str, Any]:
    """What the run was asked for; what was not asked for is left out, save sites, since and limit."""
    wanted = run.wanted
    texts = {
        "languages": ["-".join(filter(None, pair)) for pair in sorted(wanted.languages)],
        "match": [pattern.pattern for pattern in wanted.match],
        "include": [pattern.pattern for pattern in wanted.include],
        "exclude": [pattern.pattern for pattern in wanted.exclude],
    }
    return {
        "sites": [safe(site) for site in run.sites],
        "since": _time(wanted.since),
        "limit": run.limit,
        **({"until": _time(wanted.until)} if wanted.until else {}),
        **{name: [safe(text) for text in found] for name, found in texts.items() if found},
    }


def _site(run: Run, site: str) -> dict[str, Any]:
    funnel = _funnel(run.discovered.get(site, 0), run.counts.get(site, {}))
    return {
        "site": safe(site),
        "problem": run.problems.get(site),
        **funnel,
        "sources": dict(run.sources.get(site, {})),
        "lost": dict(run.losses[site].by_reason) if site in run.losses else {},
    }


def _output(one: Output) -> dict[str, Any]:
    return {
        "uri": one.uri,
        "format": one.format,
        "items": one.items,
        "stored": one.stored,
        "leftOut": one.left_out,
    }


def _expectation(one: Checked) -> dict[str, Any]:
    return {
        "site": safe(one.expectation.site) or None,
        "name": one.expectation.name,
        "wanted": one.expectation.wanted,
        "isShare": one.expectation.is_share,
        "found": round(one.found, 6),
        "met": one.is_met,
    }


def _funnel(discovered: int, reasons: Mapping[str, int]) -> dict[str, Any]:
    outcomes: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
    for reason, count in reasons.items():
        outcomes[REASONS[reason].outcome] += count
    fetched = (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED)
    return {
        "discovered": discovered,
        "fetched": sum(outcomes[outcome] for outcome in fetched),
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
    """A setting's value as JSON can hold it, without secrets."""
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
