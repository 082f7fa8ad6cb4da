"""Dates of a page: as `newscrawl.dates` reads them, and dates relative to now, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import NamedTuple

from newscrawl.dates import dates_in, parse
from newscrawl.moments import precision
from newscrawl.text import UNSTATED

__all__ = ["BESIDE_HEADLINE", "RELATIVE", "StatedDate", "completed", "dates_in", "parse_date"]


#: Where the dates stand that a page shows with its headline.
BESIDE_HEADLINE = "line beside the headline"


class StatedDate(NamedTuple):
    """A parsed date, the page's own words, where they stand, and why they were taken."""

    moment: datetime
    raw: str
    source: str = ""
    why: str = ""


_ONE = r"ein(?:er|em)?|une?|un[ao]?"
_UNITS = [
    r"second|minute|hour|day|week",
    r"sekunde|stunde|tag|woche",  # German
    r"seconde|heure|jour|semaine",  # French
    r"segundo|minuto|hora|d[ií]a|semana",  # Spanish and Portuguese
    r"or[ae]|giorn[oi]",  # Italian
    r"saat|dakika|gün",  # Turkish
]
#: A date relative to now: "3 hours ago", "vor 3 Stunden", "il y a 3 heures".
RELATIVE = re.compile(
    rf"\b(\d{{1,9}}|an?|{_ONE})\s{{1,9}}({'|'.join(_UNITS)})\w{{0,40}}\s{{0,9}}(ago|önce|fa|atr[áa]s)\b"
    rf"|\b(?:vor|il y a|hace|há)\s{{1,9}}(\d{{1,9}}|{_ONE})\s{{1,9}}\w+",
    re.I,
)
#: Languages in which a date is tried if it is neither in the page's language nor in English.
_LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "sv", "cs", "da", "fi", "el"]


def parse_date(
    raw: str, language: str | None = None, now: datetime | None = None, region: str | None = None
) -> datetime | None:
    """Parse a date; the result is timezone-aware, with `newscrawl.text.UNSTATED` if no offset is stated.

    Returns None if `raw` is not a date.

    raw: any form of `newscrawl.dates`, or words in `language`.
    language: a BCP 47 tag. region: a country's code.
    now: what relative dates are resolved against; without it they are not parsed.
    """
    moment = parse(raw, language or "und", region)
    return moment if moment is not None else _from_words(raw.strip()[:80], language, now)


def _from_words(raw: str, language: str | None, now: datetime | None) -> datetime | None:
    has_year = re.search(r"(?<!\d)(19|20)\d{2}(?!\d)", raw)
    is_relative = now is not None and RELATIVE.search(raw)
    if not (has_year and re.search(r"[^\W\d_]{2,}", raw)) and not is_relative:
        return None
    import dateparser  # takes a third of a second to import, and only pages that state no better date need it

    settings: dict[str, object] = {"RETURN_AS_TIMEZONE_AWARE": False, "STRICT_PARSING": not is_relative}
    if now is not None:
        settings["RELATIVE_BASE"] = now.replace(tzinfo=None)
    page_language = (language or "").lower().split("-")[0].split("_")[0]
    for languages in ([page_language] if page_language else [], ["en"], _LANGUAGES):
        if not languages:
            continue
        try:
            moment: datetime | None = dateparser.parse(raw, languages=languages, settings=settings)
        except Exception:  # an unknown language, or a date that dateparser fails on
            continue
        if moment is not None:
            if is_relative and now is not None:
                return moment.replace(tzinfo=now.tzinfo, microsecond=0)
            return moment if moment.tzinfo else moment.replace(tzinfo=UNSTATED, microsecond=0)
    return None


_OFFSET = re.compile(r"\d[:.]\d\d.{0,40}(?:[+-]\d\d|[A-Z]{2,4}\)?$)")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_HALF_HOUR, _WEST, _EAST = timedelta(minutes=30), timedelta(hours=10), timedelta(hours=14)
#: Statements that are looked through for the time and offset that the most trusted one lacks.
_MOST_OTHERS = 40


def completed(
    best: StatedDate, others: Iterator[tuple[str, str]], read: Callable[[tuple[str, str]], StatedDate | None]
) -> StatedDate:
    """The statement of the same moment that says the most: a day, then its time, then its offset.

    UTC is the least that can be said of an offset: many sites state local times as if they were UTC. Another statement
    of the same clock time with another offset is believed.

    others: sources and texts. read: makes a date of one.
    """
    has_clock = False
    for stated in islice(others, _MOST_OTHERS):
        if best[0].utcoffset():
            break
        may_be_clock = not has_clock and stated[0] == BESIDE_HEADLINE and _CLOCK.search(stated[1]) is not None
        if best[0].tzinfo is not UNSTATED and not may_be_clock and not _may_say_offset(stated[1]):
            continue
        other = read(stated)
        if other is not None and may_be_clock and _is_clock(other):
            has_clock = True  # a later one may be that of a change, with the same minute by chance
            if (offset := _offset_between(best, other)) is not None:
                why = f"the same moment as on the clock of {other.source}, which tells the offset"
                return best._replace(moment=best.moment.astimezone(offset), why=why)
        if other is not None and _says_more(other, best):
            best = other._replace(why=f"it says more of the same moment than {best.source}")
    return best


def _may_say_offset(raw: str) -> bool:
    """Does a text have a clock time, and after it what may be an offset or a zone? (parsing every date takes time)"""
    return _OFFSET.search(raw) is not None


def _is_clock(date: StatedDate) -> bool:
    """Does a date have a time of day, and no offset?"""
    return date[0].tzinfo is UNSTATED and precision(date.moment, date.raw) in ("minute", "second")


def _offset_between(best: StatedDate, other: StatedDate) -> timezone | None:
    """The offset of a clock that shows a moment in UTC without saying so: the same minute, some half hours apart."""
    if best[0].tzinfo is UNSTATED or best[0].utcoffset():
        return None
    apart = other[0].replace(tzinfo=None, second=0, microsecond=0) - best[0].replace(
        tzinfo=None, second=0, microsecond=0
    )
    is_offset = apart and not apart % _HALF_HOUR and -_WEST <= apart <= _EAST
    return timezone(apart) if is_offset else None


def _says_more(other: StatedDate, best: StatedDate) -> bool:
    if best[0].tzinfo is not UNSTATED:
        return bool(other[0].utcoffset()) and _apart(other, best) < 60
    if precision(best.moment, best.raw) == "day":
        return precision(other.moment, other.raw) in ("minute", "second") and other[0].date() == best[0].date()
    if other[0].tzinfo is UNSTATED or precision(other.moment, other.raw) == "relative":
        return False
    apart = _apart(other, best)
    # the same clock time, or the same moment on the clock of another place
    return apart < 60 or (apart <= 14 * 3600 and apart % 1800 < 60)


def _apart(other: StatedDate, best: StatedDate) -> float:
    """Seconds between two clock times."""
    return abs((other[0].replace(tzinfo=None) - best[0].replace(tzinfo=None)).total_seconds())
