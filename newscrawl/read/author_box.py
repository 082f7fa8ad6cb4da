"""Finds the authors who are named after the story: in a box about them, in a signature, after a label."""

from __future__ import annotations

import re

from newscrawl.article import Person
from newscrawl.read.beside_dates import without_dates
from newscrawl.read.byline_places import (
    BOILERPLATE_CLASS,
    BYLINE_CLASS,
    is_in_figure,
    is_in_others,
    is_role,
    names_around,
)
from newscrawl.read.byline_wording import ALONE, BOX
from newscrawl.read.layout import Layout
from newscrawl.read.names import names_in

#: Longer blocks name no authors: with a label ("Posted by"), and without one.
_LONGEST_LABELLED, _LONGEST = 200, 70
#: A reporter's signature after a Korean story: the name, the title, and often an address.
_SIGNATURE = re.compile(r"^[\[(]?[\uac00-\ud7af]{2,4}\s?(?:[\uac00-\ud7af]{1,6}\s?)?기자(?=[\s\])=]|$)")


def names_in_author_box(layout: Layout, headline: int | None) -> list[Person]:
    """The authors named after the story: in an element that is called an author's, after a label, or in a signature."""
    for index in range((headline or 0) + 1, len(layout.texts)):
        text = layout.texts[index]
        if len(text) > _LONGEST_LABELLED:
            continue
        names = _after_label(text)
        if len(text) <= _LONGEST:
            names = names or _of_box(layout, index)
        if names and not _is_boilerplate(layout, index):
            return [Person(n) for n in names]
    return []


def _is_boilerplate(layout: Layout, index: int) -> bool:
    return BOILERPLATE_CLASS.matches(names_around(layout, index, 3)[0]) or is_in_others(layout, index)


def _after_label(text: str) -> list[str]:
    """The names in a line after a label, or in a signature."""
    for line in text.split("\n")[:6]:
        label = BOX.match(line)
        if label:
            names = names_in(without_dates(line[label.end() :]).split("|")[0], is_byline=True)
            if names:
                return names[:5]
        signature = _SIGNATURE.match(line)
        if signature:
            return names_in(signature[0].strip("[("), is_byline=True)[:5]
    return []


def _of_box(layout: Layout, index: int) -> list[str]:
    """The names in a short block of a box about the author."""
    text = layout.texts[index]
    if " " not in text or (layout.link_shares[index] == 0 and len(text.split()) > 8) or is_in_figure(layout, index):
        return []
    class_names, is_linked = names_around(layout, index, 3)
    above = layout.texts[index - 1]
    is_labelled = ALONE.match(above) is not None and (len(above) > 4 or above.endswith(":"))
    if not (is_linked or is_labelled or BYLINE_CLASS.matches(class_names)) or is_role(layout, index):
        return []
    return [n for n in names_in(text, is_byline=True) if " " in n][:3]
