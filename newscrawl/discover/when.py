"""Dates as feeds and sitemaps state them, as aware datetimes.

Reads the W3C forms of ISO 8601, RFC 822/2822 with the names of months in any language, and dates with dots or whose
year comes first. No part is invented: an offset that is not stated gives `newscrawl.text.UNSTATED`, and what may be
read in two ways (05/03/2024) is no date.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from newscrawl.article import Link
from newscrawl.text import UNSTATED

__all__ = ["is_before", "latest", "parse_when", "stated_date", "url_date"]

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T\s]+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|UTC|GMT|[+\-\u2212]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_ENGLISH = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in (3, len(name))
}
#: A day, the name of a month, a year; the name of the weekday may precede, and a time and an offset may follow.
_NAMED = re.compile(
    r"(?:[^\W\d]{1,15}\.?,?\s+)?(\d\d?)(?:\.|º|er|\s+d[eu])?\s+([^\W\d]{3,15})\.?,?(?:\s+de)?\s+(\d{4})"
    r"(?:,?\s+(\d\d?):(\d\d)(?::(\d\d))?)?\s*(Z|UT|UTC|GMT|[+\-\u2212]\d\d:?\d\d)?",
    re.IGNORECASE,
)
#: 05.03.2024 15:12 and 2024/03/05 15:12; wherever dots separate, the day comes first.
_DOTTED = re.compile(
    r"(\d\d?)\.(\d\d?)\.(\d{4})(?:,?\s+(\d\d?):(\d\d)(?::(\d\d))?)?\s*(Z|UTC|GMT|[+\-]\d\d:?\d\d)?", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    r"(\d{4})[/.年]\s?(\d\d?)[/.月]\s?(\d\d?)日?(?:,?\s*(\d\d?):(\d\d)(?::(\d\d))?)?\s*(Z|UTC|GMT|[+\-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
#: The westernmost of the offsets in use, which reach from UTC-12 to UTC+14; an unstated one can be any of them.
_WESTMOST = timedelta(hours=12)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] not in "+-\u2212":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(delta if text[0] == "+" else -delta)


@lru_cache(maxsize=512)
def _month(word: str) -> int | None:
    """The number of a month whose name, or its beginning, is this word in some language."""
    if word in _ENGLISH:
        return _ENGLISH[word]
    from dateparser import parse  # costs time: for feeds in other languages

    found = parse(f"15 {word} 2024", settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]})
    return found.month if found is not None and (found.year, found.day) == (2024, 15) else None


def _numbers_of(text: str) -> datetime | None:
    """A date that is neither ISO 8601 nor RFC 822: the day first and the month named, with dots, or the year first.

    Raises ValueError for a day or time that does not exist.
    """
    if found := _NAMED.fullmatch(text):
        day, year, month = int(found[1]), int(found[3]), _month(found[2].lower())
        if month is None:
            return None
    elif found := _DOTTED.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        return None
    hour, minute, second = (int(found[n] or 0) for n in (4, 5, 6))
    return datetime(year, month, day, hour, minute, second, tzinfo=_offset(found[7]) or UNSTATED)


def parse_when(text: str | None) -> datetime | None:
    """The moment that `text` states, aware; None if it is not a full date (a year or a month alone is too little)."""
    text = (text or "").strip()
    if not 8 <= len(text) <= 64:
        return None
    match = _ISO.fullmatch(text)
    try:
        if match:
            year, month, day, hour, minute, second, fraction, zone = match.groups()
            moment = datetime(int(year), int(month), int(day))
            if hour is not None:
                # added to midnight, because 24:00 and leap seconds are valid in ISO 8601 but not in datetime
                micro = int((fraction or "0")[:6].ljust(6, "0"))
                moment += timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0), microseconds=micro)
            return moment.replace(tzinfo=_offset(zone) or UNSTATED)
        if not text[:1].isalnum():
            return None
        if (stated := _numbers_of(text)) is not None:
            return stated
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UNSTATED)


def latest(moment: datetime) -> datetime:
    """The latest moment, in UTC, that a stated date can mean.

    A date without a time covers its whole day, one without an offset any offset. For pruning by `since`: only what is
    earlier than this is certainly too old.
    """
    if moment.tzinfo is not UNSTATED:
        return moment.astimezone(timezone.utc)
    whole_day = timedelta(days=1) if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else timedelta(0)
    try:
        return moment.replace(tzinfo=timezone.utc) + whole_day + _WESTMOST
    except OverflowError:
        return datetime.max.replace(tzinfo=timezone.utc)


def stated_date(link: Link, now: datetime) -> datetime | None:
    """The date that the link's source states; a future date counts as now."""
    date = link.published or link.modified
    return min(date, now) if date else None


def url_date(url: str) -> datetime | None:
    """The date in the path of a URL; None where there is none."""
    found = _URL_DATE.search(url)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        return datetime.fromisoformat(f"{year}-{int(month):02}-{int(day or 1):02}T00:00:00+00:00")
    except ValueError:
        return None


def is_before(date: datetime | None, since: datetime | None) -> bool:
    """Is a date certainly before `since`? An unknown date is not; a date without a time stands for its whole day."""
    return date is not None and since is not None and latest(date) < since
