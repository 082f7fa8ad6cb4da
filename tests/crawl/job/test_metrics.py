"""Metrics in the text format of Prometheus."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from newscrawl.crawl.job.metrics import metrics


def test_metrics_are_escaped_and_keep_the_time_of_the_last_success() -> None:
    funnel = dict.fromkeys(
        ("discovered", "fetched", "records", "new", "changed", "removed", "unchanged", "refused", "skipped", "failed"),
        1,
    )
    values: dict[str, Any] = {
        "status": 0,
        "end": "2026-11-25T10:00:00.000+00:00",
        "seconds": 2.5,
        "outputs": [{"stored": False}, {"stored": True}, {"stored": None}],
        "memory": {"known": 12, "path": "x", "ok": True},
        "expectations": [],
        "sites": [{"site": 'a"b\\c\nd', "problem": None, "reasons": {"Recorded": 1}, **funnel}],
    }
    good = metrics(values)
    at = datetime.fromisoformat(values["end"]).timestamp()
    assert f"newscrawl_last_success_timestamp_seconds {at}\n" in good
    assert r'newscrawl_reasons{site="a\"b\\c\nd",reason="Recorded"} 1' in good
    assert 'newscrawl_memory{figure="known"} 12\n' in good and 'figure="path"' not in good and 'figure="ok"' not in good
    assert "newscrawl_outputs_failed 1\n" in good
    later = {**values, "status": 4, "end": "2026-11-25T11:00:00.000+00:00"}
    bad = metrics(later, before=good)
    assert f"newscrawl_last_success_timestamp_seconds {at}\n" in bad and "newscrawl_exit_status 4\n" in bad
    assert metrics(later, before=bad).count("last_success_timestamp_seconds ") == bad.count(
        "last_success_timestamp_seconds "
    )
    assert "last_success" not in metrics(later)
    for line in good.splitlines():
        assert re.fullmatch(
            r'# (HELP|TYPE) newscrawl_\w+ .+|newscrawl_\w+(\{(\w+="(\\.|[^"\\\n])*",?)+\})? [0-9.e+-]+', line
        ), line
