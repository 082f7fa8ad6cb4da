"""Dates as feeds and sitemaps state them -> aware datetimes.

Reads the W3C forms of ISO 8601 and RFC 822/2822 only; free text in a language is no business of this file. An offset
that is not stated is not invented: such a date gets `newscrawl.text.UNSTATED`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from newscrawl.text import UNSTATED

__all__ = ["latest", "parse_when"]

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T\s]+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|UTC|GMT|[+\-\u2212]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
#: An unstated offset can be any of those in use, UTC-12 to UTC+14.
_WESTMOST = timedelta(hours=12)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] not in "+-\u2212":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(delta if text[0] == "+" else -delta)


def parse_when(text: str | None) -> datetime | None:
    """The moment that `text` states, aware; None for what is no full date (a year or a month alone says too little)."""
    text = (text or "").strip()
    if not 8 <= len(text) <= 64:
        return None
    match = _ISO.fullmatch(text)
    try:
        if match:
            year, month, day, hour, minute, second, fraction, zone = match.groups()
            moment = datetime(int(year), int(month), int(day))
            if hour is not None:
                # 24:00 and a leap second are valid ISO that datetime does not know: counted on from midnight
                micro = int((fraction or "0")[:6].ljust(6, "0"))
                moment += timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0), microseconds=micro)
            return moment.replace(tzinfo=_offset(zone) or UNSTATED)
        if not text[:1].isalnum():
            return None
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UNSTATED)


def latest(moment: datetime) -> datetime:
    """The latest moment that a road's date can mean, in UTC: a date without a time covers its whole day, one without an offset any offset.

    For pruning by `since`: only what is older than this is surely older.
    """
    if moment.tzinfo is not UNSTATED:
        return moment.astimezone(timezone.utc)
    whole_day = timedelta(days=1) if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else timedelta(0)
    try:
        return moment.replace(tzinfo=timezone.utc) + whole_day + _WESTMOST
    except OverflowError:
        return datetime.max.replace(tzinfo=timezone.utc)
