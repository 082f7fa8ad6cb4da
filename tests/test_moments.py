"""Dates of records: one form for all, nothing invented, and the same meaning as in records of schema version 1."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl import Article, Link, extract, record
from newscrawl.article import Rights
from newscrawl.memory.revision import compare
from newscrawl.moments import as_stated, moment_of, offset_text, precision, utc_text
from newscrawl.record import schema
from newscrawl.record_rights import rights_of
from newscrawl.text import UNSTATED
from tests.support.record_versions import made
from tests.support.story_page import URL, page

#: What pandas, DuckDB and Elasticsearch read without being told a format.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
#: As the page states it -> date, offset and precision of the record.
STATED = {
    "2024-11-20T08:15:30+01:00": ("2024-11-20T07:15:30Z", "+01:00", "second"),
    "2024-11-20T08:15-05:30": ("2024-11-20T13:45:00Z", "-05:30", "minute"),
    "2024-11-20T08:15:00Z": ("2024-11-20T08:15:00Z", "+00:00", "second"),
    "2024-11-20T08:15:00": ("2024-11-20T08:15:00Z", None, "second"),
    "2024-11-20 08:15": ("2024-11-20T08:15:00Z", None, "minute"),
    "2024-11-20 00:00": ("2024-11-20T00:00:00Z", None, "minute"),
    "2024-11-20": ("2024-11-20T00:00:00Z", None, "day"),
    "20.11.2024": ("2024-11-20T00:00:00Z", None, "day"),
    "20 November 2024": ("2024-11-20T00:00:00Z", None, "day"),
    "令和6年11月20日 8時15分": ("2024-11-20T08:15:00Z", None, "minute"),
    "2024年11月20日 0時0分": ("2024-11-20T00:00:00Z", None, "minute"),
    "20241120T0000": ("2024-11-20T00:00:00Z", None, "minute"),
    "20 Nov 24 9.15 pm": ("2024-11-20T21:15:00Z", None, "minute"),
    "1732090500": ("2024-11-20T08:15:00Z", "+00:00", "second"),
    "3 hours ago": ("2026-11-28T09:00:00Z", "+00:00", "relative"),
}


@pytest.mark.parametrize(("raw", "expected"), STATED.items(), ids=str)
def test_a_date_is_written_in_utc_and_what_was_stated_of_it_beside_it(raw: str, expected: tuple[str | None]) -> None:
    article = extract(page(head=f'<meta property="article:published_time" content="{raw}">'), URL, fetched_at=NOW)
    one = record(article)
    assert (one["datePublished"], one["datePublishedOffset"], one["datePublishedPrecision"]) == expected
    assert one["datePublishedRaw"] == raw
    jsonschema.validate(one, schema())


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
ZONES = st.just(UNSTATED) | st.integers(-15 * 60, 15 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(MOMENTS, ZONES)
def test_every_date_of_a_record_has_the_one_form_and_can_be_read_back(moment: datetime, zone: timezone) -> None:
    stated = moment.replace(tzinfo=zone)
    rights = Rights(observed_at=stated, unavailable_after=stated)
    article = Article(
        URL, date_published=stated, date_modified=stated, fetched_at=stated, found_by=Link(URL, stated), rights=rights
    )
    one = record(article)
    dates = [one["datePublished"], one["dateModified"], one["metadata"]["dateDownloaded"], one["rights"]["observedAt"]]
    dates += [one["rights"]["unavailableAfter"], one["metadata"]["discovery"]["datePublished"]]
    assert [date for date in dates if not DATE.fullmatch(date)] == []
    assert {moment_of(date) for date in dates} == {stated}
    restored = datetime.fromisoformat(as_stated(one) or "")
    assert restored.replace(tzinfo=None) == moment, "the clock time of the page"
    assert (restored.tzinfo is None) == (zone is UNSTATED)
    assert rights_of(one) == rights


@pytest.mark.parametrize(
    ("old", "raw"),
    [
        ("2026-03-02T21:15:00+01:00", "2026-03-02T21:15:00+01:00"),
        ("2026-03-02T21:15:00", "2026-03-02 21:15"),
        ("2026-03-02", "2 March 2026"),
    ],
)
def test_the_same_date_in_a_record_of_version_1_is_no_change(old: str, raw: str) -> None:
    stated = datetime.fromisoformat(old)
    article = Article(URL, date_published=stated if stated.tzinfo else stated.replace(tzinfo=UNSTATED))
    names = ("datePublished", "datePublishedOffset", "datePublishedPrecision")
    dates = {**{name: record(article)[name] for name in names}, "datePublishedPrecision": precision(stated, raw)}
    if not stated.tzinfo:
        dates["datePublishedPrecision"] = "day" if len(old) == 10 else "minute"
    new = made(**dates, datePublishedRaw=raw)
    assert new["datePublished"] != old and as_stated(new) == old
    assert compare(made(datePublished=old, datePublishedRaw=raw), new) is None
    later = made(**{**dates, "datePublished": "2026-03-05T10:00:00Z"}, datePublishedRaw=raw)
    change = compare(made(datePublished=old, datePublishedRaw=raw), later)
    assert change is not None and change.changed_fields == ("datePublished",)


def test_rights_of_records_of_version_1_are_read() -> None:
    field = {"observedAt": "2026-03-02T21:15:00+01:00", "unavailableAfter": "2027-01-01T00:00:00+00:00"}
    found = rights_of({"rights": field})
    assert found is not None and utc_text(found.observed_at) == "2026-03-02T20:15:00Z"


def test_dates_at_the_end_of_time_and_missing_ones() -> None:
    last = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=5)))
    assert utc_text(last) == "9999-12-31T23:59:00Z"
    assert (utc_text(None), offset_text(None), precision(None), as_stated({})) == (None, None, None, None)
