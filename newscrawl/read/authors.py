"""The authors of an article: persons, and agencies that sign, without "By", roles and the site's name.

The first source that names anyone is used: JSON-LD, <meta>, microdata and rel=author, the byline near the headline, an
author box after the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from newscrawl.article import Person
from newscrawl.read.author_box import names_in_author_box
from newscrawl.read.byline_wording import AGENCIES, FILLERS, OPENING
from newscrawl.read.bylines import is_signed, names_near_headline
from newscrawl.read.layout import Layout
from newscrawl.read.names import is_full, names_in, stated_names
from newscrawl.read.structured import Node, Structured, item_value
from newscrawl.text import clean, fold, words
from newscrawl.urls import split

#: Names of <meta> elements that name authors, most trusted first.
_META = (
    "author",
    "article:author_name",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "article.author",
    "authors",
    "citation_author",
    "article:author",
    "og:article:author",
    "creator",
    "dc.contributor",
    "rnews:author",
    "mediator_author",
    "vr:author",
    "shareaholic:article_author_name",
    "dc.author",
    "dcsext.author",
)

#: What the name of an organisation is not: an address, or a number.
_NO_NAME = re.compile(r"//|@|^www\.|\.com/|^[\W\d_]*$")
#: Longer blocks are no lines that name an author.
_LONG = 1000
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights|trademark", re.I)


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
    for persons in _sources(found, article, layout, headline, links):
        named = {fold(person.name): person for person in reversed(persons) if not _is_site(person.name, sites, host)}
        kept = {name: person for name, person in reversed(named.items()) if not is_organisation(person.name)}
        if any(" " in name for name in kept):  # the medium after the persons: "Jane Roe, CNN" at cnn.com
            kept = {name: person for name, person in kept.items() if name not in host}
        if any(is_full(person.name) for person in kept.values()) or (kept and not organisations):
            return tuple(kept.values())[:20]
        organisations = organisations or dict(reversed(named.items()))
        site = site or [person for person in persons if is_full(person.name) and not is_organisation(person.name)]
    return tuple(organisations.values())[:20] or tuple(site[:20]) or _organisation_as_author(found, article)


def _is_site(name: str, sites: set[str], host: list[str]) -> bool:
    """Is a name one of the site's names, or that of an organisation and the host's?"""
    joined = "".join(words(name))
    return joined in sites or (joined in host and is_organisation(name))


@lru_cache(maxsize=1)
def _organisation_words() -> frozenset[str]:
    lines = files("newscrawl.read").joinpath("organisations.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_organisation(name: str) -> bool:
    """Has a name a word that only organisations have, and is it no agency that signs stories?"""
    if fold(name) in AGENCIES:
        return False
    parts = [part.strip(",()") for part in fold(name).split()]
    if any("." in part[:-1] for part in parts[:-1]):  # initials: "James S.A. Roe"
        parts = [part for part in parts[:-1] if "." not in part[:-1]] + parts[-1:]
    own = _organisation_words()
    return any(part in own or part.strip(".") in own for part in parts) or fold(name).endswith((".com", ".de", ".org"))


def _sources(
    found: Structured, article: Node, layout: Layout, headline: int | None, links: list[str]
) -> Iterator[list[Person]]:
    shown = names_near_headline(layout, headline, links)
    signed = [one for one in shown if is_full(one.name)] if shown and is_signed(layout, headline) else []
    for stated in _stated(found, article, layout):
        if signed and stated and not any(is_full(one.name) and _is_shown(one.name, layout.texts) for one in stated):
            yield signed  # the page shows who wrote it, and it is someone else
        near = layout.texts[max(0, headline - 3) : headline + 12] if headline is not None else []
        seen = [one for one in stated if len(stated) > 1 and _is_shown(one.name, near)]
        yield seen if seen and _is_one_each(found) else stated
    yield shown
    organisations = list(_from_json(article.get("author"), found, organizations=True))
    if any(fold(organisation.name) in AGENCIES for organisation in organisations):
        yield organisations
    yield names_in_author_box(layout, headline)
    yield organisations


def _stated(found: Structured, article: Node, layout: Layout) -> Iterator[list[Person]]:
    """Those whom the page's statements name, statement by statement."""
    yield list(_from_json(article.get("author"), found))
    pages = [] if article else [page.get("author") for page in found.of_type("webpage")]
    yield [one for one in _from_json(pages, found) if _is_shown(one.name, layout.texts)]
    yield [
        Person(n)
        for name in _META
        for value in found.meta.get(name, ())
        if not _NO_NAME.search(value) and not is_organisation(value.partition(",")[0])
        for n in stated_names(_given_name_first(value, name))
    ][:10]
    items = [node for node in found.items.get("author", ()) if not _is_of_comment(node)]
    yield [Person(n) for node in items[:10] for n in names_in(_item_name(node))]
    if OPENING.match((found.first("twitter:label1") or "") + " "):
        yield [Person(n) for n in names_in(found.first("twitter:data1") or "")]


def _is_one_each(found: Structured) -> bool:
    """Do several <meta> elements name one author each, and not the same: the publisher, and the person?"""
    stated = [{fold(v) for v in found.meta.get(name, ()) if not v.startswith("http")} for name in _META]
    return max(map(len, stated)) == 1 and len(set().union(*stated)) > 1


def _is_shown(name: str, texts: list[str]) -> bool:
    """Do texts of the page show a name, other than in a notice of rights?"""
    folded = fold(name)
    return any(folded in fold(text) for text in texts if len(text) < _LONG and not _RIGHTS.search(text))


def _is_of_comment(node: Any) -> bool:
    """Is an element in a microdata item that is a comment?"""
    for _ in range(8):
        node = node.parent
        if node is None:
            return False
        kind = node.attributes.get("itemtype") or ""
        if kind:
            return kind.rstrip("/").endswith(("Comment", "UserComments"))
    return False


def _from_json(value: Any, found: Structured, organizations: bool = False) -> Iterator[Person]:
    """The persons, or instead the organisations, that JSON-LD states as authors. Agencies count as both."""
    for item in value[:100] if isinstance(value, list) else [value]:
        if isinstance(item, list):
            yield from (
                one
                for inner in item[:100]
                if isinstance(inner, dict)
                for one in _from_json(inner, found, organizations)
            )
        elif isinstance(item, dict):
            node = _resolved(item, found)
            is_organization = "organization" in str(node.get("@type")).lower()
            if is_organization is not organizations and fold(str(node.get("name"))) not in AGENCIES:
                continue
            name = node.get("name") or " ".join(
                part for key in ("givenName", "familyName") if isinstance(part := node.get(key), str)
            )
            url = node.get("url") or node.get("sameAs")
            for text in name if isinstance(name, list) else [name]:
                if isinstance(text, str):
                    names = stated_names(text)
                    is_one = isinstance(url, str) and url.startswith("http") and len(names) == 1
                    yield from (Person(n, url if is_one else None) for n in names)
        elif isinstance(item, str) and not item.startswith("http") and not organizations:
            yield from map(Person, stated_names(item))


def _resolved(node: Node, found: Structured) -> Node:
    """The node that an "@id" reference points to; any other node itself."""
    if node.get("name") or not isinstance(node.get("@id"), str):
        return node
    return next((other for other in found.nodes if other.get("@id") == node["@id"] and other.get("name")), node)


def _organisation_as_author(found: Structured, article: Node) -> tuple[Person, ...]:
    stated = article.get("author")
    for item in [
        *(stated if isinstance(stated, list) else [stated]),
        *(value for name in _META for value in found.meta.get(name, ())),
    ]:
        name = _resolved(item, found).get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and 2 <= len(clean(name)) <= 60 and not _NO_NAME.search(name):
            bare = clean(OPENING.sub("", clean(name)))
            if bare and not all(token in FILLERS for token in fold(bare).split()):
                return (Person(bare),)
    return ()


def _given_name_first(value: str, meta: str) -> str:
    """The metadata of papers put the family name first: "Roe, Jane"."""
    family, comma, given = value.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and meta == "citation_author" and "," not in given else value


def _item_name(node: Any) -> str:
    has_own_value = node.attributes.get("itemscope") is None and node.attributes.get("content")
    inner = None if has_own_value else node.css_first("[itemprop='name']")
    return item_value(inner) if inner is not None else item_value(node)
