"""Time zones as pages write them: offsets, names of three or four letters, and the names of the tz database."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:Z|UTC|GMT|UT)?\s?([+-])(\d\d?)(?::?(\d\d))?", re.IGNORECASE)
_SHORT_OFFSET = re.compile(r"([+-])(\d)(\d\d)")
#: Hours east of UTC.
_NAMED = {
    **dict.fromkeys(("Z", "UTC", "GMT", "UT", "WET"), 0),
    **dict.fromkeys(("BST", "WEST", "CET", "MEZ", "WAT"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET", "CAT", "SAST"), 2),
    **dict.fromkeys(("EEST", "MSK", "МСК", "EAT", "TRT"), 3),
    **dict.fromkeys(("PKT", "UZT"), 5),
    **dict.fromkeys(("WIB", "ICT"), 7),
    **dict.fromkeys(("WITA", "HKT", "SGT", "AWST", "PHT"), 8),
    **dict.fromkeys(("JST", "KST", "WIT"), 9),
    **dict.fromkeys(("AEST",), 10),
    **dict.fromkeys(("AEDT",), 11),
    **dict.fromkeys(("NZST",), 12),
    **dict.fromkeys(("NZDT",), 13),
    **dict.fromkeys(("ART", "BRT", "ADT", "CLST"), -3),
    **dict.fromkeys(("EDT", "AST", "CLT"), -4),
    **dict.fromkeys(("EST", "CDT", "COT"), -5),
    **dict.fromkeys(("CST", "MDT"), -6),
    **dict.fromkeys(("MST", "PDT"), -7),
    **dict.fromkeys(("PST", "AKDT"), -8),
    **dict.fromkeys(("AKST",), -9),
    **dict.fromkeys(("HST",), -10),
    "IST": 5.5,
    "NPT": 5.75,
    "ACST": 9.5,
    "ACDT": 10.5,
}
#: Names that mean standard or summer time, whichever holds on the day.
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_LONGEST = timedelta(hours=15)


def offset_of(name: str, moment: datetime) -> timedelta | None:
    """How far a zone is ahead of UTC on the day of a (naive) local time; None for what names no zone."""
    text = name.strip("() ")
    if (found := _SHORT_OFFSET.fullmatch(text) or _OFFSET.fullmatch(text)) is not None:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return None if offset > _LONGEST else offset if found[1] == "+" else -offset
    if text.upper() in _NAMED and (text.isupper() or text == "Z" or text.lower() in ("z", "utc", "gmt")):
        return timedelta(hours=_NAMED[text.upper()])
    place = _PLACES.get(text) or (text if "/" in text else None)
    zone = _zone(place) if place else None
    return moment.replace(tzinfo=zone).utcoffset() if zone is not None else None


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # unknown, or no name of a zone
        return None
