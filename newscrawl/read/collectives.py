"""Finds the groups and companies that sign a story in place of a person."""

from __future__ import annotations

import re

from newscrawl.article import Person
from newscrawl.read.beside_dates import without_dates
from newscrawl.read.byline_places import is_byline_class, is_in_others, names_around
from newscrawl.read.byline_wording import ALONE, DATE_WORDS, FILLERS, INSIDE, OPENING, ROLE
from newscrawl.read.helpers import OTHERS
from newscrawl.read.layout import Layout
from newscrawl.read.names import is_unnamed, unglued
from newscrawl.text import fold

#: The characters of a line that they sign, and the words of their name, at most.
_LONGEST, _MOST_WORDS = 80, 5


def collectives_near_headline(layout: Layout, headline: int | None, links: list[str]) -> list[Person]:
    """The groups and companies that sign near the headline: "By the Ferry Team", "By Hallow Boats 3".

    links: texts of the links to authors.
    """
    if headline is None:
        return []
    for index in (*range(headline + 1, min(headline + 8, len(layout.texts))), *range(headline - 1, headline - 3, -1)):
        if index < 0:
            break
        text = unglued(layout.texts[index].split("\n")[0])
        opening = OPENING.match(text) if len(text) < _LONGEST else None
        is_marked = opening or is_byline_class(names_around(layout, index, 1)[0]) or text in links
        is_marked = is_marked or (index > 0 and ALONE.match(layout.texts[index - 1]) is not None)
        if is_in_others(layout, index, headline) or OTHERS.match(text) or not is_marked:
            continue
        others = OTHERS.search(text)
        text = text[: others.start()] if others else text
        name = re.split(r"[|•·]", without_dates(text[opening.end() :] if opening else text))[0].strip(" -–—,.:")
        parts = [part for part in fold(name).split() if part not in FILLERS and part not in DATE_WORDS]
        own = [part for part in parts if not ROLE.fullmatch(part)]
        if (
            own
            and not is_unnamed(name)
            and not INSIDE.search(name)
            and 2 <= len(name.split()) <= _MOST_WORDS
            and (name[0].isupper() or name[0].isdigit())
        ):
            return [Person(name)]
    return []
