"""Really Simple Licensing (RSL 1.0): licences linked by a header or <link>, or inline in a page or feed.

A linked licence file is not fetched; only its URL is reported. Sources: rslstandard.org/rsl, rslstandard.org/guide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from lxml import etree

from newscrawl.article import RslLicense
from newscrawl.rights.paths import applies_to

__all__ = ["RSL_TYPE", "feed_licenses", "header_links", "written_licenses"]

RSL_TYPE = "application/rsl+xml"
_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))?)*)")
_PARAMETER = re.compile(r";\s*([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")
_TOKEN = re.compile(r"[^\s,]{1,60}")
_MAX_HEADER, _MAX_XML, _MAX_FEED, _MAX_LICENSES, _MAX_TOKENS = 8_000, 100_000, 4_000_000, 20, 50
#: At most this many <content> elements of a feed are read.
_MAX_OF_FEED = 1_000


def header_links(header: str | None) -> Iterator[tuple[str, str]]:
    """(URL, media type) of each link in a Link header (RFC 8288) whose relation is "license"."""
    if not header or "license" not in header.lower():
        return
    for target, parameters in _LINK.findall(header[:_MAX_HEADER]):
        given: dict[str, str] = {}
        for name, quoted, plain in _PARAMETER.findall(parameters):
            given.setdefault(name.lower(), (quoted or plain).strip().lower())
        if "license" in given.get("rel", "").split():
            yield target.strip(), given.get("type", "")


def written_licenses(text: str, url: str, source: str = "script") -> tuple[RslLicense, ...]:
    """The licences of an RSL document that apply to a page.

    Those are in <content> elements whose URL matches the page, or that have no URL.
    """
    root = _parsed(text[:_MAX_XML].strip().encode("utf-8", "replace"))
    if root is None or _name(root) != "rsl":
        return ()
    found: list[RslLicense] = []
    for content in _children(root, "content"):
        if applies_to(content.get("url") or "", url):
            found += _licenses(content, source)
    return tuple(found[:_MAX_LICENSES])


def feed_licenses(body: bytes, absolute: Callable[[str], str | None]) -> Mapping[str, tuple[RslLicense, ...]]:
    """The licences in a feed that uses the RSL module: URL of an entry ("" for the whole feed) -> licences.

    absolute: resolves a URL against the feed.
    """
    if b"rslstandard.org/rsl" not in body or len(body) > _MAX_FEED:
        return {}
    root = _parsed(body)
    found: dict[str, tuple[RslLicense, ...]] = {}
    for content in islice(root.iter("{https://rslstandard.org/rsl}content"), _MAX_OF_FEED) if root is not None else ():
        if licenses := _licenses(content, "feed"):
            entry_url = _entry_of(content)
            key = (absolute(entry_url) or "") if entry_url else ""
            if key or entry_url is None:
                found[key] = (*found.get(key, ()), *licenses)[:_MAX_LICENSES]
    return found


def _entry_of(content: Any) -> str | None:
    """The URL of the entry that contains an element; "" if the entry has none, None outside of entries."""
    entry = next((one for one in content.iterancestors() if _name(one) in ("item", "entry")), None)
    if entry is None:
        return None
    for link in _children(entry, "link"):
        if url := (link.get("href") or link.text or "").strip():
            return url
    return (content.get("url") or "").strip()


def _licenses(content: Any, source: str) -> list[RslLicense]:
    found = []
    for license_ in _children(content, "license"):
        payment = next(iter(_children(license_, "payment")), None)
        permits, prohibits = _usage(license_, "permits"), _usage(license_, "prohibits")
        kind = (payment.get("type") or "").strip().lower()[:60] or None if payment is not None else None
        found.append(RslLicense(source, None, permits, prohibits, kind))
    return found


def _usage(license_: Any, name: str) -> tuple[str, ...]:
    tokens: dict[str, None] = {}
    for element in _children(license_, name):
        if (element.get("type") or "usage").strip().lower() == "usage":
            tokens.update(dict.fromkeys(_TOKEN.findall((element.text or "").lower())))
    return tuple(tokens)[:_MAX_TOKENS]


def _parsed(xml: bytes) -> Any:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(xml, parser) if xml else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _name(child) == name]
