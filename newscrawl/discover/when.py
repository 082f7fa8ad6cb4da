"""When a link's article is from: as its source states it (`newscrawl.dates`), or its URL; and what that can mean."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from newscrawl.article import Link
from newscrawl.dates import parse
from newscrawl.text import UNSTATED

__all__ = ["is_before", "latest", "parse_when", "stated_date", "url_date"]

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")
#: The westernmost of the offsets in use, which reach from UTC-12 to UTC+14; an unstated one can be any of them.
_WESTMOST = timedelta(hours=12)


def parse_when(text: str | None) -> datetime | None:
    """The moment that `text` states, aware; None if it is not a full date (a year or a month alone is too little).

    What may be read in two ways (05/03/2024) is none, and neither is a number alone.
    """
    return parse(text) if text and not text.strip().isdigit() else None


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
