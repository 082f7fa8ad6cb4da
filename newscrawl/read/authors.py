"""The authors of an article: persons, and agencies that sign, without "By", roles and the site's name.

The first source that names anyone is used: JSON-LD, <meta>, microdata and rel=author, the byline near the headline, an
author box after the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newscrawl.article import Person
from newscrawl.read.author_box import names_in_author_box
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

#: Longer blocks are no lines that name an author.
_LONG = 1000
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights|trademark", re.I)


#: A name that a user of a site gave himself.
_USER_NAME = re.compile(r"[\w.-]{3,30}")


def read_authors(
    found: Structured, article: Node, layout: Layout, headline: int | None, site_names: Iterable[str]
) -> tuple[Person, ...]:
    """The authors, in the page's order.

    headline: index of the block that shows the headline, if any.
    site_names: names of the site (`newscrawl.read.headline.site_names`). They are no authors, unless the page states
        the site as the author and names nobody else anywhere.
    """
    sites, host = set(site_names), (split(found.url).hostname or "").replace("-", "").split(".")[:-1]
    links = [clean(node.text(separator=" ")) for node in found.author_links[:40]]
    organisations: dict[str, Person] = {}
    site: list[Person] = []
    for _, persons in _sources(found, article, layout, headline, links):
        others = {fold(person.name): person for person in reversed(persons) if not _is_site(person.name, sites, host)}
        kept = {name: person for name, person in reversed(others.items()) if not is_organisation(person.name)}
        if any(" " in name for name in kept):  # the medium after the persons: "Jane Roe, CNN" at cnn.com
            kept = {name: person for name, person in kept.items() if name not in host}
        if any(is_full(person.name) for person in kept.values()) or (kept and not organisations):
            return tuple(kept.values())[:20]
        organisations = organisations or dict(reversed(others.items()))
        site = site or [person for person in persons if is_full(person.name) and not is_organisation(person.name)]
    named = tuple(organisations.values())[:20] or tuple(site[:20]) or organisation_as_author(found, article)
    return named or tuple(collectives_near_headline(layout, headline, links))


def _is_site(name: str, sites: set[str], host: list[str]) -> bool:
    """Is a name one of the site's names, or that of an organisation and the host's?"""
    joined = "".join(words(name))
    return joined in sites or (joined in host and is_organisation(name))


def _sources(
    found: Structured, article: Node, layout: Layout, headline: int | None, links: list[str]
) -> Iterator[tuple[str, list[Person]]]:
    """What names authors, most trusted first: what it is, and whom it names."""
    shown = names_near_headline(layout, headline, links)
    signed = [one for one in shown if is_full(one.name)] if shown and is_signed(layout, headline) else []
    for source, stated in stated_authors(found, article):
        if source == "JSON-LD of the page":
            stated = [one for one in stated if _is_shown(one.name, layout.texts)]
        if signed and stated and not any(is_full(one.name) and _is_shown(one.name, layout.texts) for one in stated):
            yield "byline", signed  # the page shows who wrote it, and it is someone else
        elif len(signed) > len(stated) > 0 and _are_among(stated, signed):
            yield "byline", signed  # the page shows more of them
        near = layout.texts[max(0, headline - 3) : headline + 12] if headline is not None else []
        seen = [one for one in stated if len(stated) > 1 and _is_shown(one.name, near)]
        yield source, seen if seen and is_one_each(found) else stated
    yield "byline", shown
    organisations = list(authors_of_json(article.get("author"), found, organizations=True))
    if any(fold(organisation.name) in AGENCIES for organisation in organisations):
        yield "JSON-LD", organisations
    yield "author box", names_in_author_box(layout, headline)
    yield "JSON-LD", organisations
    marked = (clean(node.text()) for node in found.author_links[:40] if "author" in (node.attributes.get("rel") or ""))
    users = {link for link in marked if _USER_NAME.fullmatch(link) and fold(link) not in FILLERS}
    yield "link to the author", [Person(user) for user in users] if len(users) == 1 else []


def _are_among(few: list[Person], many: list[Person]) -> bool:
    """Is each of a few persons one of many, whatever title stands before the name?"""
    names = [fold(person.name) for person in many]
    return all(any(name.endswith(fold(person.name)) for name in names) for person in few)


def _is_shown(name: str, texts: list[str]) -> bool:
    """Do texts of the page show a name, other than in a notice of rights?"""
    folded = fold(name)
    return any(folded in fold(text) for text in texts if len(text) < _LONG and not _RIGHTS.search(text))
