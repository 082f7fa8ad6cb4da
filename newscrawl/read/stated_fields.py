"""What a page states as its publisher, section, description, and as whether it is free to read; most trusted first.

The first statement that can be used is taken (`newscrawl.read.statements`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newscrawl.article import Breadcrumb, Organization
from newscrawl.read.headline import plain
from newscrawl.read.site_name import name_in_title
from newscrawl.read.statements import Stated
from newscrawl.read.structured import Node, Structured, item_value
from newscrawl.text import clean, fold

if TYPE_CHECKING:
    from newscrawl.read.document import Document

_PUBLISHER_META = ("og:site_name", "application-name", "publisher", "dc.publisher")
_SECTION_META = (
    "article:section",
    "parsely-section",
    "og:section",
    "section",
    "cxenseparse:category",
    "article.section",
)
_DESCRIPTION_META = ("og:description", "description", "twitter:description")
#: A longer text names no section.
_LONGEST_SECTION = 80
#: Folded names of a site's front page, which is no section.
_FRONT_PAGE = frozenset(
    "home homepage start startseite accueil inicio início ana sayfa anasayfa главная strona główna hem forside "
    "news".split()
)


def publishers(document: Document, found: Structured, article: Node) -> Iterator[Stated[Organization]]:
    """Who publishes the page: as its article states it, else who owns the site, else how the site calls itself."""
    for node in _values(article.get("publisher")):
        if isinstance(node, dict) and isinstance(node.get("@id"), str) and not node.get("name"):
            node = next((n for n in found.nodes if n.get("@id") == node["@id"] and n.get("name")), node)
        if isinstance(node, dict):
            yield _organization("JSON-LD publisher", node, document)
        elif isinstance(node, str):
            yield Stated("JSON-LD publisher", node, Organization(clean(node)) if _is_text(node) else None)
    for node in found.of_type("newsmediaorganization", "organization", "website"):
        yield _organization("JSON-LD of the site", node, document)
    for source, name in _meta(found, _PUBLISHER_META):
        yield Stated(source, name, Organization(name))
    if name := name_in_title(found.title, found.url):
        yield Stated("end of <title>", name, Organization(name))


def sections(found: Structured, article: Node, crumbs: Iterable[Breadcrumb]) -> Iterator[Stated[str]]:
    """The section of the site that the page is in. crumbs: its path of navigation, as the page states or shows it."""
    for value in map(plain, _values(article.get("articleSection"))):
        yield _section("JSON-LD articleSection", value)
    for source, value in _meta(found, _SECTION_META):
        yield _section(source, value)
    for node in found.items.get("articlesection", ())[:1]:
        yield _section("microdata articleSection", item_value(node))
    for crumb in crumbs:
        if fold(crumb.name) not in _FRONT_PAGE:
            yield _section("breadcrumb", crumb.name)
            return


def _section(source: str, name: str) -> Stated[str]:
    return Stated(source, name, name if _is_text(name) and len(name) < _LONGEST_SECTION else None)


def descriptions(found: Structured, article: Node) -> Iterator[Stated[str]]:
    """What the page states as its summary."""
    stated = plain(article.get("description"))
    yield Stated("JSON-LD description", stated, stated or None)
    for source, text in _meta(found, _DESCRIPTION_META):
        yield Stated(source, text, text)


def accesses(found: Structured, article: Node) -> Iterator[Stated[bool]]:
    """Whether the page is free to read."""
    stated = article.get("isAccessibleForFree")
    if stated is not None:
        yield Stated("JSON-LD isAccessibleForFree", str(stated), stated if isinstance(stated, bool) else _truth(stated))
    for source, word in _meta(found, ("isaccessibleforfree",)):
        yield Stated(source, word, _truth(word))
    for node in found.items.get("isaccessibleforfree", ())[:1]:
        yield Stated("microdata isAccessibleForFree", item_value(node), _truth(item_value(node)))
    for source, tier in _meta(found, ("article:content_tier",)):
        yield Stated(source, tier, tier.lower() == "free")


def _truth(value: object) -> bool | None:
    """What a word states, or the address of one: "http://schema.org/True"."""
    word = value.strip().lower().rsplit("/", 1)[-1] if isinstance(value, str) else ""
    return True if word in ("true", "1", "yes") else False if word in ("false", "0", "no") else None


def _values(value: Any) -> list[Any]:
    return value[:100] if isinstance(value, list) else [value]


def _meta(found: Structured, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The contents of the <meta> elements with these names, each after where it stands."""
    return ((f"meta {name}", value) for name in names for value in found.meta.get(name, ()) if value)


def _is_text(value: str) -> bool:
    return bool(value) and not re.match("https?:", value)


def _organization(source: str, node: Node, document: Document) -> Stated[Organization]:
    name, url = plain(node.get("name")), node.get("url")
    address = document.absolute(url) if isinstance(url, str) else None
    return Stated(source, name, Organization(name, address) if name else None)
