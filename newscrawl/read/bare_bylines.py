"""Finds authors in a line below the headline that has only names: "Jane Roe and Tom Reiter", "Jane Roe, Wick"."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from newscrawl.article import Kind, Person
from newscrawl.read.beside_dates import AND, NAME, has_other_words, is_topic, without_dates
from newscrawl.read.byline_places import is_in_button, is_in_figure, is_in_others, is_in_tools
from newscrawl.read.byline_wording import FILLERS, NO_NAMES, REGIONS
from newscrawl.read.layout import Layout
from newscrawl.read.organisations import is_organisation
from newscrawl.read.text_features import stopwords
from newscrawl.text import fold

_WORD = re.compile(r"[^\W\d_]+")
#: The characters of such a line at most, and those of a line that tells something at least.
_LONGEST, _TELLS = 60, 60
#: A place after the names: one or two words with a capital.
_PLACE = re.compile(r"[^\W\d_a-zà-ÿ][\w'’.-]{1,20}(?:\s[^\W\d_a-zà-ÿ][\w'’.-]{1,20})?")
#: The first letter of a particle between parts of a name; other scripts have small letters too.
_PARTICLE = re.compile(r"[a-zà-ÿ]")
_TAGS = frozenset({"p", "div", "span", "address"})


def names_below_headline(layout: Layout, headline: int | None) -> list[Person]:
    """The names in the line below the headline, if it has nothing else but a place, and stands alone before the story.

    It is easily a section or a label: a line one of whose words the page uses as a plain word, or has in the headline,
    is none of names, nor is one that the story tells of; and each name must begin with a given name that is known.
    """
    if headline is None or headline + 2 >= len(layout.texts) or not _stands_alone(layout, headline + 1, headline):
        return []
    names = _names_in_line(layout.texts[headline + 1])
    others = [text for index, text in enumerate(layout.texts) if index != headline + 1]
    if not names or not all(_may_be_a_name(name) for name in names) or _are_used(names, others, layout.texts[headline]):
        return []
    return [Person(name) for name in names]


def _stands_alone(layout: Layout, index: int, headline: int) -> bool:
    """Is a block a short paragraph of its own, without links, before a line that tells something or has a date?"""
    place, after = layout.places[index], layout.texts[index + 1]
    return (
        len(layout.texts[index]) <= _LONGEST
        and layout.tags[place] in _TAGS
        and layout.kinds[index] == Kind.PARAGRAPH
        and layout.closes[place] - layout.opens[place] == 1
        and not layout.link_shares[index]
        and (len(after) >= _TELLS or without_dates(after) != after)
        and not (is_topic(layout, index) or is_in_figure(layout, index) or is_in_button(layout, index))
        and not (is_in_tools(layout, index, headline) or is_in_others(layout, index, headline))
    )


def _names_in_line(text: str) -> list[str]:
    """The names that are all that a line has, but for a place after a comma."""
    parts = [part for one in AND.split(text) for part in one.split(", ")]
    if all(map(NAME.match, parts)) and (len(parts) == 1 or AND.search(text)):
        return parts
    name, *places = text.split(", ")
    is_place = 0 < len(places) < 3 and all(map(_PLACE.fullmatch, places))
    # "Palo Alto, California" is a place in a greater one
    is_place = is_place and not REGIONS.intersection(word for place in places for word in fold(place).split())
    return [name] if NAME.match(name) and is_place else []


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    lines = files("newscrawl.read").joinpath("given_names.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _may_be_a_name(name: str) -> bool:
    """Does a name begin with a given name, and has no word of roles, organisations, sections or places?"""
    parts = [fold(part).strip(".") for part in name.split() if part[:1].isupper()]
    return (
        not name.isupper()
        and len(set(parts)) == len(parts) > 1
        and not _given_names().isdisjoint(parts[0].split("-"))
        and all(part[:1].isupper() or _PARTICLE.match(part) for part in name.split())
        and not FILLERS.intersection(parts)
        and not NO_NAMES.intersection(parts)
        and not has_other_words(name)
        and not is_organisation(name)
        and not stopwords().intersection(parts)
    )


def _are_used(names: list[str], others: list[str], headline: str) -> bool:
    """Does the headline or the story have a word of the names, or any line of the page, as a plain word?"""
    parts = {fold(part) for name in names for part in _WORD.findall(name) if part[:1].isupper()}
    told = (text.lower() if len(text) >= _TELLS else text for text in others)
    return not parts.isdisjoint(word for text in (headline.lower(), *told) for word in _WORD.findall(text))
