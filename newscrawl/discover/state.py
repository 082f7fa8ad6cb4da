"""Addresses that stand only in a page's embedded data: the state of Next, Nuxt, Fusion, Apollo and the like, ld+json lists, and attributes of boxes.

Runs no script. Where the data is JSON it is read as such, and titles beside an address are taken along; else its strings are searched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.discover.address import absolute, is_on_site, same_article_key
from newscrawl.discover.anchors import base_of
from newscrawl.discover.markup import title_text
from newscrawl.discover.shape import article_score
from newscrawl.discover.when import parse_when

__all__ = ["state_links"]

_KEYS = (
    "url", "href", "link", "canonical_url", "canonicalUrl", "canonicalURL", "canonical", "website_url", "websiteUrl", "webUrl", "web_url",
    "pageUrl", "articleUrl", "article_url", "storyUrl", "shareUrl", "share_url", "permalink", "fullUrl", "full_url", "absoluteUrl",
    "absolute_url", "relativeUrl", "path", "pathname", "uri", "slug", "fullSlug", "full_slug", "to", "item", "publicUrl", "targetUrl",
    "seoUrl", "urlPath", "linkUrl",
)  # fmt: skip
_KEY_SET = frozenset((*_KEYS, "@id", "mainEntityOfPage"))
_TITLES = ("headline", "title", "name", "headlines", "heading", "shortTitle", "text")
_DATES = (
    "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publicationDate", "display_date",
    "first_publish_date", "publishedDate", "published", "date",
)  # fmt: skip
_PAIR = re.compile(rf"""\b(?:{"|".join(_KEYS)})["']?\s{{0,4}}:\s{{0,4}}["']((?:https?:)?/[^"'\s<>{{}}]{{2,500}})["']""")
#: Objects of these kinds have addresses too, and are no articles.
_OTHER_TYPES = frozenset(
    {"imageobject", "image", "person", "author", "organization", "newsmediaorganization", "breadcrumblist", "searchaction", "tag", "video",
     "videoobject", "audioobject", "website", "menu", "menuitem", "navigation", "ad", "taxonomy", "category", "section"}
)  # fmt: skip
#: Where a script assigns an object or a list.
_ASSIGNED = re.compile(r"(?<![=!<>])=\s{0,8}(?=[\[{])")
_UNICODE = re.compile(r"\\u00([0-7][0-9a-fA-F])")
_NO_PATH = re.compile(r"[\s{}$'\[\]<>\\]")
_LIKELY = re.compile(
    r"__|Fusion\.|STATE|[sS]tate|[pP]reload|initialData|pageData|_DATA|self\.__next_f|\b(?:url|link|href|permalink)\b"
)
_BOX_ADDRESSES = ("data-href", "data-link", "data-url", "data-permalink")
_BOXES = ", ".join(
    [*(f"[{name}]:not(a[href]):not(button)" for name in _BOX_ADDRESSES), "[onclick*=location]:not(a[href])"]
)
_PRESSED = re.compile(
    r"""\blocation(?:\.href)?\s{0,4}(?:=|\.(?:assign|replace)\s{0,4}\()\s{0,4}["']([^"'\s]{2,500})["']"""
)
_AT_MOST_LINKS, _AT_MOST_TEXT, _LEAST_SCORE = 2000, 8_000_000, 0.5


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or not 3 < len(value) < 1000:
        return False
    return value.startswith(("http://", "https://")) or (
        value[0] == "/" and value[1].isalnum() and not _NO_PATH.search(value)
    )


def _string(value: object, flat: list[Any] | None) -> object:
    """A value, or what it points to: Nuxt's payload is one flat list whose objects hold places in it."""
    if flat is not None and type(value) is int and 0 <= value < len(flat):
        return flat[value]
    return value


def _title(node: dict[str, Any], flat: list[Any] | None) -> str | None:
    for key in _TITLES:
        value = _string(node.get(key), flat)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("rendered") or value.get("text")
        if isinstance(value, str) and value:
            return title_text(value[:500])
    return None


def _from_json(data: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """(address, title, date) of every object that has an address under a usual name, in the order of the data."""
    flat = data if isinstance(data, list) and len(data) > 2 and any(isinstance(value, str) for value in data) else None
    todo: list[Any] = [data]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if str(node.get("@type") or node.get("__typename") or node.get("type")).lower() in _OTHER_TYPES:
                continue
            for key, value in node.items():
                if key in _KEY_SET and _is_address(found := _string(value, flat)):
                    date = next((d for k in _DATES if isinstance(d := _string(node.get(k), flat), str)), None)
                    yield str(found), _title(node, flat), date
            todo.extend(value for value in reversed(list(node.values())) if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            todo.extend(value for value in reversed(node) if isinstance(value, (dict, list)))


def _from_text(text: str) -> Iterator[tuple[str, str | None, str | None]]:
    """The same from script that is no JSON: only addresses."""
    text = _UNICODE.sub(lambda match: chr(int(match.group(1), 16)), text).replace('\\"', '"').replace("\\/", "/")
    for match in _PAIR.finditer(text):
        yield match.group(1), None, None


def _from_script(kind: str, text: str) -> Iterator[tuple[str, str | None, str | None]]:
    if "json" in kind:
        try:
            yield from _from_json(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            yield from _from_text(text)
        return
    if not _LIKELY.search(text):
        return
    decoder = json.JSONDecoder(strict=False)
    at, read = 0, False
    while (match := _ASSIGNED.search(text, at)) is not None:
        try:
            data, at = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            at = match.end()
            continue
        read = True
        yield from _from_json(data)
    if not read:
        yield from _from_text(text)


def _from_boxes(tree: LexborHTMLParser) -> Iterator[tuple[str, str | None]]:
    """(address, title) of boxes that are no anchors, and lead somewhere when they are pressed."""
    for node in tree.css(_BOXES)[:_AT_MOST_LINKS]:
        attributes = node.attributes
        value = next((value for name in _BOX_ADDRESSES if (value := (attributes.get(name) or "").strip())), "")
        if not value and (match := _PRESSED.search(attributes.get("onclick") or "")):
            value = match[1]
        if not value or value[0] in "#{[" or _NO_PATH.search(value):
            continue
        title = node.css_first("h1, h2, h3, h4, h5, h6")
        yield value, title_text(title.text()[:500]) if title is not None else None


def state_links(tree: LexborHTMLParser, url: str) -> list[Link]:
    """What looks like an article's address in the page's embedded data, once each, in its order; source "embedded data".

    Only of this site. Addresses that anchors name too are not left out: who asks knows those already. Of broken data, what can
    be read. Costs some milliseconds where a page carries much data: for pages whose anchors bring little.
    """
    base, own = base_of(tree, url), same_article_key(url)
    found: dict[str, Link] = {}
    for value, title in _from_boxes(tree):
        address = absolute(base, value)
        if address is not None and is_on_site(address, url) and same_article_key(address) != own:
            found.setdefault(address, Link(address, None, title, "embedded data", url))
    for node in tree.css("script"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").lower()
        if attributes.get("src") or (kind and "json" not in kind and "javascript" not in kind and kind != "module"):
            continue
        text = node.text()
        if not 20 < len(text) < _AT_MOST_TEXT or ("/" not in text and "\\u002" not in text):
            continue
        for value, title, date in _from_script(kind, text):
            address = absolute(base, value)
            if address is None or not is_on_site(address, url) or same_article_key(address) == own:
                continue
            known = found.get(address)
            if known is None or (known.headline is None and title is not None):
                found[address] = Link(address, parse_when(date), title, "embedded data", url)
            if len(found) >= _AT_MOST_LINKS:
                break
    return [link for link in found.values() if article_score(link) >= _LEAST_SCORE]
