"""The Retry-After header (RFC 9110, 10.2.3): how long a server asks to be left alone."""

from __future__ import annotations

import email.utils
import re
from datetime import datetime

#: Characters of a header that are read.
_MAX_LENGTH = 60
_NUMBER = r"[0-9]{1,60}(?:\.[0-9]{0,20})?"
_NUMBERS = re.compile(_NUMBER)
#: Whole seconds, as the standard has it; also with a fraction, with their unit, or several times, as some servers send.
_SECONDS = re.compile(rf"{_NUMBER}\s{{0,3}}(?:s|secs?|seconds?)?(?:\s{{0,3}},\s{{0,3}}{_NUMBER}){{0,3}}", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$")
_MAX_SECONDS = 999_999_999_999_999_999.0


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds from now until the time that a Retry-After header names; of several numbers, the largest.

    None if that time is not ahead, or if there is no header or an unreadable one. now: seconds since the epoch.
    """
    text = (value or "").strip()
    if not text:
        return None
    number = _SECONDS.fullmatch(text[:_MAX_LENGTH])
    if number is not None:
        seconds = min(max(float(one) for one in _NUMBERS.findall(number[0])), _MAX_SECONDS)
    else:
        try:
            seconds = _date(text[:_MAX_LENGTH]).timestamp() - now
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return seconds if seconds > 0 else None


def _date(text: str) -> datetime:
    if _ISO.match(text):
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    return email.utils.parsedate_to_datetime(text)
