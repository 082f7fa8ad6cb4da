"""The links of a page: one walk over its elements, shared by everything that asks after them. Makes no judgement."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl._native import tree_twin
from newscrawl.discover.address import absolute
from newscrawl.discover.page_numbers import readings
from newscrawl.text import clean
from newscrawl.urls import split

__all__ = ["Anchor", "Known", "Walk", "anchors", "anchors_of", "base_of", "has_select", "walked"]

#: Tells of an absolute URL whether links to it need no look.
Known = Callable[[str], bool]

#: Most characters of an anchor's text before a heading inside it is looked for.
_LONG_TEXT = 160
#: Most links of a page that are read. A list of a year's articles has a few thousand.
MAX_LINKS = 20_000
#: Most of its rel=next links. A page has one, or one per list.
_MAX_NEXT = 50
_WALKED = "a[href], base[href], link[rel][href], select"
_LINKS = "a[href]"
_ENDING = re.compile(r"\.\w{2,5}$")
_NOT_A_URL = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:", "sms:", "about:", "blob:")


class Anchor(NamedTuple):
    """One URL that a page links to.

    text: the longest text of its anchors, or what takes its place. attributes: of the <a> with that text.
    number: the number that is the whole text of one of its anchors, as in numbered pagination; else None.
    """

    url: str
    text: str
    attributes: dict[str, str | None]
    number: int | None = None

    @property
    def label(self) -> str:
        """Its aria-label or title, or ""."""
        return self.attributes.get("aria-label") or self.attributes.get("title") or ""


class Walk(NamedTuple):
    """What one walk finds.

    base: what relative URLs on the page are relative to, its <base href> or its own URL. anchors: see `anchors`.
    following: the absolute URLs of its rel=next links. aside: the hrefs that stand in its navigation or footer, as far
    as they belong to `anchors`; None where nobody was to look. has_select: has it a <select>?
    """

    base: str
    anchors: list[Anchor]
    following: list[str]
    aside: frozenset[str] | None
    has_select: bool


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """What relative URLs on the page are relative to: its <base href>, or its own URL."""
    if _last is not None and _last[0] is tree and _last[1] == url:
        return _last[3].base
    node = tree.css_first("base[href]")
    return _base(url, node.attributes.get("href") if node is not None else None)


def _base(url: str, href: str | None) -> str:
    return absolute(url, href or "") or url


def stem_of(url: str) -> str:
    """What the URLs of all pages of an article have in them: its path, without its ending."""
    return _ENDING.sub("", split(url).path.rstrip("/"))


def _text(node: LexborNode) -> str:
    """The anchor's text; of a whole card in an anchor, its heading."""
    text = clean(node.text(separator=" ", skip_empty=True)) if node.first_child is not None else ""
    if len(text) > _LONG_TEXT:
        heading = node.css_first("h1, h2, h3, h4, h5, h6, [class*=headline], [class*=title]")
        inner = clean(heading.text(separator=" ")) if heading is not None else ""
        text = inner or text
    return text


def _number(text: str) -> int | None:
    text = text.strip(" []()›»")
    return int(text) if text.isascii() and text.isdigit() else None


def _fallback_text(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """For an anchor without text: its title, its label, or the alternative text of its image."""
    label = attributes.get("title") or attributes.get("aria-label")
    if not label:
        picture = node.css_first("img[alt]")
        label = picture.attributes.get("alt") if picture is not None else None
    return clean(label or "")


#: The page walked last, because several readers ask for the same one: its tree, URL, filter, and what was found.
#: Holds no elements, so the tree may change.
_last: tuple[LexborHTMLParser, str, Known | None, Walk] | None = None


def walked(tree: LexborHTMLParser, url: str, known: Known | None = None) -> Walk:
    """What one walk over the page finds. known: see `anchors`.

    Asked for the same tree again, it repeats its answer, even if the tree has changed since.
    """
    global _last
    if _last is None or _last[0] is not tree or _last[1] != url or _last[2] is not known:
        _last = (tree, url, known, _walk(tree, url, known))
    return _last[3]


def anchors(tree: LexborHTMLParser, url: str, known: Known | None = None) -> list[Anchor]:
    """The URLs that the first `MAX_LINKS` <a href> name, once each, in page order; absolute, without fragment.

    known: tells which URLs need no look. Anchors to them are left out, as far as that is cheaply seen, but never one
    that may be another page of this page.
    """
    return walked(tree, url, known).anchors


def has_select(tree: LexborHTMLParser) -> bool:
    """May the page have a <select>? False only where a walk has shown that there is none."""
    return _last is None or _last[0] is not tree or _last[3].has_select


def addresses(root: LexborNode) -> tuple[list[str], str | None, list[str], bool]:
    """The addresses in the links below a node, as written, in page order; the nodes themselves cost more.

    Those of its <a href>; that of its first <base href>, if any; those of its rel=next links; and has it a <select>?
    """
    hrefs: list[str] = []
    following: list[str] = []
    base, has_selects = None, False
    for node in root.css(_WALKED):
        tag = node.tag
        if tag == "select":
            has_selects = True
        elif tag == "base":
            base = (node.attrs.get("href") or "") if base is None else base
        else:
            if tag == "a":
                hrefs.append(node.attrs.get("href") or "")
            if "next" in (node.attrs.get("rel") or "").lower().split():
                following.append(node.attrs.get("href") or "")
    return hrefs, base, following, has_selects


def _reads_alike(compiled: Callable[[LexborNode], object]) -> bool:
    """Does the compiled function find the addresses of a page as the Python one does?"""
    html = (
        "<head><base href=/b><link rel=NEXT href=/n></head><p><a href=/1>a</a><a>b</a><svg><a xlink:href=/2></a></svg>"
        "<a xlink:href=/3>c</a><a href rel='x next'>d</a><select>"
    )
    root = LexborHTMLParser(html).root
    return root is not None and compiled(root) == addresses(root)


_addresses = tree_twin(addresses, _reads_alike)


def _walk(tree: LexborHTMLParser, url: str, known: Known | None) -> Walk:
    root = tree.root
    hrefs, base, following, has_selects = _addresses(root) if root is not None else ([], None, [], False)
    start = _base(url, base)
    aside: set[str] | None = None
    wanted = range(len(hrefs)) if known is None else _unknown(hrefs, start, url, known)
    nodes = tree.css(_LINKS) if wanted else []
    links = [nodes[at] for at in wanted if at < len(nodes)]
    if known is not None:
        aside = {node.attrs.get("href") or "" for node in links if _is_aside(node)}
    found = [address for href in following[:_MAX_NEXT] if (address := absolute(start, href or ""))]
    listed = None if aside is None else frozenset(aside)
    return Walk(start, _anchors(start, links), found, listed, has_selects)


def _unknown(hrefs: list[str], base: str, url: str, known: Known) -> Sequence[int]:
    """The places of the links that need a look: not those to known URLs, before anything is made of them."""
    own = stem_of(url)
    if not own or readings(url):
        return range(len(hrefs))  # a page that may be a later one is known by links to the others
    scheme, _, rest = base.partition("://")
    origin = f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"
    needs_look: dict[str, bool] = {}
    kept = []
    for at, href in enumerate(hrefs[:MAX_LINKS]):
        needed = needs_look.get(href)
        if needed is None:
            is_path = href[:1] == "/"
            is_plain = (is_path or href[:4] == "http") and own not in href
            needed = needs_look[href] = not is_plain or not known(origin + href if is_path else href)
        if needed:
            kept.append(at)
    return kept


def _is_aside(node: LexborNode) -> bool:
    """Is an anchor in a navigation or footer?"""
    above = node.parent
    while above is not None and (parent := above.parent) is not None:  # the document itself is no element
        if above.tag in ("nav", "footer") or above.attrs.get("role") in ("navigation", "contentinfo"):
            return True
        above = parent
    return False


def anchors_of(tree: LexborHTMLParser, url: str, nodes: list[LexborNode]) -> list[Anchor]:
    """Like `anchors`, for the given <a> elements only."""
    return _anchors(base_of(tree, url), nodes)


def _anchors(base: str, nodes: list[LexborNode]) -> list[Anchor]:
    by_href: dict[str, Anchor | None] = {}
    by_url: dict[str, Anchor] = {}
    for node in nodes[:MAX_LINKS]:
        attributes = node.attributes
        href = attributes.get("href") or ""
        if href in by_href:
            known = by_href[href]
            if known is None:
                continue
            address = known.url
        else:
            found = None if not href or href.startswith(_NOT_A_URL) else absolute(base, href)
            if found is None:
                by_href[href] = None
                continue
            address = found
        text = _text(node)
        known = by_url.get(address)
        number = _number(text) if 0 < len(text) < 8 else None
        if known is None:
            known = Anchor(address, text or _fallback_text(node, attributes), attributes, number)
        elif len(text) > len(known.text):
            known = Anchor(address, text, attributes, known.number or number)
        elif number is not None and known.number is None:
            known = known._replace(number=number)
        by_url[address] = by_href[href] = known
    return list(by_url.values())
