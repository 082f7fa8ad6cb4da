"""Finds the authors in the visible text of a page near the headline: in the byline, or beside the date."""

from __future__ import annotations

import re

from newscrawl.article import Person
from newscrawl.read.beside_dates import NAMES_AHEAD, beside_date, beside_date_in_line, without_dates
from newscrawl.read.byline_places import (
    BOILERPLATE_CLASS,
    is_byline_class,
    is_in_button,
    is_in_figure,
    is_in_others,
    is_in_tools,
    is_role,
    names_around,
)
from newscrawl.read.byline_wording import ALONE, FILLERS, OPENING
from newscrawl.read.helpers import OTHERS, from_signature
from newscrawl.read.layout import Layout
from newscrawl.read.names import is_full, names_in, stated_names, unglued
from newscrawl.read.organisations import is_organisation
from newscrawl.text import fold

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
        text = beside_date_in_line(text)
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
            if last is None and is_marked and window.step > 0 and (names := _at_start(text)):
                return [Person(n) for n in names]
            if last is not None or (len(text) > 600 and window.step > 0):
                break
            continue
        if is_marked and _is_of_another_story(layout, index, headline):
            continue
        if last is not None and (index != last + 1 or _is_of_others(layout, index)):
            break
        names = _names_of_block(layout, index, links) if is_marked else []
        if not names and (not is_marked or last is not None):
            names = names_in(beside_date(layout, index), is_byline=True)
            if names and _is_no_line(layout, index, headline):
                continue
        if names and not _names_others(layout, index, headline):
            found += map(Person, names)
            last = index
    return found


def _names_others(layout: Layout, index: int, headline: int) -> bool:
    """Is a block that has names the headline again, what an author does, or those who helped?"""
    text = layout.texts[index]
    is_other = text == layout.texts[headline] or _is_of_others(layout, index)
    return is_other or (is_role(layout, index) and OPENING.match(text) is None)


def _is_no_line(layout: Layout, index: int, headline: int) -> bool:
    """Is a block part of a picture, of a button or a bar of them, or of another story?"""
    is_part = is_in_figure(layout, index) or is_in_button(layout, index) or is_in_tools(layout, index, headline)
    return is_part or _is_of_another_story(layout, index, headline)


def _is_of_another_story(layout: Layout, index: int, headline: int) -> bool:
    """Is a block below the headline in a list of other stories, and does not sign this one?"""
    if index < headline or (abs(index - headline) <= _NEAR and OPENING.match(layout.texts[index])):
        return False
    return is_in_others(layout, index, headline)


#: Where a Japanese reporter was, and the name: "【ロンドン＝山田太郎】".
_JAPANESE_START = re.compile(r"【[^】＝=]{1,20}[＝=]([\u3040-\u9fff]{2,12})】")
#: What parts a byline from the paragraph that it begins.
_AFTER_BYLINE = re.compile(r"\s{0,2}(?:[:–—|)]|-\s|/|\([^()]{1,20}\))")


def _at_start(text: str) -> list[str]:
    """The names in a byline with which a paragraph begins: "By Jane Roe: The harbour", "(Von Jane Roe) Der Hafen"."""
    if japanese := _JAPANESE_START.match(text):
        return names_in(japanese[1], is_byline=True)
    opening = OPENING.match(text)
    name = NAMES_AHEAD.match(text, opening.end()) if opening else None
    if name is None or not _AFTER_BYLINE.match(text, name.end()):
        return []
    return [n for n in names_in(name[0], is_byline=True) if is_full(n)]


def _is_of_others(layout: Layout, index: int) -> bool:
    """Does a block, or the label above it, introduce others than the authors: "Edited by"?"""
    above = layout.texts[index - 1]
    return not from_signature(layout.texts[index]) or (len(above) < _LABEL and OTHERS.match(f"{above}:") is not None)


def _names_of_block(layout: Layout, index: int, links: list[str]) -> list[str]:
    """The authors whom a short block near the headline names, if it is marked as a byline."""
    text = from_signature(_line(layout.texts[index]))
    class_names, is_linked = names_around(layout, index, 4)
    own = names_around(layout, index, 1)[0]
    if _is_sentence(text) or is_in_figure(layout, index):
        return []
    if ALONE.match(text) and index + 1 < len(layout.texts):
        text = layout.texts[index + 1] if len(layout.texts[index + 1]) < 80 else ""
    elif (linked := _linked(text, links)) and not (
        (is_linked and len(linked) < 2) or BOILERPLATE_CLASS.matches(class_names)
    ):
        return [n for one in linked for n in _of_link(one)]
    elif not (is_linked or OPENING.match(text) or is_byline_class(class_names) or is_byline_class(own)):
        return []
    if is_linked and text in links:  # the whole block is the link
        return _of_link(text)
    names = names_in(text, is_byline=True) or names_in(beside_date(layout, index), is_byline=True)
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


def _line(text: str) -> str:
    """The line of a block that begins like a byline, or else its first."""
    first, *others = unglued(text).split("\n")
    return next((line for line in others if OPENING.match(line)), first) if not OPENING.match(first) else first


def _linked(text: str, links: list[str]) -> list[str]:
    """The links to authors in a short line."""
    others = OTHERS.search(text)
    text = text[: others.start()] if others and others.start() else text
    return [one for one in dict.fromkeys(links) if 3 < len(one) < 60 and " " in one and one in text]


def is_signed(layout: Layout, headline: int | None, above: int = 0) -> bool:
    """Does a line that begins like a byline ("By Jane Roe") stand in the first blocks below the headline?

    above: so many blocks before it count too.
    """
    if headline is None:
        return False
    near = layout.texts[headline - min(above, headline) : headline + 12]
    del near[min(above, headline)]
    return any(
        names_in(text, is_byline=True) if len(text) < _LONGEST else _at_start(text)
        for text in near
        if OPENING.match(text)
    )
