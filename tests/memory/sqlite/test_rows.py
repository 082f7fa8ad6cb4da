"""Records in the memory."""

from __future__ import annotations

from datetime import datetime, timezone

from newscrawl.memory.sqlite.rows import packed, unpacked


def test_a_value_of_a_project_that_json_does_not_know_costs_no_commit() -> None:
    record = {"headline": "Ü", "seen": datetime(2026, 11, 20, tzinfo=timezone.utc), "tags": [{"a"}]}
    assert unpacked(packed(record)) == {"headline": "Ü", "seen": "2026-11-20 00:00:00+00:00", "tags": ["{'a'}"]}
