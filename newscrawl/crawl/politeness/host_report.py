"""Which hosts were left alone in a run, and why: what the summary and the manifest say of it. Decides nothing."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.crawl.politeness.backoff import BackoffMiddleware

#: Hosts that the summary names.
_MOST_LINES = 20


def hosts_left_alone(crawler: Crawler) -> list[dict[str, Any]]:
    """host, state ("held", "given up" for the rest of the run, or "left out"), times, seconds and why of each."""
    if crawler.engine is None:
        return []
    guard = crawler.get_downloader_middleware(BackoffMiddleware)
    if guard is None:
        return []
    found: list[dict[str, Any]] = []
    for host, held in sorted(guard.patience.held.items()):
        state = "given up" if held.given_up else "held"
        found.append(
            {"host": str(host), "state": state, "times": held.times, "seconds": round(held.seconds, 3), "why": held.why}
        )
    return [
        *found,
        *(
            {"host": origin, "state": "left out", "times": 0, "seconds": 0.0, "why": why}
            for origin, why in sorted(guard.left_out.items())
        ),
    ]


def host_lines(crawler: Crawler) -> list[str]:
    """The same for a person, a line each."""
    hosts = hosts_left_alone(crawler)
    lines = []
    for one in hosts[:_MOST_LINES]:
        held = (
            f"{one['times']} time{'s' if one['times'] != 1 else ''} held, {one['seconds']:.0f} s in all; "
            if one["times"]
            else ""
        )
        lines.append(f"{one['host']}: {held}{'' if one['state'] == 'held' else one['state'] + '; '}{one['why']}")
    return [*lines, *([f"... and {len(hosts) - _MOST_LINES} more hosts"] if len(hosts) > _MOST_LINES else ())]
