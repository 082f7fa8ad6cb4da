"""Dates as pages, feeds and sitemaps state them -> aware datetimes. One reader for all of them.

No part is invented. A time that is not stated is midnight; an offset that is not stated gives
`newscrawl.text.UNSTATED`. The forms that are read stand in tests/dates.txt, each with its value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from importlib.resources import files

from newscrawl.calendars import ERAS, PERSIAN_MONTHS, day_of
from newscrawl.clocks import (
    AFTER_CLOCK,
    ZONE,
    clock_before,
    first_clock,
    other_clock,
    sure_clock,
    time_of,
    without_zone,
)
from newscrawl.text import UNSTATED
from newscrawl.zones import offset_of

_ISO = re.compile(
    r"(\d{4})(-?)(\d\d)\2(\d\d)(?:(?:T|\s)\s?(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,:](\d{1,9}))?)?)?"
    rf"\s?({ZONE})?(?:\s?\[([\w/+-]{{3,40}})\]|\s?\(.{{0,60}}\))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_IMPOSSIBLE = re.compile(r"\s?[+-]\d\d:?\d\d")

_NAME = r"[^\W\d_][^\d\s,/_|()-]{1,14}"
_BETWEEN = r"[\s.,/-]{0,3}(?:(?:de[ln]?|di|of|do|the|ng|gada|năm|year)\s{1,2}|(?:d['’]|ta['’]|m\.|г\.)\s{0,2})?"
_ORDINAL = r"(?:st|nd|rd|th|er|[eoaº°ª]|-?го|η|η|日|일)?"
_DAY_NAME_YEAR = re.compile(rf"(?<!\d)(\d\d?){_ORDINAL}{_BETWEEN}({_NAME})\.?{_BETWEEN}['’]?(\d{{4}}|\d\d)(?!\d)", re.I)
_NAME_DAY_YEAR = re.compile(rf"({_NAME})\.?{_BETWEEN}(\d\d?){_ORDINAL}{_BETWEEN}(\d{{4}}|['’]\d\d)(?!\d)", re.I)
_YEAR_NAME_DAY = re.compile(rf"(?<!\d)(\d{{4}})\.?{_BETWEEN}({_NAME})\.?{_BETWEEN}(\d\d?)(?!\d)", re.I)
_YEAR_DAY_NAME = re.compile(rf"(?<!\d)(\d{{4}})\.?\s?gada\s(\d\d?)\.?\s({_NAME})", re.I)
#: Forms with the name of a month, and the groups of year, month and day.
_NAMED_FORMS = (
    (_DAY_NAME_YEAR, (3, 2, 1)),
    (_NAME_DAY_YEAR, (3, 1, 2)),
    (_YEAR_NAME_DAY, (1, 2, 3)),
    (_YEAR_DAY_NAME, (1, 3, 2)),
)
#: Before a time of day that is as compact: "20240305T151230".
_COMPACT_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=T\d{4})")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d\d?)\s?[-/.月월]\s?(\d\d?)(?!\d)\s?[日일]?\.?")
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d?)\s?([-/.|])\s?(\d\d?)\s?\2\s?(\d{4}|\d\d)(?![\d])")
_VIETNAMESE = re.compile(r"(?<!\d)(\d\d?)\s(?:tháng|thg)\s?(\d\d?)[,\s]{1,2}(?:năm\s)?(\d{4})")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年\s?(\d\d?)\s?月\s?(\d\d?)\s?日?")
#: Regions where English is written with the day first.
_DAY_FIRST_REGIONS = frozenset("gb uk au nz ie in za ng ke sg my hk pk bd lk gh mt zw ug tz jm tt".split())


def parse(text: str, language: str | None = None, region: str | None = None) -> datetime | None:
    """The moment that a text states, aware; None where it states no full date (day, month and year).

    language: a BCP 47 tag, and region: a country's code; they tell 04/03/2024 from 03/04/2024, and months of one name.
    Without both, such a date of numbers is None.
    """
    text = _plain(text)
    if not 6 <= len(text) <= 120:
        return None
    try:
        if text.replace(".", "", 1).isdigit():
            return _of_digits(text)
        return _of_iso(text) or _of_words(text, language, region)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> str:
    """With ASCII digits, colons and spaces, without marks of direction."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2013", "-")
        text = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() else "" if unicodedata.category(c) == "Cf" else c for c in text
        )
    return " ".join(text.split())


def _of_digits(text: str) -> datetime | None:
    """A Unix time in seconds or milliseconds, or digits in the order of ISO 8601."""
    whole = text.partition(".")[0]
    if len(whole) == 10 or (len(whole) == 13 and whole == text):
        return datetime.fromtimestamp(int(whole[:10]), timezone.utc)
    found = _COMPACT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UNSTATED)


def _of_iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, _, month, day, hour, minute, second, fraction, zone, place = found.groups()
    if zone and hour is None:
        return (
            None if zone.lower() not in ("z", "utc", "gmt") else _moment(day_of(int(year), int(month), int(day)), None)
        )
    clock = (int(hour), int(minute), int(second or 0)) if hour is not None else None
    if clock and zone and zone.lower() in ("am", "pm"):
        clock, zone = (clock[0] % 12 + 12 * (zone.lower() == "pm") if clock[0] <= 12 else clock[0], *clock[1:]), None
    moment = _moment(day_of(int(year), int(month), int(day)), clock, zone, place)
    return moment.replace(microsecond=int(fraction[:6].ljust(6, "0"))) if fraction else moment


def _moment(
    day: date, clock: tuple[int, int, int] | None, zone: str | None = None, place: str | None = None
) -> datetime:
    """A day and a time of day, with the offset of a zone where one is stated. 24:00 is the next midnight."""
    if clock is None:
        return datetime(day.year, day.month, day.day, tzinfo=UNSTATED)
    hour, minute, second = clock
    if hour > 24 or minute > 59 or second > 60:
        return datetime(day.year, day.month, day.day, tzinfo=UNSTATED)
    moment = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    for name in (zone, place):
        offset = offset_of(name, moment) if name else None
        if name and offset is None and _IMPOSSIBLE.fullmatch(name):
            raise ValueError(f"no offset: {name}")
        if offset is not None:
            return moment.replace(tzinfo=timezone(offset) if offset else timezone.utc)
    return moment.replace(tzinfo=UNSTATED)


def _of_words(text: str, language: str | None, region: str | None) -> datetime | None:
    clock = sure_clock(text)
    zone, rest = None, text
    if clock is not None:
        rest, zone = without_zone(text, clock.start(), clock.end())
    day, rest = _findday_of(rest, language, region)
    if day is None:
        return None
    if clock is None and (clock := other_clock(rest)) is not None:
        zone = without_zone(rest, clock.start(), clock.end())[1]
    return _moment(day, time_of(clock) if clock is not None else None, zone)


def _findday_of(text: str, language: str | None, region: str | None) -> tuple[date | None, str]:
    """The first full date of a text, and the text without it."""
    for found, year, month, day in _days_in(text, language, region):
        if year < 100:
            year += 2000 if year < 70 else 1900
        try:
            return day_of(year, month, day), f"{text[: found.start()]} {text[found.end() :]}"
        except ValueError:
            continue
    return None, text


def _days_in(text: str, language: str | None, region: str | None) -> Iterator[tuple[re.Match[str], int, int, int]]:
    """The places of a text that look like dates: the match, and year, month and day."""
    if (found := _ERA.search(text)) is not None:
        year = 1 if found[2] == "元" else int(found[2])
        yield found, ERAS[found[1]] + year, int(found[3]), int(found[4])
    if (found := _COMPACT_DAY.search(text) or _YEAR_FIRST.search(text)) is not None:
        yield found, int(found[1]), int(found[2]), int(found[3])
    if (found := _VIETNAMESE.search(text)) is not None:
        yield found, int(found[3]), int(found[2]), int(found[1])
    for pattern, (y, m, d) in _NAMED_FORMS:
        for found in pattern.finditer(text):
            month = month_of(found[m], language)
            if month is not None:
                yield found, int(found[y].lstrip("'’")), month, int(found[d])
    if (found := _DAY_FIRST.search(text)) is not None:
        order = _order(int(found[1]), int(found[3]), found[2], language, region)
        if order is not None:
            yield found, int(found[4]), order[0], order[1]


def _order(first: int, second: int, mark: str, language: str | None, region: str | None) -> tuple[int, int] | None:
    """Month and day of two numbers; None where that cannot be told."""
    if first > 12 or mark == ".":
        return (second, first) if second <= 12 else None
    if second > 12:
        return first, second
    if not language:
        return None
    tag, _, own = language.replace("_", "-").lower().partition("-")
    where = own or (region or "").lower()
    is_month_first = tag == "en" and where not in _DAY_FIRST_REGIONS
    return (first, second) if is_month_first else (second, first)


@lru_cache(maxsize=1)
def _months() -> dict[str, dict[str, int]]:
    """Language, or "", -> name -> month (1-12)."""
    table: dict[str, dict[str, int]] = {"": {name: number for number, name in enumerate(PERSIAN_MONTHS, 1)}}
    for line in files("newscrawl").joinpath("months.txt").read_text("utf-8").splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        language = "" if words[0].isdigit() else words.pop(0)
        table.setdefault(language, {}).update(
            dict.fromkeys((_plain(word.replace(".", "")).casefold() for word in words[1:]), int(words[0]))
        )
    return table


def month_of(word: str, language: str | None = None) -> int | None:
    """The month (1-12) that a word names in the language, or in any language where it is the only one; else None."""
    word = word.casefold().replace(".", "").strip()
    tables = _months()
    own = tables.get((language or "").replace("_", "-").partition("-")[0].lower(), {})
    return own.get(word) or tables[""].get(word)


#: Most characters between a time of day and its date, and what may stand between a date and its time.
_NEAR = 15
_BESIDE = re.compile(r"T|[\s,.|–—•·(-]{0,4}(?:(?:[\w\u0900-\u0dff]{1,3}|alle)\.?[\s,:]{1,2}){0,2}[\s,|–—•·(-]{0,3}")


def dates_in(text: str, language: str | None = None, region: str | None = None) -> Iterator[str]:
    """The parts of a text that state a date, each with the time and zone beside it, as written.

    Only the first 400 characters are searched.
    """
    text = _plain(text[:400]) if re.search(r"\d", text) else ""
    spans = _spans(text, language, region)
    for number, (start, end) in enumerate(spans):
        stop = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        after = first_clock(text[end : min(stop, end + 3 * _NEAR)])
        if after is not None and _BESIDE.fullmatch(text, end, end + after.start()):
            yield text[start : _zone_end(text, end + after.end())]
            continue
        begin = spans[number - 1][1] if number else 0
        before = clock_before(text, max(begin, start - 3 * _NEAR), start)
        if before is not None and start - before.end() <= _NEAR:
            yield text[before.start() : _zone_end(text, end, is_named=True)]
        else:
            yield text[start:end]


def _zone_end(text: str, end: int, is_named: bool = False) -> int:
    """Where the zone that follows a place of a text ends, or that place. is_named: must it begin with its name?"""
    zone = AFTER_CLOCK.match(text, end)
    if zone is None or (is_named and not zone[1][0].isalpha()):
        return end
    return zone.end() if offset_of(zone[1], datetime(2000, 1, 1)) is not None else end


def _spans(text: str, language: str | None, region: str | None) -> list[tuple[int, int]]:
    """Where the dates of a text stand, in order; they do not overlap."""
    spans: list[tuple[int, int]] = []
    start = 0
    while True:
        best: tuple[int, int] | None = None
        for found, year, month, day in _days_in(text[start:], language or "und", region):
            try:
                day_of(year + (2000 if year < 70 else 0), month, day)
            except ValueError:
                continue
            if best is None or found.start() < best[0]:
                best = found.start(), found.end()
        if best is None:
            return spans
        spans.append((start + best[0], start + best[1]))
        start += best[1]
