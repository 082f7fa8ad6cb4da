"""Finds names that stand beside a date: in the same line, or alone in the block above or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newscrawl.name_pattern import NamePattern
from newscrawl.read.byline_places import names_around
from newscrawl.read.byline_wording import DATE_WORDS, INSIDE, ROLE
from newscrawl.read.date_parsing import dates_in
from newscrawl.read.layout import Layout
from newscrawl.text import fold

#: Clock times, reading times ("5 min read") and counts of comments.
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:uhr|[ap]\.?m\.?|h|utc|gmt|[ce]e?s?t|ist)?(?![\w])"
    r"|\b\d{1,3}\s?-?\s?(?:min|minutes?|minuten|comments?|kommentare?)\b"
    r"(?:\s(?:read|lesezeit|de lecture|de lectura|di lettura))?",
    re.I,
)
_ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?")

_CAPITAL = r"[^\W\d_a-zà-ÿ]"
_PARTICLE = r"(?:de|del|della|da|dos|di|do|du|la|las|le|los|van|der|den|von|zu|al|el|bin|ibn)"
#: A part of a name, or a particle or conjunction between two parts.
_NAME_PART = (
    rf"(?:{_CAPITAL}[\w.'’-]*"
    rf"|(?:{_PARTICLE}|and|und|et|y|e|og|och|ve|&)(?=\s+{_CAPITAL}))"
)
NAMES_AHEAD = re.compile(rf"{_NAME_PART}(?:,?\s+{_NAME_PART}){{0,9}}")
_CAPITALISED = rf"{_CAPITAL}[^\W\d_]*(?:[-'’.][^\W\d_]+|\.)*"
NAME = re.compile(rf"^{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITALISED}){{1,3}}$")
#: The characters of a block beside the date that say nothing, and of one that may be read, at most.
_SHORTEST, _LONGEST = 4, 60


def beside_date(layout: Layout, index: int) -> str:
    """The byline or name in a line that also has a date, or a name alone beside a block with a date; otherwise ""."""
    text = layout.texts[index].split("\n")[0]
    if without_dates(text) == text:
        if (
            not all(map(NAME.match, AND.split(text)))
            or layout.levels[index]
            or has_other_words(text)
            or is_topic(layout, index)
        ):
            return ""
        return text if any(without_dates(other) != other for other in _beside(layout, index)) else ""
    return beside_date_in_line(text)


#: What joins several names.
AND = re.compile(r",?\s(?:and|&|und|et|y|e|og|och|en|ve)\s")
#: What follows a name in such a line: for whom it was written, or in which section.
_AFTER_NAME = re.compile(r"\s(?:on behalf of|in|for|at)\s")
#: Names of elements that name the topic of a story.
_TOPIC_CLASS = NamePattern(
    r"(?<![a-z])(?:cat|categor(?:y|ies)|tags?|terms?|taxonomy|topics?|kicker|rubrik|ressort)(?![a-z])"
)


def is_topic(layout: Layout, index: int) -> bool:
    """Is a block a label of the story's topic?"""
    return _TOPIC_CLASS.matches(names_around(layout, index, 2)[0])


def _beside(layout: Layout, index: int) -> Iterator[str]:
    """The short texts above and below a block; one without a word of its own ("/", "on") is passed over."""
    for step in (-1, 1):
        other = index + step
        if 0 <= other < len(layout.texts) and len(layout.texts[other]) < _SHORTEST:
            other += step
        if 0 <= other < len(layout.texts) and len(layout.texts[other]) < _LONGEST:
            yield layout.texts[other]


def beside_date_in_line(text: str) -> str:
    """The byline or the names in a line that also has a date; otherwise ""."""
    bare = without_dates(text)
    if bare == text:
        return ""
    bare = _HANDLE.sub("|", bare)
    label = INSIDE.search(bare)
    if label:
        after = bare[label.end() :].split("|")[0].strip(" -–—,.")
        name = NAMES_AHEAD.match(after)
        return name[0] if name else f"by {after}" if " " not in after else ""
    parts = [_AFTER_NAME.split(part.strip(" -–—,/·•"))[0] for part in bare.split("|")]
    parts = [_without_outlet(part) for part in parts]
    return "|".join(part for part in parts if NAME.match(part) and not has_other_words(part))


#: The name of a user of a network.
_HANDLE = re.compile(r"(?<!\S)@\w{1,30}")
#: The initials of the medium or agency that a reporter writes for, after the name: "Jane Roe / TNN".
_OUTLET = re.compile(r"\s{0,3}[/,·•–—-]\s{1,3}([A-Z]{2,6})(?:\s{0,3}/)?$")


def _without_outlet(part: str) -> str:
    """A part of a line without the initials of an outlet at its end."""
    outlet = _OUTLET.search(part)
    return part[: outlet.start()] if outlet else part


def has_other_words(text: str) -> bool:
    """Does the text contain words of dates or roles, which are not part of a name?"""
    return any(token.strip(".,") in DATE_WORDS for token in fold(text).split()) or ROLE.search(text) is not None


#: A year that touches what follows it, as where a page shows two dates side by side.
_AFTER_YEAR = re.compile(r"(?<=[^\d](?:19|20)\d\d)(?=\d{1,2}\.?\s[^\W\d]|[^\W\d_a-zà-ÿ][^\W\d_A-Z])")


#: What is said of a date before it: "Published: 3 May 2026".
_WORD_OF_DATE = re.compile(
    r"(?:\b(?:last|first|zuletzt|mis|dernière)\s)?\b(?:published|updated?|posted|modified|created|veröffentlicht|aktualisiert"
    r"|erstellt|stand|publiée?|à jour|modifiée?|mise à jour|publicado|actualizado|atualizado|pubblicato|aggiornato"
    r"|geplaatst|gepubliceerd|bijgewerkt|publicerad|uppdaterad|opdateret|publiceret|opublikowano|aktualizacja"
    r"|опубликовано|обновлено|yayınlanma|güncelleme|date|datum|fecha|data)"
    r"\s{0,3}:?\s{0,3}(?:on|at|am|le|el|il|em|op|den|dne)?\s{0,3}:?\s{0,3}\|",
    re.I,
)


@lru_cache(maxsize=128)
def without_dates(text: str) -> str:
    """The text with "|" in place of each date, clock time and number of minutes or comments."""
    if not re.search(r"\d", text):
        return text
    text = dated = _AFTER_YEAR.sub(" ", text)
    for raw in dates_in(text):
        text = text.replace(raw, "|")
    text = _CLOCK.sub("|", _ISO_DATE.sub("|", text))
    return _WORD_OF_DATE.sub("|", text) if text != dated else dated
