"""The items of a feed: of XML read here, of JSON by fastfeedparser.

XML is read here for what a general parser leaves out: xml:base, original links behind a feed proxy, which of several
links and titles is the article's, permalink guids, and dates as they are stated, with their offsets and no invented
parts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from newscrawl.discover.address import is_on_site
from newscrawl.discover.when import parse_when

__all__ = ["Item", "is_http", "item_of_entry", "items_of", "json_without_faults"]

#: Most characters of a title. One that is left open contains all that follows.
_MAX_TITLE = 2000
#: The fields of an item of a JSON Feed that are read; all are strings.
_JSON_FIELDS = ("id", "url", "external_url", "title", "date_published", "date_modified")
_DUBLIN_CORE = ("{http://purl.org/dc/elements/1.1/", "{http://purl.org/dc/terms/", "dc")
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
_MODIFIED = ("updated", "modified")
_ALTERNATE = ("alternate", "http://www.iana.org/assignments/relation/alternate")


@dataclass
class Item:
    """One item of a feed.

    address: as written, not yet joined to `base`. title: its first `_MAX_TITLE` characters, maybe with markup.
    """

    address: str | None
    base: str
    published: datetime | None
    modified: datetime | None
    title: str | None = None


def _local(element: Any) -> str:
    """The name of an element without namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def is_http(text: str | None) -> bool:
    """Is the text an absolute http(s) URL?"""
    return bool(text) and str(text)[:8].lower().startswith(("http://", "https://"))


def _alternate(links: list[Any]) -> str | None:
    """The href of the link to the article itself: rel=alternate, preferably HTML."""
    best: tuple[int, str] | None = None
    for link in links:
        href = (link.get("href") or "").strip()
        kind = (link.get("type") or "").lower()
        if not href or (link.get("rel") or "alternate").lower() not in _ALTERNATE:
            continue
        rank = 0 if "html" in kind else 1 if not kind else 2
        if rank == 2 and kind.startswith(("audio/", "video/", "image/")):
            continue
        if best is None or rank < best[0]:
            best = (rank, href)
    return best[1] if best else None


def _address(children: list[tuple[str, Any]], item: Any, home: str) -> str | None:
    """The article's URL among the children of an item; None if none is stated. home: the URL of the feed's site."""
    plain_link = next((text for name, e in children if name == "link" and (text := _text(e))), None)
    for name, element in children:
        if name == "origlink" and is_http(_text(element)):
            return _text(element)
    permalink = None
    for name, element in children:
        if name in ("guid", "id"):
            stated = (element.get("isPermaLink") or element.get("ispermalink") or "").lower()
            if stated != "false" and (is_http(_text(element)) or (stated == "true" and _text(element).startswith("/"))):
                permalink = _text(element)
    if (
        plain_link
        and is_http(plain_link)
        and permalink
        and home
        and not is_on_site(plain_link, home)
        and is_on_site(permalink, home)
    ):
        return permalink  # the link is that of a proxy that counts clicks
    about = next((value for key, value in item.attrib.items() if key.endswith("}about") and is_http(value)), None)
    source = next((e.get("src") for name, e in children if name == "content" and is_http(e.get("src"))), None)
    return plain_link or _alternate([e for name, e in children if name == "link"]) or permalink or about or source


def _title(item: Any) -> str | None:
    """The title of an item in the feed's own vocabulary, else in Dublin Core's, else in any other (Media RSS)."""
    own = item.tag.rpartition("}")[0]
    found: dict[int, str] = {}
    for child in item:
        if _local(child) == "title" and (text := _text(child)[:_MAX_TITLE]):
            vocabulary, colon, _ = child.tag.rpartition("}" if "}" in child.tag else ":")
            is_own = vocabulary == own and colon != ":"
            found.setdefault(0 if is_own else 1 if vocabulary in _DUBLIN_CORE else 2, text)
    return found[min(found)] if found else None


def _dates(children: list[tuple[str, Any]]) -> tuple[datetime | None, datetime | None]:
    def first(names: tuple[str, ...]) -> datetime | None:
        for wanted in names:
            for name, element in children:
                if name == wanted and (moment := parse_when(_text(element))) is not None:
                    return moment
        return None

    return first(_PUBLISHED), first(_MODIFIED)


def items_of(data: bytes, url: str) -> list[Item]:
    """The items of an XML feed, in its order; [] if nothing can be parsed. url: the feed's."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser, base_url=url)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    nodes = [e for e in root.iter() if _local(e) in ("item", "entry")]
    is_atom = _local(root) == "feed"
    home = _home_of(root, is_atom)
    items = []
    for node in nodes:
        children = [(_local(child), child) for child in node if isinstance(child.tag, str)]
        base = str(node.base or url)
        link = next((child for name, child in children if name == "link"), node)
        if is_atom:
            base = str(link.base or base)
        elif base == url and home:
            base = home  # RSS has no base of its own; its relative URLs are relative to the channel's site
        published, modified = _dates(children)
        items.append(Item(_address(children, node, home), base, published, modified, _title(node)))
    return items


def _home_of(root: Any, is_atom: bool) -> str:
    """The URL of the site that the feed belongs to; "" if none is stated."""
    home = ""
    holder = root if is_atom else next((e for e in root.iter() if _local(e) == "channel"), root)
    for child in holder:
        if _local(child) == "link":
            home = _text(child) if is_http(_text(child)) else (_alternate([child]) or "") if is_atom else ""
            if is_http(home):
                break
    return home if is_http(home) else ""


def item_of_entry(entry: Any, url: str) -> Item:
    """What fastfeedparser alone says about an item."""
    address = entry.get("link") or ""
    if not address and is_http(entry.get("id")):
        address = entry["id"]
    if not address:
        address = next(
            (
                link.get("href")
                for link in entry.get("links") or ()
                if link.get("rel") in ("related", "alternate", None)
            ),
            "",
        )
    dates = parse_when(entry.get("published")), parse_when(entry.get("updated"))
    return Item(address or None, url, *dates, entry.get("title"))


def json_without_faults(text: str) -> str:
    """A JSON Feed reduced to the fields that are read, and to those of the right type: a fault costs only itself.

    What is not a JSON Feed is returned unchanged.
    """
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return text
    kept = [
        {name: item[name] for name in _JSON_FIELDS if isinstance(item.get(name), str)}
        for item in items
        if isinstance(item, dict)
    ]
    return json.dumps({"version": feed.get("version"), "items": kept})
