"""Values that a person writes, in arguments and in the sites file: numbers, dates, lists, patterns, words.

Values are texts, as on the command line, or from Python and TOML also lists, numbers, dates and timedeltas. Each reader
raises ValueError that names the argument and quotes what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone

from newscrawl.text import fold
from newscrawl.units import parse_duration

_SPAN = re.compile(r"[\d.]+\s*[A-Za-z]+")
_LONGEST = timedelta(days=200 * 366)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_OPENING, _CLOSING = "([{", ")]}"
_SPACELESS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def read_limit(value: object) -> int:
    """Read `limit`: a whole number, 1 or more."""
    try:
        limit = 0 if isinstance(value, (bool, float)) else int(str(value))
    except ValueError:
        limit = 0
    if limit < 1:
        raise ValueError(f"limit={value!r} must be a whole number of 1 or more")
    return limit


def read_since(value: str | date | timedelta, now: datetime) -> datetime:
    """Read `since`: a span back from now ("90m", "24h", "7d", "2w"; `m` is a minute), or an ISO 8601 date or time.

    A date without an offset is in UTC, and one without a time is the beginning of its day.
    """
    moment = _moment("since", value, now, time())
    if moment > now:
        raise ValueError(f"since={value!r} is in the future")
    return moment


def read_until(value: str | date | timedelta, now: datetime) -> datetime:
    """Read `until`: like `since`, but a date without a time is the end of its day."""
    return _moment("until", value, now, time(23, 59, 59, 999999))


def _moment(name: str, value: str | date | timedelta, now: datetime, of_day: time) -> datetime:
    if isinstance(value, timedelta):
        return _back(name, value, value, now)
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime.combine(value, of_day)
    else:
        text = str(value).strip()
        try:
            if _SPAN.fullmatch(text):
                return _back(name, value, timedelta(seconds=parse_duration(text)), now)
            moment = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in "Zz" and text else text)
            if len(text) <= 10:
                moment = datetime.combine(moment, of_day)
        except OverflowError:
            raise ValueError(f"{name}={value!r} is too far back") from None
        except ValueError as error:
            if "too far" in str(error):
                raise
            raise ValueError(f"{name}={value!r} must be a span (24h, 7d, 2w) or a date (2026-11-01)") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _back(name: str, value: object, span: timedelta, now: datetime) -> datetime:
    if not timedelta(0) <= span <= _LONGEST:
        raise ValueError(f"{name}={value!r} is too far back")
    return now - span


def read_list(value: str | Iterable[object]) -> list[str]:
    """Texts separated by commas, or a list of them."""
    entries = value.split(",") if isinstance(value, str) else value
    return [text for entry in entries if (text := str(entry).strip())]


def read_languages(value: str | Iterable[object]) -> frozenset[tuple[str, str]]:
    """Read `languages`: tags like "en" or "pt-BR". Returns pairs of language and region ("" for any), in lower case."""
    tags = read_list(value)
    if wrong := [tag for tag in tags if not _LANGUAGE.fullmatch(tag)]:
        raise ValueError(f"languages: {', '.join(map(repr, wrong))}: write tags like en, de or pt-BR")
    return frozenset(map(language_of, tags))


def language_of(tag: str) -> tuple[str, str]:
    """Language and region of a BCP 47 tag, in lower case; "" where it has no region. A script does not count."""
    first, *others = re.split("[-_]", tag.lower())
    return first, next((part for part in others if len(part) == 2 or part.isdigit()), "")


def read_patterns(name: str, value: str | Iterable[object]) -> tuple[re.Pattern[str], ...]:
    """Read `include` or `exclude`: regular expressions, searched for in the URL.

    As one text they are separated by commas or white space; commas inside brackets belong to a pattern.
    """
    patterns, faults = [], []
    for text in _split_patterns(value) if isinstance(value, str) else map(str, value):
        try:
            patterns.append(re.compile(text, re.IGNORECASE))
        except (re.error, OverflowError) as error:
            hint = " (for anything, write .*)" if text.startswith("*") else ""
            faults.append(f"{name}: {text!r} is not a regular expression: {error}{hint}")
    if faults:
        raise ValueError("; ".join(faults))
    return tuple(patterns)


def _split_patterns(text: str) -> list[str]:
    parts, depth, is_escaped = [""], 0, False
    for character in text:
        if not is_escaped:
            depth += (character in _OPENING) - (character in _CLOSING and depth > 0)
            if not depth and (character == "," or character.isspace()):
                parts.append("")
                continue
        is_escaped = character == "\\" and not is_escaped
        parts[-1] += character
    return [part for part in parts if part]


def read_words(value: str | Iterable[object]) -> tuple[re.Pattern[str], ...]:
    """Read `match`: words or phrases separated by commas, as patterns for folded text (`newscrawl.text.fold`).

    A phrase matches whole words; with "*" at its end, words that begin so. Scripts without spaces match anywhere.
    """
    patterns = []
    phrases = read_list(value)
    if wrong := [phrase for phrase in phrases if "*" in phrase.rstrip("*")]:
        raise ValueError(f"match: {', '.join(map(repr, wrong))}: * stands only at the end of a word or phrase")
    if not phrases:
        raise ValueError(f"match: {value!r} has no word")
    for phrase in phrases:
        folded = fold(phrase.rstrip("*"))
        if not folded:
            raise ValueError(f"match: {phrase!r} has no word")
        inner = re.escape(folded).replace("\\ ", r"\s+")
        ends_whole = not phrase.endswith("*")
        is_spaceless = _SPACELESS.search(folded) is not None
        patterns.append(re.compile(inner if is_spaceless else rf"(?<!\w){inner}" + (r"(?!\w)" if ends_whole else "")))
    return tuple(patterns)
