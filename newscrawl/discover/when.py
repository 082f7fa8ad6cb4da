"""Dates as feeds and sitemaps state them, as aware datetimes.

Reads only the W3C forms of ISO 8601 and RFC 822/2822; dates written out in a language are not handled here. An offset
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
