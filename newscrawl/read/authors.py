"""The authors of an article: persons, and agencies that sign, without "By", roles and the site's name.

The first source that names anyone is used: JSON-LD, <meta>, microdata and rel=author, the byline near the headline, an
author box after the story.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newscrawl.article import Person
from newscrawl.candidates import Candidate
from newscrawl.read.author_box import names_in_author_box
from newscrawl.read.bare_bylines import names_below_headline
from newscrawl.read.byline_wording import AGENCIES, FILLERS
from newscrawl.read.bylines import is_signed, names_near_headline
from newscrawl.read.collectives import collectives_near_headline
from newscrawl.read.layout import Layout
from newscrawl.read.names import is_full
from newscrawl.read.organisations import is_organisation
from newscrawl.read.stated_authors import authors_of_json, is_one_each, organisation_as_author, stated_authors
from newscrawl.read.structured import Node, Structured
from newscrawl.text import clean, fold, words
from newscrawl.urls import split

#: Fewest letters of a host's name that a name of the site has in it; marks over letters, which hosts have not.
_HOST_NAME, _MARKS = 6, re.compile("[\u0300-\u036f]+")
#: Longer blocks are no lines that name an author.
_LONG = 1000
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights|trademark", re.I)

#: What names authors, whom it names, and why they are taken if they are.
Source = tuple[str, list[Person], str]
#: Why authors were taken.
_FIRST = "the first of these that names a person"
_ORGANISATION = "no person is named, and this is the first organisation"
_SITE = "nobody but the site itself is named"
#: A name that a user of a site gave himself.
_USER_NAME = re.compile(r"[\w.-]{3,30}")


class ChosenAuthors(NamedTuple):
    """The authors, where they were found, and why these were taken."""

    persons: tuple[Person, ...] = ()
    source: str = ""
    why: str = ""


def read_authors(
    found: Structured, article: Node, layout: Layout, headline: int | None, site_names: Iterable[str]
) -> ChosenAuthors:
    """The authors, in the page's order.

    headline: index of the block that shows the headline, if any.
    site_names: names of the site (`newscrawl.read.site_name.site_names`). They are no authors, unless the page states
        the site as the author and names nobody else anywhere.
    """
    sites, host = set(site_names), (split(found.url).hostname or "").replace("-", "").split(".")[:-1]
    links = _links(found)
    organisations = site = ChosenAuthors()
    for source, persons, why in _sources(found, article, layout, headline, links):
        others = {fold(person.name): person for person in reversed(persons) if not _is_site(person.name, sites, host)}
        kept = {name: person for name, person in reversed(others.items()) if not is_organisation(person.name)}
        if any(" " in name for name in kept):  # the medium after the persons: "Jane Roe, CNN" at cnn.com
            kept = {name: person for name, person in kept.items() if name not in host}
        if any(is_full(person.name) for person in kept.values()) or (kept and not organisations.persons):
            return ChosenAuthors(tuple(kept.values())[:20], source, why)
        if others and not organisations.persons:
            organisations = ChosenAuthors(tuple(reversed(others.values()))[:20], source, _ORGANISATION)
        if not site.persons:
            full = [person for person in persons if is_full(person.name) and not is_organisation(person.name)]
            site = ChosenAuthors(tuple({fold(one.name): one for one in full[:20]}.values()), source, _SITE)
    if organisations.persons or site.persons:
        return organisations if organisations.persons else site
    return next(
        (
            ChosenAuthors(tuple(persons), source, why)
            for source, persons, why in _last_sources(found, article, layout, headline, links)
            if persons
        ),
        ChosenAuthors(),
    )


def author_candidates(
    found: Structured, article: Node, layout: Layout, headline: int | None, chosen: ChosenAuthors
) -> Iterator[Candidate]:
    """All who may be the authors, by what names them. chosen: what `read_authors` made of it."""
    links = _links(found)
    sources = [one for one in _sources(found, article, layout, headline, links) if one[1]]
    if chosen.source not in {one[0] for one in sources}:
        sources += [one for one in _last_sources(found, article, layout, headline, links) if one[1]]
    is_taken = False
    for source, names in dict.fromkeys((source, _names(persons)) for source, persons, _ in sources):
        taken = not is_taken and source == chosen.source and {one.name for one in chosen.persons} <= set(names)
        is_taken = is_taken or taken
        yield Candidate("authors", "; ".join(names), source, chosen.why if taken else "")


def _names(persons: Iterable[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.name for person in persons))


def _links(found: Structured) -> list[str]:
    """The texts of the links to authors."""
    return [clean(node.text(separator=" ")) for node in found.author_links[:40]]


def _is_site(name: str, sites: set[str], host: list[str]) -> bool:
    """Is a name one of the site's, that of an organisation and the host's, or has it the host's after other words?

    "Ediciones El Sol" at elsol.example. What begins like the host may be a person, whose own site it is.
    """
    joined = "".join(words(name))
    if joined in sites or (joined in host and is_organisation(name)):
        return True
    plain = _MARKS.sub("", unicodedata.normalize("NFD", joined))
    return any(len(label) >= _HOST_NAME and plain.find(label) > 0 for label in host)


def _sources(
    found: Structured, article: Node, layout: Layout, headline: int | None, links: list[str]
) -> Iterator[Source]:
    """What names authors, most trusted first."""
    shown = names_near_headline(layout, headline, links)
    full = [one for one in shown if is_full(one.name)]
    signed = full if full and is_signed(layout, headline, above=3) else []
    are_linked = len(shown) > 1 and _is_line_of_links([one.name for one in shown], layout, headline, links)
    both = shown if are_linked else signed if signed and is_signed(layout, headline) else []
    for source, stated in stated_authors(found, article):
        if source == "JSON-LD of the page":
            stated = [one for one in stated if _is_shown(one.name, layout.texts)]
        if signed and stated and not any(is_full(one.name) and _is_shown(one.name, layout.texts) for one in stated):
            yield "byline", signed, "the page shows who wrote it, and not whom it states"
        elif len(both) > len(stated) > 0 and _are_among(stated, both):
            yield "byline", both, "it names those whom the page states, and others"
        seen = [one for one in stated if len(stated) > 1 and _is_shown(one.name, _near(layout, headline))]
        if seen and is_one_each(found):
            yield source, seen, "the first of these that names a person; only those whom the page shows"
        else:
            yield source, stated, _FIRST
    yield "byline", shown, _FIRST
    organisations = list(authors_of_json(article.get("author"), found, organizations=True))
    if any(fold(organisation.name) in AGENCIES for organisation in organisations):
        yield "JSON-LD organization", organisations, _FIRST
    yield "author box", names_in_author_box(layout, headline), _FIRST
    yield "JSON-LD organization", organisations, _FIRST
    marked = (clean(node.text()) for node in found.author_links[:40] if "author" in (node.attributes.get("rel") or ""))
    users = {link for link in marked if _USER_NAME.fullmatch(link) and fold(link) not in FILLERS}
    yield "rel=author", [Person(user) for user in users] if len(users) == 1 else [], _FIRST
    yield "names below the headline", names_below_headline(layout, headline), _FIRST


def _last_sources(
    found: Structured, article: Node, layout: Layout, headline: int | None, links: list[str]
) -> Iterator[Source]:
    """What names someone where those name nobody."""
    stated = list(organisation_as_author(found, article))
    yield "stated as author", stated, "no person is named, and this is the first name of any kind"
    yield "line below the headline", collectives_near_headline(layout, headline, links), "nobody but a group signs"


def _is_line_of_links(names: list[str], layout: Layout, headline: int | None, links: list[str]) -> bool:
    """Does each of some names link to an author, and does one line near the headline have all of them?"""
    if not set(names) <= set(links):
        return False
    return any(all(name in text for name in names) for text in _near(layout, headline) if len(text) < _LONG)


def _near(layout: Layout, headline: int | None) -> list[str]:
    """The texts around the headline."""
    return layout.texts[max(0, headline - 3) : headline + 12] if headline is not None else []


def _are_among(few: list[Person], many: list[Person]) -> bool:
    """Is each of a few persons one of many, whatever title stands before the name?"""
    names = [fold(person.name) for person in many]
    return all(any(name.endswith(fold(person.name)) for name in names) for person in few)


def _is_shown(name: str, texts: list[str]) -> bool:
    """Do texts of the page show a name, other than in a notice of rights?"""
    folded = fold(name)
    return any(folded in fold(text) and not _RIGHTS.search(text) for text in texts if len(text) < _LONG)
