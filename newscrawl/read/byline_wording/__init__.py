"""Words around authors' names, by language: one file per language, `xx.txt`, with one entry per line.

    kind <TAB> pattern <TAB> example
    kind <TAB> words

The kinds with a pattern and an example that it must match (a test checks each) are:

    opening   opens a byline: "By Jane Roe", "Author: Jane Roe"
    alone     a line of its own above a name: "Written by"
    box       opens the box about the author after the story: "View all posts by Jane Roe"
    inside    introduces a name within a line: "3 May 2026 | by Jane Roe"
    role      a role or another word that is not part of a name: "editor", "comments"

Patterns are regular expressions, matched without regard to case, and repeat nothing without a bound. The kinds with
space-separated lower-case words are:

    filler    texts made up of these words alone are not names: "admin", "all posts"
    date      words of dates, which are not names
    title     words of sections, titles and places, which a line that has only names has not: "world", "life", "new"
    region    words of countries and states, which stand after a town: "Palo Alto, California"

Empty lines and lines that begin with "#" are ignored. All languages are always used, because a page may be in another
language than it states, or state none. To add a language, add a file. `agencies.txt` lists news agencies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

__all__ = [
    "AGENCIES",
    "ALONE",
    "BOX",
    "DATE_WORDS",
    "FILLERS",
    "INSIDE",
    "NO_NAMES",
    "OPENING",
    "REGIONS",
    "ROLE",
    "entries",
]

_AGENCIES_FILE = "agencies.txt"
#: The kinds of entries that are words and not patterns.
_KINDS_OF_WORDS = ("filler", "date", "title", "region")


@lru_cache(maxsize=1)
def entries() -> dict[str, list[tuple[str, str]]]:
    """Kind -> (pattern or words, example or ""), of all languages. Raises ValueError for a malformed line."""
    found: dict[str, list[tuple[str, str]]] = {}
    names = sorted(item.name for item in files(__name__).iterdir() if item.name.endswith(".txt"))
    for name in names:
        if name == _AGENCIES_FILE:
            continue
        for line in _lines(name):
            kind, *columns = line.split("\t")
            if len(columns) != (1 if kind in _KINDS_OF_WORDS else 2):
                raise ValueError(f"{name}: {line!r} must be a kind, a pattern and an example, or a kind and words")
            found.setdefault(kind, []).append((columns[0], columns[1] if len(columns) > 1 else ""))
    return found


def _lines(name: str) -> Iterator[str]:
    for line in files(__name__).joinpath(name).read_text("utf-8").split("\n"):
        if line.strip() and not line.startswith("#"):
            yield line


def _any_of(kind: str) -> str:
    """One expression for all patterns of a kind; those of several words come first: "text by" must win over "text"."""
    patterns = dict.fromkeys(pattern for pattern, _ in entries()[kind])
    return "|".join(sorted(patterns, key=lambda pattern: " " not in pattern and r"\s" not in pattern))


def _words(kind: str) -> frozenset[str]:
    return frozenset(word for words, _ in entries()[kind] for word in words.split())


OPENING = re.compile(rf"^\W{{0,40}}(?:{_any_of('opening')})(?:\s{{0,9}}[:：\-–|●■／/]\s{{0,9}}|\s{{1,9}}|$)", re.I)
ALONE = re.compile(rf"^\W{{0,40}}(?:{_any_of('alone')})\W{{0,40}}$", re.I)
BOX = re.compile(rf"^\W{{0,40}}(?:{_any_of('box')})\s{{0,9}}:?\s{{1,9}}(?=\S)", re.I)
INSIDE = re.compile(rf"(?:^|[\s|])(?:{_any_of('inside')})\s{{0,9}}:?\s{{1,9}}(?=[^\W\d_])", re.I)
ROLE = re.compile(rf"\b(?:{_any_of('role')})\b", re.I)

FILLERS = _words("filler")
DATE_WORDS = _words("date")
NO_NAMES = _words("title")
REGIONS = _words("region")
AGENCIES = frozenset(_lines(_AGENCIES_FILE))
