"""Finds the authors in the visible text of a page near the headline: in the byline, or beside the date."""

from __future__ import annotations

import re

from newscrawl.article import Person
from newscrawl.read.byline_wording import ALONE, DATE_WORDS, FILLERS, INSIDE, OPENING, ROLE
from newscrawl.read.date_parsing import dates_in
from newscrawl.read.layout import Layout
from newscrawl.read.names import OTHERS, names_in, stated_names, unglued
from newscrawl.read.organisations import is_organisation
from newscrawl.text import fold

#: Class names of boilerplate, and of the captions and share bars that also name people.
BOILERPLATE_CLASS = re.compile(
    r"comment|related|sidebar|aside|widget|recommend|teaser|promo|footer|popular|trending|latest|share|social|caption"
    r"|credit"
)
#: Names of lists of other stories and of comments.
OTHER_LISTS = re.compile(
    r"(?<![a-z])(?:comments?|disqus|discussion|replies|more-?news|read-?more|related|(?<!author-)(?<!author_)cards?)(?![a-z])"
)
BYLINE_CLASS = re.compile(
    r"(?<![a-z])(by-?lines?|authors?|author-?names?|article-?authors?|writer|posted-?by|signature|contributors?"
    r"|auteurs?|autore?s?|autoren|yazar|firma)(?![a-z])"
)
#: Clock times, reading times ("5 min read") and counts of comments.
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:uhr|[ap]\.?m\.?|h|utc|gmt|[ce]e?s?t|ist)?(?![\w])"
    r"|\b\d{1,3}\s?-?\s?(?:min|minutes?|minuten|comments?|kommentare?)\b"
    r"(?:\s(?:read|lesezeit|de lecture|de lectura|di lettura))?",
    re.I,
)
_ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?")

_CAPITAL = r"[^\W\d_a-zà-ÿ]"
_PARTICLE = r"(?:de|del|della|da|dos|di|la|le|van|der|den|von|zu|al|el|bin)"
#: A part of a name, or a particle or conjunction between two parts.
_NAME_PART = (
    rf"(?:{_CAPITAL}[\w.'’-]*"
    rf"|(?:{_PARTICLE}|and|und|et|y|e|og|och|ve|&)(?=\s+{_CAPITAL}))"
)
_NAMES_AHEAD = re.compile(rf"{_NAME_PART}(?:,?\s+{_NAME_PART}){{0,9}}")
_CAPITALISED = rf"{_CAPITAL}[^\W\d_]*(?:[-'’.][^\W\d_]+|\.)*"
_NAME = re.compile(rf"^{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITALISED}){{1,3}}$")


#: A line that is signed and as near to the headline as this is no other story's.
_NEAR = 3
#: Longer blocks are no bylines, and no labels of the block below.
_LONGEST, _LABEL = 160, 30


def names_near_headline(layout: Layout, headline: int | None, links: list[str] | None = None) -> list[Person]:
    """The authors named in the short blocks around the headline.

    A block names authors if it is a rel=author link, is in an element that is called a byline, begins like one
    ("By ..."), follows a label ("Written by"), or is beside a date.

    links: texts of the page's rel=author links.
    """
    start = headline if headline is not None else 0
    below = range(start + 1, min(start + 20, len(layout.texts)))
    above = range(start - 1, max(start - 6, -1), -1)
    own = _in_headline(layout, headline)
    for is_marked in (True, False):
        found = own + _names_along(layout, start, below, links or [], is_marked, has_names=bool(own))
        found = found or _names_along(layout, start, above, links or [], is_marked)
        if found:
            return found
    return []


def _in_headline(layout: Layout, headline: int | None) -> list[Person]:
    """The names in the line after the headline, in the same block."""
    if headline is None or "\n" not in layout.texts[headline]:
        return []
    text = layout.texts[headline].split("\n")[1]
    if not OPENING.match(text):
        text = _beside_date_in_line(text)
    return [Person(n) for n in names_in(text, is_byline=True)]


def _names_along(
    layout: Layout, headline: int, window: range, links: list[str], is_marked: bool, has_names: bool = False
) -> list[Person]:
    """The names in the first block of a window that names authors, and in the blocks that follow it.

    is_marked: only blocks that are marked as bylines; otherwise also names beside a date.
    has_names: the block before the window named some.
    """
    found: list[Person] = []
    last = window.start - window.step if has_names else None
    for index in window:
        text = layout.texts[index]
        if len(text) > _LONGEST:
            if last is not None or (len(text) > 600 and window.step > 0):
                break
            continue
        is_signature = abs(index - headline) <= _NEAR and OPENING.match(text) is not None
        if window.step > 0 and not is_signature and is_in_others(layout, index, headline):
            continue
        if last is not None and (index != last + 1 or _is_of_others(layout, index)):
            break
        names = _names_of_block(layout, index, links) if is_marked else []
        if not names and (not is_marked or last is not None):
            names = names_in(_beside_date(layout, index), is_byline=True)
        if names:
            found += map(Person, names)
            last = index
    return found


def _is_of_others(layout: Layout, index: int) -> bool:
    """Does a block, or the label above it, introduce others than the authors: "Edited by"?"""
    above = layout.texts[index - 1]
    return OTHERS.match(layout.texts[index]) is not None or (
        len(above) < _LABEL and OTHERS.match(f"{above}:") is not None
    )


def _names_of_block(layout: Layout, index: int, links: list[str]) -> list[str]:
    """The authors whom a short block near the headline names, if it is marked as a byline."""
    text = _line(layout.texts[index])
    class_names, is_linked = names_around(layout, index, 4)
    if _is_sentence(text) or is_in_figure(layout, index):
        return []
    if ALONE.match(text) and index + 1 < len(layout.texts):
        text = layout.texts[index + 1] if len(layout.texts[index + 1]) < 80 else ""
    elif (linked := _linked(text, links)) and not (
        (is_linked and len(linked) < 2) or BOILERPLATE_CLASS.search(class_names)
    ):
        return [n for one in linked for n in _of_link(one)]
    elif not (is_linked or OPENING.match(text) or is_byline_class(class_names)):
        return []
    if is_linked and text in links:  # the whole block is the link
        return _of_link(text)
    names = names_in(text, is_byline=True) or names_in(_beside_date(layout, index), is_byline=True)
    return names or names_in(without_dates(text), is_byline=True)


#: The words of a name at most.
_NAME_WORDS = 4


def _of_link(text: str) -> list[str]:
    """The names in a link to an author: whole, unless it has other words ("View author archive")."""
    parts = fold(text).split()
    is_name = len(parts) <= _NAME_WORDS and not FILLERS.intersection(parts) and not is_organisation(text)
    return stated_names(text) if is_name else names_in(text, is_byline=True)


#: Lines that name authors have no more words than this before a full stop.
_SENTENCE_WORDS = 8


def _is_sentence(text: str) -> bool:
    """Is a text a sentence, which tells of the persons that it names?"""
    return (
        text.endswith((".", "!", "?", "…")) and text.count(" ") >= _SENTENCE_WORDS and " by " not in f" {text.lower()} "
    )


def is_in_figure(layout: Layout, index: int) -> bool:
    """Is a block part of a picture, and names who made it or who is in it?"""
    element = layout.places[index]
    for _ in range(4):
        if element <= 0:
            return False
        if layout.tags[element] in ("figure", "figcaption"):
            return True
        element = layout.parents[element]
    return False


def _line(text: str) -> str:
    """The line of a block that begins like a byline, or else its first."""
    first, *others = unglued(text).split("\n")
    return next((line for line in others if OPENING.match(line)), first) if not OPENING.match(first) else first


def _linked(text: str, links: list[str]) -> list[str]:
    """The links to authors in a short line."""
    others = OTHERS.search(text)
    text = text[: others.start()] if others and others.start() else text
    return [one for one in dict.fromkeys(links) if 3 < len(one) < 60 and " " in one and one in text]


def is_signed(layout: Layout, headline: int | None) -> bool:
    """Does a line that begins like a byline ("By Jane Roe") stand in the first blocks below the headline?"""
    if headline is None:
        return False
    near = layout.texts[headline + 1 : headline + 6]
    return any(len(text) < _LONGEST and OPENING.match(text) and len(names_in(text, is_byline=True)) for text in near)


def is_in_others(layout: Layout, index: int, headline: int | None = None) -> bool:
    """Is a block in a list of other stories, or among readers' comments? What has the headline is no such list."""
    return OTHER_LISTS.search(names_around(layout, index, 6, headline)[0]) is not None


def is_byline_class(class_names: str) -> bool:
    """Do class names say that an element is a byline?"""
    return BYLINE_CLASS.search(class_names) is not None and not BOILERPLATE_CLASS.search(class_names)


def names_around(layout: Layout, index: int, steps: int, headline: int | None = None) -> tuple[str, bool]:
    """Class, itemprop, id and itemtype of the nearest elements; and whether one of them is a rel=author link.

    headline: a block; elements that contain it are left out.
    """
    element, names, is_linked = layout.places[index], [], False
    for _ in range(steps):
        if element <= 0 or (headline is not None and layout.opens[element] <= headline < layout.closes[element]):
            break
        attributes = layout.attributes[element]
        names += [attributes.get(name) or "" for name in ("class", "itemprop", "id", "itemtype")]
        is_linked = is_linked or "author" in (attributes.get("rel") or "")
        element = layout.parents[element]
    return " ".join(names).lower(), is_linked


def _beside_date(layout: Layout, index: int) -> str:
    """The byline or name in a line that also has a date, or a name alone beside a block with a date; otherwise ""."""
    text = layout.texts[index].split("\n")[0]
    if without_dates(text) == text:
        beside = [
            layout.texts[i] for i in (index - 1, index + 1) if 0 <= i < len(layout.texts) and len(layout.texts[i]) < 60
        ]
        is_dated = any(without_dates(other) != other for other in beside)
        return (
            text if is_dated and layout.levels[index] == 0 and _NAME.match(text) and not _has_other_words(text) else ""
        )
    return _beside_date_in_line(text)


def _beside_date_in_line(text: str) -> str:
    bare = without_dates(text)
    if bare == text:
        return ""
    label = INSIDE.search(bare)
    if label:
        after = bare[label.end() :].split("|")[0].strip(" -–—,.")
        name = _NAMES_AHEAD.match(after)
        return name[0] if name else f"by {after}" if " " not in after else ""
    parts = [part.strip(" -–—,/·•") for part in bare.split("|")]
    return "|".join(part for part in parts if _NAME.match(part) and not _has_other_words(part))


def _has_other_words(text: str) -> bool:
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


def without_dates(text: str) -> str:
    """The text with "|" in place of each date, clock time and number of minutes or comments."""
    if not re.search(r"\d", text):
        return text
    text = dated = _AFTER_YEAR.sub(" ", text)
    for raw in dates_in(text):
        text = text.replace(raw, "|")
    text = _CLOCK.sub("|", _ISO_DATE.sub("|", text))
    return _WORD_OF_DATE.sub("|", text) if text != dated else dated
