"""The manifest's figures in Prometheus' text format, for node_exporter's textfile collector (`NEWSCRAWL_METRICS=news.prom`). Pure, counts nothing.

All are gauges: each file tells of one run. `newscrawl_last_success_timestamp_seconds` is kept from the file before where this run did not succeed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

_SUCCESS = "newscrawl_last_success_timestamp_seconds"
_KEPT = re.compile(rf"(?m)^{_SUCCESS} ([0-9.eE+]+)$")
#: The funnel's field in the manifest -> the label's value.
_STAGES = {
    "discovered": "discovered", "fetched": "fetched", "new": "new", "changed": "changed", "removed": "removed", "unchanged": "unchanged",
    "refused": "refused", "skipped": "skipped", "failed": "failed",
}  # fmt: skip


def metrics(manifest: Mapping[str, Any], before: str = "", good: frozenset[int] = frozenset({0})) -> str:
    """The text for a run that has ended. before: the text of the file that it replaces. good: exit statuses that count as a success."""
    return "".join(_lines(manifest, before, good))


def _lines(manifest: Mapping[str, Any], before: str, good: frozenset[int]) -> Iterator[str]:
    sites = manifest["sites"]
    yield from _metric(
        "newscrawl_exit_status", "Exit status of the last run; see the README of newscrawl.", [({}, manifest["status"])]
    )
    end = datetime.fromisoformat(manifest["end"]).timestamp()
    yield from _metric("newscrawl_last_end_timestamp_seconds", "When the last run ended.", [({}, end)])
    kept = _KEPT.search(before)
    success = end if manifest["status"] in good else float(kept[1]) if kept else None
    if success is not None:
        yield from _metric(_SUCCESS, "When the last run that succeeded ended.", [({}, success)])
    if manifest["seconds"] is not None:
        yield from _metric("newscrawl_run_seconds", "How long the last run took.", [({}, manifest["seconds"])])
    yield from _metric(
        "newscrawl_urls", "Addresses of the last run by site and stage.",
        [({"site": site["site"], "stage": stage}, site[name]) for site in sites for name, stage in _STAGES.items()],
    )  # fmt: skip
    yield from _metric(
        "newscrawl_reasons", "Addresses of the last run by site and what became of them.",
        [({"site": site["site"], "reason": reason}, count) for site in sites for reason, count in site["reasons"].items()],
    )  # fmt: skip
    yield from _metric(
        "newscrawl_site_failed", "1 where the site could not be read in the last run.",
        [({"site": site["site"]}, int(site["problem"] is not None)) for site in sites],
    )  # fmt: skip
    yield from _metric(
        "newscrawl_expectation_met", "1 where an expectation was met in the last run.",
        [({"site": one["site"] or "", "expectation": one["name"]}, int(one["met"])) for one in manifest["expectations"]],
    )  # fmt: skip
    yield from _metric(
        "newscrawl_outputs_failed",
        "Outputs that could not be written or stored.",
        [({}, sum(one["stored"] is False for one in manifest["outputs"]))],
    )
    memory = manifest["memory"] or {}
    figures = {
        name: value for name, value in memory.items() if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    yield from _metric(
        "newscrawl_memory", "Figures of the memory.", [({"figure": name}, value) for name, value in figures.items()]
    )


def _metric(name: str, meaning: str, samples: list[tuple[dict[str, str], float]]) -> Iterator[str]:
    if not samples:
        return
    yield f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{inside}}} {value}\n" if inside else f"{name} {value}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
