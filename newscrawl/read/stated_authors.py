"""The authors that a page states for machines: in JSON-LD, <meta>, microdata, and the labels of WordPress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newscrawl.article import Person
from newscrawl.read.byline_places import OTHER_LISTS
from newscrawl.read.byline_wording import AGENCIES, FILLERS, OPENING
from newscrawl.read.names import names_in, stated_names
from newscrawl.read.organisations import is_organisation
from newscrawl.read.structured import Node, Structured, item_value
from newscrawl.text import clean, fold
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

#: Forms of companies. One that a <meta> element names as the author made the site.
_COMPANY = re.compile(r"\b(?:gmbh|ltd|inc|llc|corp|s\.?r\.?l|b\.?v)\b\.?$", re.I)
_HOST = re.compile(r"(?:[\w-]{1,60}\.){1,3}(?:com|net|org|info|[a-z]{2})", re.I)
#: What the name of an author is not: an address, or a number.
_NO_NAME = re.compile(r"//|@|^www\.|\.com/|^[\W\d_]*$")


def stated_authors(found: Structured, article: Node) -> Iterator[tuple[str, list[Person]]]:
    """Those whom the page's statements name, statement by statement, each with what it is."""
    yield "JSON-LD", list(authors_of_json(article.get("author"), found))
    pages = [] if article else [page.get("author") for page in found.of_type("webpage")]
    yield "JSON-LD of the page", list(authors_of_json(pages, found))
    named = [
        (name, Person(n))
        for name in _META
        for value in found.meta.get(name, ())
        if not _NO_NAME.search(value) and not is_organisation(value.partition(",")[0])
        for n in stated_names(_given_name_first(value, name))
    ][:10]
    yield f"meta {', '.join(dict.fromkeys(name for name, _ in named))}", [person for _, person in named]
    items = [node for node in found.items.get("author", ()) if not _is_of_another(node)]
    yield "microdata author", [Person(n) for node in items[:10] for n in names_in(_item_name(node))]
    for number in "12":
        if OPENING.match((found.first(f"twitter:label{number}") or "") + " "):
            stated = found.first(f"twitter:data{number}") or ""
            yield f"meta twitter:data{number}", [Person(n) for n in names_in(stated)]


def is_one_each(found: Structured) -> bool:
    """Do several <meta> elements name one author each, and not the same: the publisher, and the person?"""
    stated = [{fold(v) for v in found.meta.get(name, ()) if not _NO_NAME.search(v)} for name in _META]
    return max(map(len, stated)) == 1 and len(set().union(*stated)) > 1


def _is_of_another(node: Any) -> bool:
    """Is an element in a microdata item that is a comment, or in a list of other stories?"""
    is_item = False
    for _ in range(8):
        node = node.parent
        if node is None or node.tag in ("body", "main"):
            return False
        kind, names = node.attributes.get("itemtype") or "", node.attributes.get("class") or ""
        if OTHER_LISTS.matches(names.lower()) and node.css_first("h1") is None:
            return True
        if kind and not is_item:
            is_item = True
            if kind.rstrip("/").endswith(("Comment", "UserComments")):
                return True
    return False


def authors_of_json(value: Any, found: Structured, organizations: bool = False) -> Iterator[Person]:
    """The persons, or instead the organisations, that JSON-LD states as authors. Agencies count as both."""
    for item in value[:100] if isinstance(value, list) else [value]:
        if isinstance(item, list):
            yield from (
                one
                for inner in item[:100]
                if isinstance(inner, dict)
                for one in authors_of_json(inner, found, organizations)
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
                    names = [clean(text)] if organizations and is_organization else stated_names(text)
                    is_one = isinstance(url, str) and url.startswith("http") and len(names) == 1
                    yield from (Person(n, url if is_one else None) for n in names)
        elif isinstance(item, str) and not item.startswith("http") and not organizations:
            yield from map(Person, stated_names(item))


def _resolved(node: Node, found: Structured) -> Node:
    """The node that an "@id" reference points to; any other node itself."""
    if node.get("name") or not isinstance(node.get("@id"), str):
        return node
    return next((other for other in found.nodes if other.get("@id") == node["@id"] and other.get("name")), node)


def organisation_as_author(found: Structured, article: Node) -> tuple[Person, ...]:
    """The first name of any kind that the page states as its author, where nobody else is named."""
    stated = article.get("author")
    for item in [
        *(stated if isinstance(stated, list) else [stated]),
        *(value for name in _META for value in found.meta.get(name, ())),
    ]:
        name = _resolved(item, found).get("name") if isinstance(item, dict) else item
        if isinstance(item, str) and (_COMPANY.search(item) or _is_other_host(item, found.url)):
            continue
        if isinstance(name, str) and 2 <= len(clean(name)) <= 60 and not _NO_NAME.search(name):
            bare = clean(OPENING.sub("", clean(name)))
            if bare and not all(token in FILLERS for token in fold(bare).split()):
                return (Person(bare),)
    return ()


def _is_other_host(name: str, url: str) -> bool:
    """Is a name the host of another site, as of the agency that made this one?"""
    return _HOST.fullmatch(name.strip()) is not None and name.strip().lower() not in (split(url).hostname or "")


def _given_name_first(value: str, meta: str) -> str:
    """The metadata of papers put the family name first: "Roe, Jane"."""
    family, comma, given = value.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and meta == "citation_author" and "," not in given else value


def _item_name(node: Any) -> str:
    has_own_value = node.attributes.get("itemscope") is None and node.attributes.get("content")
    inner = None if has_own_value else node.css_first("[itemprop='name']")
    return item_value(inner) if inner is not None else item_value(node)
