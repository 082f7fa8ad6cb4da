"""Times of day as pages write them: "15:12", "9.10pm", "21h10", "午後3時12分"; each with the zone beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from newscrawl.zones import offset_of

ZONE = (
    r"(?:Z|UTC|GMT|UT)?\s{0,2}[+-]\d\d?(?::?\d\d)?(?![\d./-])|(?:Z|UTC|GMT|UT)(?![A-Za-z])|[A-Za-zМСК]{2,5}(?![A-Za-z])"
)
#: The half of the day, or the part of it, that a clock of twelve hours is in.
_HALF = (
    r"[ap]\.?\s?m\b\.?|上午|下午|午前|午後|오전|오후|早上|晚上|凌晨|中午|ق\.ظ|ب\.ظ|ص|م|π\.μ|μ\.μ"
    r"|(?<!\w)ö[ös](?!\w)|सुबह|तड़के|दोपहर|शाम|रात"
)
_LATER = re.compile(r"p|下午|午後|오후|ب|م|μ\.μ|ös|शाम")
_NOON, _NIGHT = re.compile(r"中午|दोपहर"), re.compile(r"晚上|रात")
#: The first hours that are of the day at noon, and of the evening at night.
_BEFORE_NOON, _EVENING = 10, 5
#: What may stand before a clock, and after it; a lone letter only where it touches the clock: "9:10p".
_BEFORE, _AFTER = rf"(?:({_HALF})\s?)?", rf"(?:(?:\s?({_HALF})|([ap]))(?![\w']))"
_O_CLOCK = r"(?:\s?बजे)?"
_CLOCK = re.compile(
    rf"(?<![\d:]){_BEFORE}(?<![\d:])(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{{1,9}})?)?(?!:?\d){_AFTER}?{_O_CLOCK}",
    re.IGNORECASE,
)
#: With dots, which are also those of numbers: the half of the day tells that it is a clock.
_DOTS = r"(?<![\d.,:])(\d\d?)\.(\d\d)(?:\.(\d\d))?(?![\d.:])"
_SURE_CLOCKS = (
    _CLOCK,
    re.compile(rf"(?<![\d.,:])(){_DOTS}{_AFTER}", re.IGNORECASE),
    re.compile(rf"({_HALF})\s?{_DOTS}()(){_O_CLOCK}", re.IGNORECASE),
)
_HOUR_WITH_HALF = re.compile(r"()(?<![\d.,:])(\d\d?)()()\s?([ap]\.?m\b\.?)()", re.IGNORECASE)
_OTHER_CLOCKS = (
    re.compile(rf"({_HALF})?\s?(\d\d?)\s?[时時點点시]\s?(?:(\d\d?)\s?[分분])?\s?(?:(\d\d?)\s?[秒초])?()()"),
    re.compile(r"()(?<!\d)(\d\d?)\s?h\s?(\d\d)?(?![\w])()()()", re.IGNORECASE),
    re.compile(r"()(?<![\d.])(\d\d?)\.(\d\d)(?:\.(\d\d))?(?![\d.])()()(?:\s?(?:Uhr|h)\b)?", re.IGNORECASE),
    re.compile(r"()(?<!\d)(\d\d?)()\s?Uhr\b()()()", re.IGNORECASE),
    re.compile(rf"{_BEFORE}(?<!\d)(\d\d?)()()()()\s?बजे"),
    re.compile(r"()(?<!\w)T(\d\d)(\d\d)(\d\d)?()()(?!\d)"),
    _HOUR_WITH_HALF,
)
AFTER_CLOCK = re.compile(rf"[\s,]{{0,2}}\(?({ZONE}|[A-Z][a-z]{{2,12}}/[A-Z]\w{{2,20}})\)?", re.IGNORECASE)
_ANY_ZONE = re.compile(
    r"(?:UTC|GMT)\s?[+-]\d\d?(?::?\d\d)?|(?<![A-Za-z])(?:[ECMP][SDE]?T|CES?T|BST|UTC|GMT|JST|KST|MSK)\b"
)


def sure_clock(text: str) -> re.Match[str] | None:
    """The first time of day that is surely one, wherever it stands in a text."""
    return next(_all(_SURE_CLOCKS, text), None)


def other_clock(text: str) -> re.Match[str] | None:
    """A time of day in a form that may be a number of something else, if no date is beside it."""
    return next(_all(_OTHER_CLOCKS, text), None)


def first_clock(text: str) -> re.Match[str] | None:
    """The time of day that begins first; of two that begin together, the surer one."""
    return min(_all((*_SURE_CLOCKS, *_OTHER_CLOCKS), text), key=lambda found: found.start(), default=None)


def clock_before(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first sure time of day between two places of a text, also of an hour alone: "9pm"."""
    forms = (*_SURE_CLOCKS, _HOUR_WITH_HALF)
    return next((found for form in forms if (found := form.search(text, start, end)) is not None), None)


def _all(forms: tuple[re.Pattern[str], ...], text: str) -> Iterator[re.Match[str]]:
    return (found for form in forms if (found := form.search(text)) is not None)


def without_zone(text: str, start: int, end: int) -> tuple[str, str | None]:
    """The text without the clock at these places, and without the zone that follows it; and that zone."""
    after = AFTER_CLOCK.match(text, end)
    if after is not None and offset_of(after[1], datetime(2000, 1, 1)) is not None:
        return f"{text[:start]} {text[after.end() :]}", after[1]
    other = _ANY_ZONE.search(text)
    if other is not None:
        return f"{text[:start]} {text[end:]}".replace(other[0], " ", 1), other[0]
    return f"{text[:start]} {text[end:]}", None


def time_of(clock: re.Match[str]) -> tuple[int, int, int]:
    """Hour, minute and second of a clock, by a day of 24 hours."""
    before, hour, minute, second, after, letter = clock.groups()
    half, hours = (before or after or letter or "").lower().replace(" ", ""), int(hour)
    return _by_24(hours, half) if half and hours <= 12 else hours, int(minute or 0), int(second or 0)


def _by_24(hours: int, half: str) -> int:
    """An hour (0-12) of a half or a part of the day."""
    if _NOON.match(half):
        return hours if hours >= _BEFORE_NOON else hours + 12
    if _NIGHT.match(half):
        return hours % 12 + (12 if hours % 12 >= _EVENING else 0)
    return hours % 12 + (12 if _LATER.match(half) else 0)
