"""The anchors of a page: the one walk over <a href> that all who read a page share. Judges nothing."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.discover.address import absolute
from newscrawl.text import clean

__all__ = ["Anchor", "anchors", "base_of"]

_LONG_TEXT = 160
_NO_ADDRESS = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:", "sms:", "about:", "blob:")


class Anchor(NamedTuple):
    """One address on a page. text: the longest text of all its anchors, or what stands for it. label: its aria-label or title."""

    url: str
    text: str
    label: str
    node: LexborNode


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


def _stand_in(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """For an anchor without text: its title, its label, or its picture's alternative text."""
    label = attributes.get("title") or attributes.get("aria-label")
    if not label:
        picture = node.css_first("img[alt]")
        label = picture.attributes.get("alt") if picture is not None else None
    return clean(label or "")


def anchors(tree: LexborHTMLParser, url: str, nodes: list[LexborNode] | None = None) -> list[Anchor]:
    """Every address that <a href> names, once each, in the order of the page; absolute, without fragment.

    nodes: the <a> elements to look at; all when left out.
    """
    base = base_of(tree, url)
    seen: dict[str, Anchor | None] = {}
    order: dict[str, Anchor] = {}
    for node in tree.css("a[href]") if nodes is None else nodes:
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
        label = attributes.get("aria-label") or attributes.get("title") or ""
        if known is None:
            known = Anchor(address, text or _stand_in(node, attributes), label, node)
        elif len(text) > len(known.text):
            known = Anchor(address, text, label or known.label, node)
        order[address] = seen[href] = known
    return list(order.values())
