"""The links of a page: one walk over its <a href>, shared by everything that reads the page. Makes no judgement."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.discover.address import absolute
from newscrawl.text import clean

__all__ = ["Anchor", "anchors", "anchors_of", "base_of"]

#: Most characters of an anchor's text before a heading inside it is looked for.
_LONG_TEXT = 160
#: Most links of a page that are read. A list of a year's articles has a few thousand.
MAX_LINKS = 20_000
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


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """What relative URLs on the page are relative to: its <base href>, or its own URL."""
    node = tree.css_first("base[href]")
    return (absolute(url, node.attributes.get("href") or "") if node is not None else None) or url


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


#: The page walked last, because several readers ask for the same one. Holds no elements, so the tree may change.
_last: tuple[LexborHTMLParser, str, list[Anchor]] | None = None


def anchors(tree: LexborHTMLParser, url: str) -> list[Anchor]:
    """The URLs that the first `MAX_LINKS` <a href> name, once each, in page order; absolute, without fragment.

    Asked for the same tree again, it repeats its answer, even if the tree has changed since.
    """
    global _last
    if _last is None or _last[0] is not tree or _last[1] != url:
        _last = (tree, url, anchors_of(tree, url, tree.css("a[href]")))
    return _last[2]


def anchors_of(tree: LexborHTMLParser, url: str, nodes: list[LexborNode]) -> list[Anchor]:
    """Like `anchors`, for the given <a> elements only."""
    base = base_of(tree, url)
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
