"""Collects the machine-readable statements of a page: JSON-LD, microdata, OpenGraph and other <meta>, <link>, <time>.

Which of several values is right is decided where each field is read.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from newscrawl._native import tree_twin
from newscrawl.read.broken_json import read_broken
from newscrawl.read.own_node import own_node
from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Limits of the JSON-LD that is read of a page: characters, nodes, and depth of nesting.
MAX_JSON, MAX_NODES, MAX_DEPTH = 2_000_000, 2_000, 30
#: Limits of the other statements: elements of a page, values of one name, and characters of a value.
MAX_STATEMENTS, MAX_VALUES, MAX_VALUE = 50_000, 200, 20_000

#: schema.org types of articles, in lower case.
ARTICLE_TYPES = frozenset(
    "newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle reviewnewsarticle "
    "backgroundnewsarticle askpublicnewsarticle blogposting liveblogposting socialmediaposting report "
    "satiricalarticle scholarlyarticle techarticle advertisercontentarticle review posting".split()
)

Node = dict[str, Any]


@dataclass(slots=True)
class Structured:
    """The machine-readable statements of one page.

    nodes: JSON-LD objects, nested ones included.
    meta: lower-case name, property or http-equiv of <meta> -> contents, in page order.
    links: rel of <link> -> hrefs.
    items: lower-case microdata itemprop -> nodes of the tree.
    item_types: the types of the page's microdata and RDFa items, in lower case and without the vocabulary's URL.
    times: the elements that state a moment, such as <time>.
    canonical: <link> elements with rel=canonical.
    licences: <link> and <a> elements with rel=license, and RSL scripts.
    author_links: <a> elements with rel=author, or that lead to the page of an author.
    title: the text of <title>.
    url: of the page, where it is known.
    """

    nodes: list[Node] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[LexborNode]] = field(default_factory=dict)
    item_types: set[str] = field(default_factory=set)
    times: list[LexborNode] = field(default_factory=list)
    canonical: list[LexborNode] = field(default_factory=list)
    licences: list[LexborNode] = field(default_factory=list)
    author_links: list[LexborNode] = field(default_factory=list)
    title: str = ""
    url: str = ""
    _article: Node | None = None

    def first(self, *names: str) -> str | None:
        """The first non-empty <meta> content among these names; names that come first take precedence."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return None

    def article(self) -> Node:
        """The JSON-LD node that describes the page's own article best; {} if there is none."""
        if self._article is None:
            candidates = [node for node in self.nodes if types(node) & ARTICLE_TYPES]
            pages = [self.url, *self.links.get("canonical", ()), *self.meta.get("og:url", ())]
            titles = [title for title in (self.first("og:title", "twitter:title"), self.title) if title]
            self._article = own_node(candidates, pages, titles, weight)
        return self._article

    def of_type(self, *names: str) -> list[Node]:
        """The JSON-LD nodes of these types (lower case)."""
        return [node for node in self.nodes if types(node) & set(names)]


_ARTICLE_FIELDS = (
    "headline",
    "datePublished",
    "author",
    "articleBody",
    "mainEntityOfPage",
    "dateModified",
    "image",
    "publisher",
)


def weight(node: Node) -> int:
    """How much of an article a JSON-LD node describes: the number of its non-empty article fields."""
    return sum(1 for name in _ARTICLE_FIELDS if node.get(name))


def types(node: Node) -> set[str]:
    """The node's types in lower case, without the URL of the vocabulary."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {v.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for v in values if isinstance(v, str)}


#: White space, and quotes that a word processor made typographic, around an attribute's value.
_AROUND = " \t\r\n\u2018\u2019\u201c\u201d\u201e\u2033"
#: Elements that state a moment.
_TIMES = frozenset({"time", "abbr", "relative-time", "local-time"})
#: Addresses of pages about one author: ".../authors/jane-roe".
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|aut(?:or|eur|rice)(?:es?|en|s)?|autora?|profiles?|profil|people|persons?|personen|staff|contribut(?:or|ors|eurs?)"
    r"|journalists?|journalisten?|reporters?|writers?|by)/[^/?#]{3,}/?(?:[?#].*)?$",
    re.I,
)
_SELECTOR = (
    "meta, link[rel][href], title, time, abbr[title], relative-time, local-time, "
    "script[type*='ld+json'], script[type*='rsl+xml' i], a[rel~='license' i], a[rel~='author' i], "
    "[itemprop], [itemtype], [typeof]"
)
#: Parts of the addresses of pages about authors.
_AUTHOR_PARTS = (
    "/aut",
    "/profil",
    "/people/",
    "/person",
    "/staff/",
    "/contrib",
    "/journalist",
    "/reporter",
    "/writer",
    "/by/",
)


@lru_cache(maxsize=64)
def _selector(parts: tuple[str, ...]) -> str:
    """Selects all statements, and the links with one of some parts in their addresses."""
    return ", ".join([_SELECTOR, *(f"a[href*='{part}']" for part in parts)])


def parts_of_links(root: LexborNode | None, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some parts of addresses that the addresses of the links below a node may have."""
    return parts


def _finds_parts(compiled: Callable[..., tuple[str, ...]]) -> bool:
    """Does the compiled function find what a page has?"""
    root = LexborHTMLParser("<p id=1><a class=b href=/a/by/c>a</a><a>b</a><svg><a xlink:href=/aut>").root
    return compiled(root, ("/aut", "/by/", "/b")) == ("/by/", "/b")


_parts_of_links = tree_twin(parts_of_links, _finds_parts)


def collect(tree: LexborHTMLParser, url: str = "") -> Structured:
    """Collect all machine-readable statements, in one pass over the tree. url: of the page."""
    found = Structured(url=url)
    budget = MAX_JSON
    for node in tree.css(_selector(_parts_of_links(tree.root, _AUTHOR_PARTS)))[:MAX_STATEMENTS]:
        tag, attributes = node.tag, node.attributes
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv")
            content = attributes.get("content")
            if name and content:
                values = found.meta.setdefault(name[:MAX_VALUE].lower().strip(_AROUND), [])
                if len(values) < MAX_VALUES:
                    values.append(clean(content[:MAX_VALUE]))
        elif tag == "link":
            for rel in (attributes.get("rel") or "").lower().split():
                found.links.setdefault(rel, []).append(attributes.get("href") or "")
                if rel == "license":
                    found.licences.append(node)
                elif rel == "canonical" and node not in found.canonical[-1:]:
                    found.canonical.append(node)
        elif tag == "title" and not found.title and node.parent is not None and node.parent.tag != "svg":
            found.title = clean(node.text()[:MAX_VALUE])
        elif (tag == "a" and "license" in (attributes.get("rel") or "").lower().split()) or (
            tag == "script" and "rsl+xml" in (attributes.get("type") or "").lower()
        ):
            found.licences.append(node)
        elif tag == "a" and (
            "author" in (attributes.get("rel") or "").lower().split()
            or _AUTHOR_PAGE.search(attributes.get("href") or "")
        ):
            found.author_links.append(node)
        elif tag == "script":
            text = node.text() or ""
            budget -= len(text)
            if budget >= 0:
                found.nodes.extend(_json_nodes(text, MAX_NODES - len(found.nodes)))
        elif tag in _TIMES:
            found.times.append(node)
        item_type = attributes.get("itemtype") or attributes.get("typeof")
        if item_type:
            found.item_types.update(one.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for one in item_type.split()[:9])
        item = attributes.get("itemprop")
        if item:
            for name in item.split():
                found.items.setdefault(name.lower(), []).append(node)
    return found


def item_value(node: LexborNode) -> str:
    """The value of a microdata property: the content or datetime attribute if there is one, otherwise the text."""
    attributes = node.attributes
    for name in ("content", "datetime"):
        if attributes.get(name):
            return clean((attributes[name] or "")[:MAX_VALUE])
    return clean(node.text(separator=" ")[:MAX_VALUE])


def _json_nodes(text: str, room: int) -> list[Node]:
    return list(islice((node for value in _loads(text) for node in _flatten(value, 0)), room)) if room > 0 else []


def _flatten(value: Any, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "hasPart"):
            if isinstance(value.get(name), list | dict):
                yield from _flatten(value[name], depth + 1)


#: A comment or CDATA marker that begins or ends a script.
_COMMENT = re.compile(
    r"^\s{0,99}(?://\s{0,99})?(?:<!--|<!\[CDATA\[|/\*\s{0,99}<!\[CDATA\[\s{0,99}\*/)"
    r"|(?://\s{0,99})?(?:-->|\]\]>|/\*\s{0,99}\]\]>\s{0,99}\*/)\s{0,99};?\s{0,99}$"
)
#: Typographic quotes that a word processor put in place of straight ones.
_TYPOGRAPHIC = str.maketrans("\u201c\u201d\u201e\u2033", '""""')
_BETWEEN = " \t\r\n,;\ufeff"


def _loads(text: str, is_inner: bool = False) -> list[Any]:
    """The JSON values of a script, one after the other; of one that is no JSON, what can be read of it.

    is_inner: the script is a text of JSON, which is JSON in its turn.
    """
    text = text.strip(_BETWEEN)
    if not (text[:1] in '{["' and text[-1:] in '}]"'):
        text = _COMMENT.sub("", text).strip(_BETWEEN)
    if '"' not in text:
        text = html.unescape(text).translate(_TYPOGRAPHIC)
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values += _loads(value, is_inner=True) if isinstance(value, str) and not is_inner else [value]
            while at < len(text) and text[at] in _BETWEEN:
                at += 1
    except (ValueError, RecursionError):
        values += read_broken(text[at:])
    return values
