"""Durations, sizes and counts as people write them: "90 m", "24h", "10 MiB", "1 record". One notation everywhere."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)\s*([A-Za-z]*)")
#: Unit -> seconds. "m" is a minute; a month is "mo" (30 days), a year has 365 days.
DURATIONS = {
    **dict.fromkeys(("ms",), 0.001),
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86400.0),
    **dict.fromkeys(("w", "week", "weeks"), 7 * 86400.0),
    **dict.fromkeys(("mo", "month", "months"), 30 * 86400.0),
    **dict.fromkeys(("y", "year", "years"), 365 * 86400.0),
}
#: Unit -> bytes: decimal (kB) and binary (KiB) as IEC 80000-13 has them.
SIZES = {
    **dict.fromkeys(("b", "byte", "bytes"), 1),
    **{f"{letter}b": 1000**power for power, letter in enumerate("kmgt", 1)},
    **{f"{letter}ib": 1024**power for power, letter in enumerate("kmgt", 1)},
}


def _amount(text: str) -> tuple[float, str]:
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return float(found[1]), found[2].lower()


def parse_duration(text: object, bare: str = "") -> float:
    """A duration in seconds: a number and a unit (s, m, h, d, w, mo, y). bare: the unit of a number without one.

    Raises ValueError for anything else, and for a number without a unit where `bare` is "".
    """
    try:
        number, unit = _amount(str(text))
        return number * DURATIONS[unit or bare]
    except (ValueError, KeyError):
        units = "s, m (minutes), h, d, w, mo (months) or y"
        raise ValueError(f"{text!r} is not a duration: write a number and one of {units}") from None


def parse_size(text: object) -> int:
    """A size in bytes: a number, and a unit (B, kB, MB, GB, KiB, MiB, GiB) or none for bytes. Raises ValueError."""
    try:
        number, unit = _amount(str(text))
        return int(number * SIZES[unit or "b"])
    except (ValueError, KeyError):
        raise ValueError(f"{text!r} is not a size: write a number and one of B, kB, MB, GB, KiB, MiB, GiB") from None


def duration_text(seconds: float) -> str:
    """A duration with the largest unit that leaves a whole number: "6 h" for 21600."""
    for unit in ("y", "w", "d", "h", "m"):
        if seconds and seconds % DURATIONS[unit] == 0:
            return f"{seconds / DURATIONS[unit]:g} {unit}"
    return f"{seconds:g} s"


def size_text(size: int) -> str:
    """A size with the largest binary unit that leaves a whole number: "10 MiB" for 10485760."""
    for unit in ("GiB", "MiB", "KiB"):
        if size and size % SIZES[unit.lower()] == 0:
            return f"{size // SIZES[unit.lower()]} {unit}"
    return f"{size} B"


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number and its noun: "1 record", "2,000 records". plural: where it is not the noun and an s."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def clock_text(seconds: float) -> str:
    """A time that has passed: "45 s", "3 min 05 s", "2 h 07 min"."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
