"""Parses dates as pages write them, and finds them in texts. An offset that is not stated is not invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from newscrawl.text import UNSTATED

_ISO = re.compile(
    r"^\s{0,9}(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s{0,9}(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?\s{0,9}$",
    re.I,
)
_ISO_START = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
#: A name of the time zone in brackets or parentheses, or anything after the offset.
_AFTER_ISO = re.compile(r"\[[^\]]{0,99}\]|\s{0,9}\([^)]{0,99}\)|(?<=[+-]\d\d:\d\d)\s.*$")
_IN_TEXT = re.compile(
    # 2026-05-03, 2026年5月3日, 2026년 5월 3일
    r"(?<!\d)(?:\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}(?!\d)\s?[日일]?"
    # 3.5.2026, 3/5/26
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})(?![\d./-])"
    # 3 May 2026, 3rd of May, 2026, 3 de mayo de 2026
    r"|\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+de|\s+of)?\s+[^\W\d_]{3,12}\.?,?(?:\s+del?|\s+of)?\s+\d{4}(?!\d)"
    # May 3, 2026
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}(?!\d))"
    # the time of day and the offset
    r"(?:\D{0,12}?\d{1,2}[:h.]\d{2}(?!\d)(?::\d{2})?(?:\s?[ap]\.?m\.?)?)?(?:\s*(?:UTC|GMT|Z)?[+-]\d{2}:?\d{2})?",
    re.I,
)
_NUMERIC = re.compile(
    r"^(\d{1,4})\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,4})\s?[日일]?(?:\D+?(\d{1,2})[:h.](\d{2}))?"
)
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
#: Offsets from UTC, in hours, of the abbreviations that pages use.
_ZONES = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "IST": 5.5,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
}
#: Languages in which a date is tried if it is neither in the page's language nor in English.
_LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "sv", "cs", "da", "fi", "el"]


def parse_date(raw: str, language: str | None = None, now: datetime | None = None) -> datetime | None:
    """Parse a date; the result is timezone-aware, with `newscrawl.text.UNSTATED` if no offset is stated.

    Returns None if `raw` is not a date.

    raw: ISO 8601, RFC 2822, a Unix time in seconds or milliseconds, numbers, or words in `language`.
    language: a BCP 47 tag.
    now: what relative dates are resolved against; without it they are not parsed.
    """
    raw = raw.strip()
    if not 6 <= len(raw) <= 80:
        return None
    if raw.isdigit() and len(raw) in (10, 13):
        return datetime.fromtimestamp(int(raw[:10]), timezone.utc)
    iso = _ISO.match(raw)
    if iso:
        return _from_iso(iso)
    if _ISO_START.match(raw):
        return parse_date(_AFTER_ISO.sub("", raw[:19]), language, now) if len(raw) > 19 else None
    try:
        moment = parsedate_to_datetime(raw)
        return moment if moment.tzinfo else moment.replace(tzinfo=UNSTATED)
    except (ValueError, TypeError, IndexError):
        pass
    zone = re.search(r"\b([A-Z]{3,4})\b", raw)
    offset = timezone(timedelta(hours=_ZONES[zone[1]])) if zone and zone[1] in _ZONES else None
    parsed = _from_numbers(raw, language) or _from_words(raw, language, now)
    if parsed is not None and offset is not None and parsed.tzinfo is UNSTATED and (parsed.hour or parsed.minute):
        return parsed.replace(tzinfo=offset)
    return parsed


def _from_iso(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, _, zone = match.groups()
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0) % 24,
            int(minute or 0),
            min(int(second or 0), 59),
            tzinfo=UNSTATED,
        )
    except ValueError:
        return None
    if zone and hour:
        if zone.upper() in ("Z", "UTC", "GMT"):
            return moment.replace(tzinfo=timezone.utc)
        sign, digits = (-1 if zone[0] == "-" else 1), zone[1:].replace(":", "").ljust(4, "0")
        delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if delta <= timedelta(hours=15):
            return moment.replace(tzinfo=timezone(sign * delta))
    return moment


def _from_numbers(raw: str, language: str | None) -> datetime | None:
    match = _NUMERIC.match(raw)
    if not match:
        return None
    a, b, c, hour, minute = (int(g) if g else 0 for g in match.groups())
    if a > 31:
        year, month, day = a, b, c
    else:
        year, month, day = (c if c > 99 else 2000 + c), b, a
        if (language or "").lower() in ("en-us", "en") and a <= 12 and raw[1:3].strip("0123456789") in ("/", "-"):
            month, day = a, b
        if month > 12 >= day:
            month, day = day, month
    rest = raw[match.end() : match.end() + 6].lower()
    if hour < 12 and re.match(r"\s?p\.?m", rest):
        hour += 12
    elif hour == 12 and re.match(r"\s?a\.?m", rest):
        hour = 0
    try:
        return datetime(year, month, day, hour if hour < 24 else 0, minute if minute < 60 else 0, tzinfo=UNSTATED)
    except ValueError:
        return None


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


def dates_in_text(text: str) -> Iterator[str]:
    """The parts of a text that look like dates. Only the first 400 characters are searched."""
    for match in _IN_TEXT.finditer(text[:400]):
        yield match[0]
