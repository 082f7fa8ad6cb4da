"""The figures of the manifest in Prometheus' text format, for node_exporter's textfile collector. Pure; counts nothing.

Set `NEWSCRAWL_METRICS=news.prom`. All metrics are gauges, because each file describes one run. Only
`newscrawl_last_success_timestamp_seconds` is kept from the previous file when a run does not succeed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

_SUCCESS = "newscrawl_last_success_timestamp_seconds"
_KEPT = re.compile(rf"(?m)^{_SUCCESS} ([0-9.eE+]+)$")
#: The stages of a URL's way, as the manifest and the label name them.
_STAGES = ("discovered", "fetched", "new", "changed", "removed", "unchanged", "refused", "skipped", "failed")

Samples = list[tuple[dict[str, str], float]]


def metrics(manifest: Mapping[str, Any], before: str = "", good: frozenset[int] = frozenset({0})) -> str:
    """The text for a run that has ended.

    before: the text of the file that it replaces. good: the exit statuses that count as a success.
    """
    return "".join(_lines(manifest, before, good))


def _lines(manifest: Mapping[str, Any], before: str, good: frozenset[int]) -> Iterator[str]:
    yield from _metric("newscrawl_exit_status", "Exit status of the last run.", [({}, manifest["status"])])
    end = datetime.fromisoformat(manifest["end"]).timestamp()
    yield from _metric("newscrawl_last_end_timestamp_seconds", "When the last run ended.", [({}, end)])
    kept = _KEPT.search(before)
    success = end if manifest["status"] in good else float(kept[1]) if kept else None
    if success is not None:
        yield from _metric(_SUCCESS, "When the last successful run ended.", [({}, success)])
    if manifest["seconds"] is not None:
        yield from _metric("newscrawl_run_seconds", "How long the last run took.", [({}, manifest["seconds"])])
    yield from _of_sites(manifest["sites"])
    yield from _metric(
        "newscrawl_expectation_met",
        "1 where an expectation was met in the last run.",
        [
            ({"site": one["site"] or "", "expectation": one["name"]}, int(one["met"]))
            for one in manifest["expectations"]
        ],
    )
    failed = sum(one["stored"] is False for one in manifest["outputs"])
    yield from _metric("newscrawl_outputs_failed", "Outputs that could not be written or stored.", [({}, failed)])
    figures = {name: value for name, value in (manifest["memory"] or {}).items() if _is_number(value)}
    samples: Samples = [({"figure": name}, value) for name, value in figures.items()]
    yield from _metric("newscrawl_memory", "Figures of the memory.", samples)


def _of_sites(sites: list[Mapping[str, Any]]) -> Iterator[str]:
    yield from _metric(
        "newscrawl_urls",
        "URLs of the last run by site and stage.",
        [({"site": site["site"], "stage": stage}, site[stage]) for site in sites for stage in _STAGES],
    )
    yield from _metric(
        "newscrawl_reasons",
        "URLs of the last run by site and reason.",
        [
            ({"site": site["site"], "reason": reason}, count)
            for site in sites
            for reason, count in site["reasons"].items()
        ],
    )
    yield from _metric(
        "newscrawl_site_failed",
        "1 where the site could not be read in the last run.",
        [({"site": site["site"]}, int(site["problem"] is not None)) for site in sites],
    )


def _metric(name: str, meaning: str, samples: Samples) -> Iterator[str]:
    if not samples:
        return
    yield f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{inside}}} {value}\n" if inside else f"{name} {value}\n"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
