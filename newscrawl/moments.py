"""Moments as text. A record writes every date in one form, in UTC, which pandas, DuckDB and Elasticsearch read unaided.

What a page does not state is not invented: beside a date stands the offset that was stated, or None, and how finely the
date was stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

from newscrawl.dates import parse
from newscrawl.text import UNSTATED

#: Seconds in a date as a page writes it: "08:15:00", "T081500", or a Unix time.
_SECONDS = re.compile(r"\d:\d\d:\d\d|T\d{6}|\d{10}")
_HAS_CLOCK = re.compile(r":|\dT\d{4}|\d\s?[时時點点시]")
#: A date with its year in the usual forms; without one it is counted back from now ("3 hours ago").
_FULL_DATE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")


def utc_text(moment: datetime | None) -> str | None:
    """A moment as "YYYY-MM-DDTHH:MM:SSZ". Where no offset is stated, the clock time is written as if it were UTC."""
    if moment is None:
        return None
    if moment.tzinfo is not None:
        with suppress(OverflowError):  # year 1 or 9999
            moment = moment.astimezone(timezone.utc)
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def moment_of(text: str) -> datetime:
    """The moment that `utc_text` wrote, or any other ISO 8601 text. Raises ValueError."""
    return datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)


def offset_text(moment: datetime | None) -> str | None:
    """The stated offset from UTC, such as "+01:00"; None if none is stated."""
    if moment is None or moment.tzinfo is UNSTATED or (offset := moment.utcoffset()) is None:
        return None
    minutes = round(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def is_counted_back(raw: str) -> bool:
    """Does a page state a date without its year, so that it was counted back from now: "3 hours ago"?"""
    return not _FULL_DATE.search(raw) and parse(raw, "und") is None


def precision(moment: datetime | None, raw: str | None = None) -> str | None:
    """How finely a date is stated: "second", "minute", "day", or "relative" for one counted back from now.

    raw: the page's own words; a midnight counts as stated only if they contain a clock.
    """
    if moment is None:
        return None
    if raw and is_counted_back(raw):
        return "relative"
    if moment.tzinfo is UNSTATED and not (
        moment.hour or moment.minute or moment.second or _HAS_CLOCK.search(raw or "")
    ):
        return "day"
    return "second" if raw is None or moment.second or _SECONDS.search(raw) else "minute"


def as_stated(record: Mapping[str, Any], name: str = "datePublished") -> str | None:
    """A date of a record in ISO 8601, with an offset and a time of day only if they were stated.

    name: "datePublished" or "dateModified". Records of schema version 1 have their dates in this form already.
    """
    text = record.get(name)
    if not text or f"{name}Precision" not in record:
        return text or None
    if record[f"{name}Precision"] == "day":
        return str(text)[:10]
    offset = record.get(f"{name}Offset")
    if not offset:
        return str(text).removesuffix("Z")
    zone = timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))
    return moment_of(text).astimezone(zone).isoformat(timespec="seconds")
