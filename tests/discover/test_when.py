"""Dates in sitemaps and feeds."""

from datetime import datetime, timedelta, timezone

import pytest

from newscrawl.discover.when import latest, parse_when
from newscrawl.text import UNSTATED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-20T00:00:00"),
        ("2026-11-20T10:00Z", "2026-11-20T10:00:00"),
        ("2026-11-20 10:00:00 +0130", "2026-11-20T10:00:00"),
        ("20261120T100000Z", "2026-11-20T10:00:00"),
        ("Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20T10:00:00"),
        ("2026-11-20T24:00:00Z", "2026-11-21T00:00:00"),
        ("2026-11", None),
        ("2026", None),
        ("", None),
        (None, None),
        ("2026-02-30", None),
        ("soon", None),
        ("2026-11-20T10:00:00+99:99", None),
    ],
)
def test_a_date_is_parsed(text: str | None, expected: str | None) -> None:
    moment = parse_when(text)
    assert (moment.replace(tzinfo=None).isoformat() if moment else None) == expected
    assert moment is None or moment.tzinfo is not None


def test_no_offset_is_invented_and_a_date_without_time_covers_its_day() -> None:
    day, stated = parse_when("2026-11-20"), parse_when("2026-11-20T10:00:00+02:00")
    assert day is not None and day.tzinfo is UNSTATED
    assert latest(day) == datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
    assert stated is not None and latest(stated) == stated and stated.utcoffset() == timedelta(hours=2)
