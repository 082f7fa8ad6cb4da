"""When a link's article is from, as far as that is known before it is fetched."""

from __future__ import annotations

import re
from datetime import datetime

from newscrawl.article import Link
from newscrawl.discover.when import latest

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")


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
