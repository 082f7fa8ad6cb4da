"""Which hosts were backed off in a run, and why: for the summary and the manifest. Decides nothing."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.crawl.politeness.backoff import BackoffMiddleware

#: The most hosts that the summary names.
_MAX_LINES = 20


def hosts_left_alone(crawler: Crawler) -> list[dict[str, Any]]:
    """host, state, times, seconds and why, of each host that was backed off or is not requested at all.

    state: "backed off" (for a time), "given up" (for the rest of the run), or "left out" (never requested). times,
    seconds: how often and for how long in all the host was backed off.
    """
    if crawler.engine is None:
        return []
    backoff = crawler.get_downloader_middleware(BackoffMiddleware)
    if backoff is None:
        return []
    backed_off = [
        {
            "host": str(host),
            "state": "given up" if report.given_up else "backed off",
            "times": report.times,
            "seconds": round(report.seconds, 3),
            "why": report.why,
        }
        for host, report in sorted(backoff.breaker.reports.items())
    ]
    left_out = [
        {"host": origin, "state": "left out", "times": 0, "seconds": 0.0, "why": why}
        for origin, why in sorted(backoff.left_out.items())
    ]
    return [*backed_off, *left_out]


def host_lines(crawler: Crawler) -> list[str]:
    """The same for a person, one line for each host."""
    hosts = hosts_left_alone(crawler)
    lines = [_line(one) for one in hosts[:_MAX_LINES]]
    if len(hosts) > _MAX_LINES:
        lines.append(f"... and {len(hosts) - _MAX_LINES} more hosts")
    return lines


def _line(one: dict[str, Any]) -> str:
    parts = []
    if one["times"]:
        times = "once" if one["times"] == 1 else f"{one['times']} times"
        parts.append(f"backed off {times}, {one['seconds']:.0f} s in all")
    if one["state"] != "backed off":
        parts.append(one["state"])
    return f"{one['host']}: {'; '.join([*parts, one['why']])}"
