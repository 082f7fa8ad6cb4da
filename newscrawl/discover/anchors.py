"""The anchors of a page: the one walk over <a href> that all who read a page share. Judges nothing."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.discover.address import absolute
from newscrawl.text import clean

__all__ = ["Anchor", "anchors", "anchors_of", "base_of"]

_LONG_TEXT = 160
#: Links of one page that are looked at; a list of a year's articles has some thousands.
MAX_LINKS = 20_000
_NO_ADDRESS = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:", "sms:", "about:", "blob:")


class Anchor(NamedTuple):
    """One address on a page. text: the longest text of all its anchors, or what stands for it. attributes: of the <a> with that text.

    number: the number that is the whole text of one of its anchors, as in a numbered pagination; else None.
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
    """What the page's relative addresses are relative to: <base href>, or its own address."""
    node = tree.css_first("base[href]")
    return (absolute(url, node.attributes.get("href") or "") if node is not None else None) or url


def _text(node: LexborNode) -> str:
    text = clean(node.text(separator=" ", skip_empty=True)) if node.first_child is not None else ""
    if len(text) > _LONG_TEXT:
        heading = node.css_first("h1, h2, h3, h4, h5, h6, [class*=headline], [class*=title]")
        inner = clean(heading.text(separator=" ")) if heading is not None else ""
        text = inner or text
    return text


def _number(text: str) -> int | None:
    text = text.strip(" []()›»")
    return int(text) if text.isascii() and text.isdigit() else None


def _stand_in(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """For an anchor without text: its title, its label, or its picture's alternative text."""
    label = attributes.get("title") or attributes.get("aria-label")
    if not label:
        picture = node.css_first("img[alt]")
        label = picture.attributes.get("alt") if picture is not None else None
    return clean(label or "")


#: The page that was walked last: several readers ask for the same one. Holds no element, so that a tree may be changed since.
_last: tuple[LexborHTMLParser, str, list[Anchor]] | None = None


def anchors(tree: LexborHTMLParser, url: str) -> list[Anchor]:
    """Every address that the first `MAX_LINKS` <a href> name, once each, in the order of the page; absolute, without fragment.

    Asked again for the same tree it answers from memory, though the tree has been changed since.
    """
    global _last
    if _last is None or _last[0] is not tree or _last[1] != url:
        _last = (tree, url, anchors_of(tree, url, tree.css("a[href]")))
    return _last[2]


def anchors_of(tree: LexborHTMLParser, url: str, nodes: list[LexborNode]) -> list[Anchor]:
    """The same of the given <a> elements only."""
    base = base_of(tree, url)
    seen: dict[str, Anchor | None] = {}
    order: dict[str, Anchor] = {}
    for node in nodes[:MAX_LINKS]:
        attributes = node.attributes
        href = attributes.get("href") or ""
        if href in seen:
            known = seen[href]
            if known is None:
                continue
            address = known.url
        else:
            found = None if not href or href.startswith(_NO_ADDRESS) else absolute(base, href)
            if found is None:
                seen[href] = None
                continue
            address = found
        text = _text(node)
        known = order.get(address)
        number = _number(text) if 0 < len(text) < 8 else None
        if known is None:
            known = Anchor(address, text or _stand_in(node, attributes), attributes, number)
        elif len(text) > len(known.text):
            known = Anchor(address, text, attributes, known.number or number)
        elif number is not None and known.number is None:
            known = known._replace(number=number)
        order[address] = seen[href] = known
    return list(order.values())
