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
        ("Fri, 20 Nov 2026 10:00:00 EST", "2026-11-20T10:00:00"),
        ("ven., 20 nov. 2026 10:00 +0100", "2026-11-20T10:00:00"),
        ("20 de noviembre de 2026", "2026-11-20T00:00:00"),
        ("Cum, 20 Kas 2026 10:00:00 +0300", "2026-11-20T10:00:00"),
        ("20 November 2026, 9:05", "2026-11-20T09:05:00"),
        ("20 Nowhere 2026", None),
        ("5.3.2026 15:12:30", "2026-03-05T15:12:30"),
        ("2026/03/05 15:12", "2026-03-05T15:12:00"),
        ("2026年3月5日 15:12", "2026-03-05T15:12:00"),
        ("2026.03.05", "2026-03-05T00:00:00"),
        ("05.13.2026", None),
        ("05/03/2026", None),
        ("3-5-2026", None),
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
