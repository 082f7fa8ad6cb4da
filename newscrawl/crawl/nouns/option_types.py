"""The types of newscrawl's settings: how each is read, and how its bounds are shown. Errors are ValueErrors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from newscrawl.crawl.nouns.exit_status import PRECEDENCE
from newscrawl.rights import PURPOSES as KNOWN_PURPOSES
from newscrawl.units import duration_text, parse_duration, parse_size, size_text

MODES = ("auto", "never", "always")


@dataclass(frozen=True, slots=True)
class OptionType:
    """read: the plain value of what a person has set. show: a plain value for a person."""

    read: Callable[[Any], Any]
    show: Callable[[Any], str] = str


def _number(value: Any) -> int:
    try:
        if isinstance(value, (bool, float)) and int(value) != value:
            raise ValueError
        return int(str(value).strip().replace("_", "")) if isinstance(value, str) else int(value)
    except (ValueError, TypeError):
        raise ValueError("must be a whole number") from None


def _switch(value: Any) -> bool:
    word = str(value).strip().lower()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("must be True or False")


def _duration(value: Any) -> float:
    text = str(value if value is not None else "").strip()
    return parse_duration(text, bare="s") if text else 0.0


def _retention(value: Any) -> float:
    seconds = _duration(value)
    if 0 < seconds < 86400:
        raise ValueError(f"{duration_text(seconds)} is less than a day (months are written mo)")
    return seconds


def _share(value: Any) -> float:
    text = str(value).strip()
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        raise ValueError("must be a share, such as 50 % or 0.5") from None


def _names(value: Any) -> list[str]:
    given = value.split(",") if isinstance(value, str) else list(value)
    return [name for name in (str(one).strip() for one in given) if name]


def _known_names(value: Any, known: Any, what: str) -> list[str]:
    names = _names(value)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(known)}"
            raise ValueError(f"there is no {what} {name!r} ({hint})")
    return names


def _rules(value: Any) -> list[str]:
    if not _names(value):
        return []
    from newscrawl.strip import RULES  # costs time: for those who switch a rule off

    return _known_names(value, RULES, "strip rule")


def _purposes(value: Any) -> list[str]:
    given = value.lower() if isinstance(value, str) else [str(one).lower() for one in value]
    return _known_names(given, KNOWN_PURPOSES, "purpose")


def _ages(value: Any) -> tuple[int, ...]:
    given = value if isinstance(value, (list, tuple)) else re.split(r"[,;]", str(value))
    parts = [str(part).strip() for part in given if str(part).strip().lower() not in ("", "none", "0")]
    ages = [int(parse_duration(part, bare="s" if not isinstance(value, str) else "")) for part in parts]
    if ages != sorted(set(ages)) or any(age < 60 for age in ages):
        raise ValueError("each age must be a minute or more, and greater than the one before it")
    return tuple(ages)


def _exit_status(value: Any) -> int:
    status = _number(value)
    if status in {int(one) for one in PRECEDENCE}:
        raise ValueError("must be a number that no other exit status uses")
    return status


def _browser_modes(value: Any) -> str:
    """The modes as one text: "auto, a.example=always"."""
    given = value.items() if isinstance(value, Mapping) else map(_mode_pair, str(value or "auto").split(","))
    parts = []
    for site, mode in given:
        word = str(mode).strip().lower()
        if word not in MODES:
            raise ValueError(f"{word!r} must be one of {', '.join(MODES)}")
        parts.append(f"{site}={word}" if site not in ("", "*") else word)
    return ", ".join(parts)


def _mode_pair(part: str) -> tuple[str, str]:
    site, sign, mode = part.rpartition("=")
    return (site.strip(), mode) if sign else ("", part)


TEXT = OptionType(lambda value: str(value or ""))
WORD = OptionType(lambda value: str(value or "").strip().lower())
NUMBER = OptionType(_number)
SWITCH = OptionType(_switch)
DURATION = OptionType(_duration, duration_text)
SIZE = OptionType(parse_size, size_text)
SHARE = OptionType(_share, lambda value: f"{100 * value:g} %")
NAMES = OptionType(_names)
RULES = OptionType(_rules)
PURPOSES = OptionType(_purposes)
AGES = OptionType(_ages)
RETENTION = OptionType(_retention)
EXIT_STATUS = OptionType(_exit_status)
BROWSER_MODES = OptionType(_browser_modes)
