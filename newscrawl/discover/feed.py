"""Feeds -> Links: RSS 0.9x-2.0, RDF, Atom and JSON Feed, read by fastfeedparser.

Does not fetch, and does not judge hosts or dates. What fastfeedparser leaves out is read beside it from the same bytes:
xml:base, original links behind a feed proxy, which of several links is the article's, permalink guids, offsets of dates,
and whether a date of publication was stated at all.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import fastfeedparser  # type: ignore[import-untyped]
from lxml import etree

from newscrawl.article import Link
from newscrawl.discover.address import is_on_site
from newscrawl.discover.markup import decoded, plain, repaired, title_text
from newscrawl.discover.when import parse_when
from newscrawl.errors import UnreadablePage

__all__ = ["is_feed", "read_feed"]

_FEED_START = re.compile(r"<(?:rss|feed|(?:\w+:)?rdf|channel)[\s>]|^\s*\{[^{}]*jsonfeed\.org/version", re.IGNORECASE)
#: Bytes of an unpacked feed, and tags (objects and lists of JSON), that are read at most: a reader needs a hundred times as much memory.
MAX_FEED, MAX_TAGS = 10_000_000, 250_000
#: Attributes of one tag, and the bytes from which on they are counted.
MAX_ATTRIBUTES, _LONG_TAG = 500, re.compile(rb"<([A-Za-z_][^\s<>/]{0,200})\s[^<>]{4000,}>")
#: Characters of a title; one that is left open holds all that follows.
_TITLE = 2000
#: What is read of an item of a JSON Feed; strings, all of them.
_JSON_FIELDS = ("id", "url", "external_url", "title", "date_published", "date_modified")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PUBLISHED = ("published", "pubdate", "issued", "date", "created")
_MODIFIED = ("updated", "modified")


def is_feed(start: str) -> bool:
    """Does a document that starts with this text look like a feed?"""
    found = _FEED_START.search(start[:4096])
    return found is not None and not re.search(
        r"<(?:urlset|sitemapindex|html)[\s>]", start[: found.start()], re.IGNORECASE
    )


@dataclass
class _Item:
    """What is read of an item beside fastfeedparser. address: as it stands there, not yet joined.

    title: the beginning of what stands there.
    has_other_date: a date is stated in a form that only fastfeedparser may read. It makes one of a bare number too, hence the asking.
    """

    address: str | None
    base: str
    published: datetime | None
    modified: datetime | None
    has_other_date: bool = False
    title: str | None = None


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _is_http(text: str | None) -> bool:
    return bool(text) and str(text)[:8].lower().startswith(("http://", "https://"))


def _alternate(links: list[Any]) -> str | None:
    """The href of the link to the article itself: rel=alternate, HTML before anything else."""
    best: tuple[int, str] | None = None
    for link in links:
        href = (link.get("href") or "").strip()
        kind = (link.get("type") or "").lower()
        if not href or (link.get("rel") or "alternate").lower() not in (
            "alternate",
            "http://www.iana.org/assignments/relation/alternate",
        ):
            continue
        rank = 0 if "html" in kind else 1 if not kind else 2
        if rank == 2 and kind.startswith(("audio/", "video/", "image/")):
            continue
        if best is None or rank < best[0]:
            best = (rank, href)
    return best[1] if best else None


def _address(children: list[tuple[str, Any]], item: Any, home: str) -> str | None:
    """The address of the article among the children of one item; None when none is stated."""
    plain_link = next((text for name, e in children if name == "link" and (text := _text(e))), None)
    for name, element in children:
        if name == "origlink" and _is_http(_text(element)):
            return _text(element)
    permalink = None
    for name, element in children:
        if name in ("guid", "id"):
            stated = (element.get("isPermaLink") or element.get("ispermalink") or "").lower()
            if stated != "false" and (
                _is_http(_text(element)) or (stated == "true" and _text(element).startswith("/"))
            ):
                permalink = _text(element)
    if (
        plain_link
        and _is_http(plain_link)
        and permalink
        and home
        and not is_on_site(plain_link, home)
        and is_on_site(permalink, home)
    ):
        return permalink  # a proxy's link that counts clicks
    about = next((value for key, value in item.attrib.items() if key.endswith("}about") and _is_http(value)), None)
    source = next((e.get("src") for name, e in children if name == "content" and _is_http(e.get("src"))), None)
    return plain_link or _alternate([e for name, e in children if name == "link"]) or permalink or about or source


def _dates(children: list[tuple[str, Any]]) -> tuple[datetime | None, datetime | None]:
    def first(names: tuple[str, ...]) -> datetime | None:
        for wanted in names:
            for name, element in children:
                if name == wanted and (moment := parse_when(_text(element))) is not None:
                    return moment
        return None

    return first(_PUBLISHED), first(_MODIFIED)


def _items(data: bytes, url: str) -> list[_Item]:
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
    home = ""
    holder = root if is_atom else next((e for e in root.iter() if _local(e) == "channel"), root)
    for child in holder:
        if _local(child) == "link":
            home = _text(child) if _is_http(_text(child)) else (_alternate([child]) or "") if is_atom else ""
            if _is_http(home):
                break
    home = home if _is_http(home) else ""
    items = []
    for node in nodes:
        children = [(_local(child), child) for child in node if isinstance(child.tag, str)]
        base = str(node.base or url)
        link = next((child for name, child in children if name == "link"), node)
        if is_atom:
            base = str(link.base or base)
        elif base == url and home:
            base = home  # RSS knows no base of its own; the channel's site is what its addresses are relative to
        published, modified = _dates(children)
        other = published is None and any(name in _PUBLISHED and _YEAR.search(_text(e)) for name, e in children)
        title = next((_text(child)[:_TITLE] for name, child in children if name == "title"), None)
        items.append(_Item(_address(children, node, home), base, published, modified, other, title))
    return items


def _from_entry(entry: Any, url: str) -> _Item:
    """What fastfeedparser alone says of an item."""
    address = entry.get("link") or ""
    if not address and _is_http(entry.get("id")):
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
    return _Item(address or None, url, parse_when(entry.get("published")), parse_when(entry.get("updated")))


def _without_attributes(tag: re.Match[bytes]) -> bytes:
    """A tag with more attributes than any feed needs, without them: what reads them compares each with all before it."""
    return (
        tag[0] if tag[0].count(b"=") <= MAX_ATTRIBUTES else b"<" + tag[1] + (b"/>" if tag[0].endswith(b"/>") else b">")
    )


def _json_items(text: str) -> str:
    """A JSON Feed with nothing in it but what is read of it, and only where that has the form it should have: what is wrong costs itself.

    What is no such feed is given back as it is.
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


def read_feed(body: bytes, url: str) -> list[Link]:
    """The articles that a feed names, in its order, each address once. Enclosures and comment feeds are not articles.

    body: as served (gzip is seen by its content). url: the feed's address, which relative addresses are joined to.
    `published` and `modified` are aware; a feed that states only the last change gives no `published`.
    A feed without entries gives []; what is no feed raises UnreadablePage. Of one beyond the bounds the beginning is read, JSON not at all.
    """
    text = "".join(decoded(plain(body, MAX_FEED)))
    is_json = text.lstrip()[:1] == "{"
    if is_json and text.count("{") + text.count("[") > MAX_TAGS:
        raise UnreadablePage(url, f"a feed of more than {MAX_TAGS} objects and lists")
    data = _json_items(text).encode("utf-8", "replace") if is_json else b"".join(repaired([text]))
    at = -1 if is_json else data.find(b"<")
    data = data[at:] if at > 0 else data
    if not is_json and data.count(b"<") > MAX_TAGS:
        data = data[: -len(data.split(b"<", MAX_TAGS + 1)[-1]) - 1]
    data = _LONG_TAG.sub(_without_attributes, data)
    try:
        parsed = fastfeedparser.parse(
            data, include_content=False, include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception as error:  # bytes of strangers through a foreign parser: whatever it raises costs this feed only
        raise UnreadablePage(url, f"no feed: {error}"[:300]) from error
    entries = list(parsed.entries)
    items = [] if is_json else _items(data, url)
    if sum(item.address is not None for item in items) > len(
        entries
    ):  # a tag left open in one item hides the others from fastfeedparser
        entries = [{"title": item.title} for item in items]
    elif len(items) != len(entries):
        items = [_from_entry(entry, url) for entry in entries]
    found: dict[str, Link] = {}
    for item, entry in zip(items, entries, strict=True):
        if item.address is None:
            continue
        try:
            address = urljoin(item.base, re.sub(r"[\r\n\t]+\s*", "", item.address))
        except ValueError:
            continue
        if _is_http(address) and address not in found:
            published, modified = item.published, item.modified
            if item.has_other_date:
                published = parse_when(entry.get("published"))
            found[address] = Link(address, published, title_text(entry.get("title")), "feed", url, modified)
    return list(found.values())


_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</sy:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,6})\s*</sy:updateFrequency>", re.IGNORECASE)
_PERIODS = {b"hourly": 3600, b"daily": 86400, b"weekly": 7 * 86400, b"monthly": 30 * 86400, b"yearly": 365 * 86400}


def asked_pause(body: bytes) -> int:
    """Seconds that a feed asks to be left alone for: RSS's ttl (minutes), or the Syndication module's period and frequency; 0 where it says nothing."""
    head = body[:20_000]
    ttl = _TTL.search(head)
    if ttl is not None:
        return 60 * int(ttl.group(1))
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    return _PERIODS[period.group(1).lower()] // max(1, int(frequency.group(1)) if frequency else 1) if period else 0
