"""Query parameters that do not decide what a page shows, by parameters.txt: tracking, sessions, views of one page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.discover.wordlists import sections_of

__all__ = ["is_noise", "without_view"]

_SECTIONS = {name: [word.lower() for word in words] for name, words in sections_of("parameters.txt").items()}
#: Ignored parameters: whole names, and beginnings of names.
_NOISE = frozenset(word for name in ("tracking", "session") for word in _SECTIONS[name] if not word.endswith("*"))
_NOISE_STARTS = tuple(word[:-1] for name in ("tracking", "session") for word in _SECTIONS[name] if word.endswith("*"))
_WEAK = frozenset(_SECTIONS["weak"])
_VIEW = frozenset(_SECTIONS["view"])
#: What is left before a name where "&" was escaped once too often.
_AMPERSAND = re.compile(r"^(?:amp(?:;|%3b))+|^;")
#: A session's identifier: long, of letters and digits.
_SID = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9,\-]{16,}")


def is_noise(field: str) -> bool:
    """Is a field of a query ("name=value") only tracking, or the identifier of a session?"""
    name, _, value = field.partition("=")
    name = _AMPERSAND.sub("", name.lower())
    if name in _NOISE or name.startswith(_NOISE_STARTS):
        return True
    return name in ("sid", "s") and _SID.fullmatch(value) is not None


def without_view(fields: Iterable[str], named: bool) -> list[str]:
    """The fields of a query that say which article it is.

    named: the path already names the article, so parameters that only say where a reader comes from are left out too.
    """
    kept = []
    for field in fields:
        name, _, value = field.partition("=")
        name, value = _AMPERSAND.sub("", name.lower()), value.lower()
        if f"{name}={value}" in _VIEW or (name in _VIEW and value in ("", "1", "true", "yes", "on", "y")):
            continue
        if named and name in _WEAK and not value.isdigit():
            continue
        kept.append(field)
    return kept
