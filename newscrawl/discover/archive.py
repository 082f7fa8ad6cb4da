"""An HTML page -> the archives by date that it links to: years, months and days with lists of their articles.

Recognises an archive by its URL ("/archive/2026/11/", "/2026/11/23/", "?year=2026&month=11"); fetches nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, unquote

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.discover.address import is_on_site
from newscrawl.discover.anchors import anchors
from newscrawl.discover.shape import refusal
from newscrawl.urls import split

__all__ = ["archive_links", "archive_period"]

#: A step of a path that is a year, year and month, or a whole date: "2026", "2026-11", "20261123".
_DATE_STEP = re.compile(
    r"(?:19[89]|20[0-4])\d(?:[-_./](?:0?[1-9]|1[0-2])(?:[-_./](?:0?[1-9]|[12]\d|3[01]))?)?"
    r"|(?:19[89]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?"
)
_MONTH_OR_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
#: Most steps of a path beside those of the date, and most characters of each. An article's slug is longer.
_OTHER_STEPS, _STEP_LENGTH = 3, 16


def archive_period(url: str) -> tuple[datetime, datetime] | None:
    """Start and end (aware, UTC; the end excluded) of the year, month or day whose articles a URL lists; else None."""
    parts = split(url)
    steps = [step for step in unquote(parts.path).removesuffix(".html").removesuffix(".htm").split("/") if step]
    if parts.query:
        numbers = [
            int(values[0])
            for name in ("year", "month", "day")
            if (values := parse_qs(parts.query).get(name)) and values[0].isdigit()
        ]
        return _period(numbers) if numbers and len(steps) <= _OTHER_STEPS else None
    at = next((i for i, step in enumerate(steps) if _DATE_STEP.fullmatch(step)), None)
    if at is None:
        return None
    numbers, rest = _numbers(steps[at]), steps[at + 1 :]
    while rest and len(numbers) < 3 and _MONTH_OR_DAY.fullmatch(rest[0]):
        numbers.append(int(rest.pop(0)))
    others = [*steps[:at], *rest]
    if rest or len(others) > _OTHER_STEPS:
        return None
    if any(len(step) > _STEP_LENGTH or any(c.isdigit() for c in step) for step in others):
        return None
    return _period(numbers)


def _numbers(step: str) -> list[int]:
    if step.isdigit():
        return [int(piece) for piece in (step[:4], step[4:6], step[6:8]) if piece]
    return [int(piece) for piece in re.split(r"[-_./]", step)]


def _period(numbers: list[int]) -> tuple[datetime, datetime] | None:
    year, month, day = (*numbers, 0, 0)[:3]
    try:
        first = datetime(year, month or 1, day or 1, tzinfo=timezone.utc)
    except ValueError:
        return None
    if day:
        return first, first + timedelta(days=1)
    if month:
        return first, first + timedelta(days=monthrange(year, month)[1])
    return first, datetime(year + 1, 1, 1, tzinfo=timezone.utc)


def archive_links(tree: LexborHTMLParser, url: str, now: datetime) -> list[Link]:
    """The archives of this site that the page links to, newest first, once each; source "archive".

    `modified` is the end of the period, or `now` if that is earlier. Periods in the future and calendars of events
    are left out.
    """
    found = []
    for anchor in anchors(tree, url):
        if not any(c.isdigit() for c in anchor.url) or (period := archive_period(anchor.url)) is None:
            continue
        if period[0] <= now and is_on_site(anchor.url, url) and refusal(anchor.url) is None:
            found.append(Link(anchor.url, None, anchor.text or None, "archive", url, min(period[1], now)))
    return sorted(found, key=lambda link: link.modified or now, reverse=True)
