"""Feeds -> Links: RSS 0.9x-2.0, RDF, Atom and JSON Feed. Does not fetch, and does not judge hosts or dates."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.article import Link
from newscrawl.discover.feed_items import item_of_entry, items_of, json_without_faults
from newscrawl.discover.markup import decoded, plain, repaired, title_text
from newscrawl.errors import UnreadablePage
from newscrawl.urls import joined

__all__ = ["asked_pause", "is_feed", "read_feed"]

_FEED_START = re.compile(r"<(?:rss|feed|(?:\w+:)?rdf|channel)[\s>]|^\s*\{[^{}]*jsonfeed\.org/version", re.IGNORECASE)
#: Most bytes of an unpacked feed, and most tags (in JSON, objects and lists): parsing takes a hundred times the memory.
MAX_FEED, MAX_TAGS = 10_000_000, 250_000
#: Most attributes of a tag; those of a tag of more than 4000 bytes are counted.
MAX_ATTRIBUTES, _LONG_TAG = 500, re.compile(rb"<([A-Za-z_][^\s<>/]{0,200})\s[^<>]{4000,}>")


def is_feed(start: str) -> bool:
    """Does a document that starts with this text look like a feed?"""
    found = _FEED_START.search(start[:4096])
    return found is not None and not re.search(
        r"<(?:urlset|sitemapindex|html)[\s>]", start[: found.start()], re.IGNORECASE
    )


def read_feed(body: bytes, url: str, charset: str = "") -> list[Link]:
    """The articles that a feed names, in its order, each URL once. Enclosures and comment feeds are not articles.

    body: as served; gzip is recognised by content. url: the feed's URL, which relative ones are joined to. charset: the
    label that its Content-Type states, if any.
    `published` and `modified` are aware; a feed that states only the last change gives no `published`.
    A feed without entries gives []. Of one beyond `MAX_FEED` or `MAX_TAGS` the beginning is read. Raises
    UnreadablePage for what is not a feed, and for JSON beyond `MAX_TAGS`.
    """
    data, is_json = _data_of(body, url, charset)
    items = [] if is_json else items_of(data, url)
    if not items:
        items = [item_of_entry(entry, url) for entry in _entries(data, url)]
    found: dict[str, Link] = {}
    for item in items:
        if item.address is None:
            continue
        address = joined(item.base, re.sub(r"[\r\n\t]+\s*", "", item.address))
        if address and address not in found:
            found[address] = Link(address, item.published, title_text(item.title), "feed", url, item.modified)
    return list(found.values())


def _entries(data: bytes, url: str) -> list[dict[str, Any]]:
    """The entries that fastfeedparser finds. Raises UnreadablePage for what is not a feed."""
    try:
        import fastfeedparser  # type: ignore[import-untyped]  # costs time: most sites have news sitemaps

        parsed = fastfeedparser.parse(
            data, include_content=False, include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception as error:  # untrusted bytes in a third-party parser: whatever it raises costs this feed only
        raise UnreadablePage(url, f"not a readable feed: {error}"[:300]) from error
    return list(parsed.entries)


def _data_of(body: bytes, url: str, charset: str) -> tuple[bytes, bool]:
    """The feed as UTF-8, repaired and bounded, and whether it is JSON."""
    text = "".join(decoded(plain(body, MAX_FEED), charset))
    is_json = text.lstrip()[:1] == "{"
    if is_json and text.count("{") + text.count("[") > MAX_TAGS:
        raise UnreadablePage(url, f"a feed of more than {MAX_TAGS} objects and lists")
    data = json_without_faults(text).encode("utf-8", "replace") if is_json else b"".join(repaired([text]))
    at = -1 if is_json else data.find(b"<")
    data = data[at:] if at > 0 else data
    if not is_json and data.count(b"<") > MAX_TAGS:
        data = data[: -len(data.split(b"<", MAX_TAGS + 1)[-1]) - 1]
    return _LONG_TAG.sub(_bounded_attributes, data), is_json


def _bounded_attributes(tag: re.Match[bytes]) -> bytes:
    """A tag, without its attributes if they are too many: a parser compares each with all before it."""
    if tag[0].count(b"=") <= MAX_ATTRIBUTES:
        return tag[0]
    return b"<" + tag[1] + (b"/>" if tag[0].endswith(b"/>") else b">")


_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</sy:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*(\d{1,6})\s*</sy:updateFrequency>", re.IGNORECASE)
_PERIODS = {b"hourly": 3600, b"daily": 86400, b"weekly": 7 * 86400, b"monthly": 30 * 86400, b"yearly": 365 * 86400}


def asked_pause(body: bytes) -> int:
    """Seconds for which a feed asks not to be fetched again; 0 if it does not say.

    Read from RSS's ttl (minutes), or from the period and frequency of the Syndication module.
    """
    head = body[:20_000]
    ttl = _TTL.search(head)
    if ttl is not None:
        return 60 * int(ttl.group(1))
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    return _PERIODS[period.group(1).lower()] // max(1, int(frequency.group(1)) if frequency else 1) if period else 0
