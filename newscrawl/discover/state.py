"""URLs that occur only in data embedded in a page.

Such data are the state of Next, Nuxt, Fusion, Apollo and the like, ld+json lists, and attributes of boxes. Runs no
script. Data that is JSON is parsed, and titles beside a URL are taken along; other data is searched as text.
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
from newscrawl.discover.wordlists import sections_of

__all__ = ["state_links"]

_NAMES = sections_of("state_keys.txt")
_URL_KEYS = frozenset((*_NAMES["url"], "@id", "mainEntityOfPage"))
_TITLE_KEYS, _DATE_KEYS, _OTHER_TYPES = _NAMES["title"], _NAMES["date"], frozenset(_NAMES["other types"])
_PAIR = re.compile(
    rf"""\b(?:{"|".join(_NAMES["url"])})["']?\s{{0,4}}:\s{{0,4}}["']((?:https?:)?/[^"'\s<>{{}}]{{2,500}})["']"""
)
#: Where a script assigns an object or a list.
_ASSIGNED = re.compile(r"(?<![=!<>])=\s{0,8}(?=[\[{])")
_UNICODE = re.compile(r"\\u00([0-7][0-9a-fA-F])")
_NOT_IN_PATH = re.compile(r"[\s{}$'\[\]<>\\]")
#: Scripts without any of these carry no links.
_LIKELY = re.compile(
    r"__|Fusion\.|STATE|[sS]tate|[pP]reload|initialData|pageData|_DATA|self\.__next_f|\b(?:url|link|href|permalink)\b"
)
_BOX_ATTRIBUTES = ("data-href", "data-link", "data-url", "data-permalink")
_BOXES = ", ".join(
    [*(f"[{name}]:not(a[href]):not(button)" for name in _BOX_ATTRIBUTES), "[onclick*=location]:not(a[href])"]
)
_ON_CLICK = re.compile(
    r"""\blocation(?:\.href)?\s{0,4}(?:=|\.(?:assign|replace)\s{0,4}\()\s{0,4}["']([^"'\s]{2,500})["']"""
)
#: Most links of a page, most characters of a script, and the lowest score of a link that is returned.
_MAX_LINKS, _MAX_TEXT, _MIN_SCORE = 2000, 8_000_000, 0.5


def _is_url(value: object) -> bool:
    if not isinstance(value, str) or not 3 < len(value) < 1000:
        return False
    return value.startswith(("http://", "https://")) or (
        value[0] == "/" and value[1].isalnum() and not _NOT_IN_PATH.search(value)
    )


def _resolved(value: object, flat: list[Any] | None) -> object:
    """A value, or what it points to: Nuxt's payload is one flat list, whose objects hold positions in it."""
    if flat is not None and type(value) is int and 0 <= value < len(flat):
        return flat[value]
    return value


def _title(node: dict[str, Any], flat: list[Any] | None) -> str | None:
    for key in _TITLE_KEYS:
        value = _resolved(node.get(key), flat)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("rendered") or value.get("text")
        if isinstance(value, str) and value:
            return title_text(value[:500])
    return None


def _from_json(data: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """(URL, title, date) of every object that has a URL under a usual name, in the order of the data."""
    flat = data if isinstance(data, list) and len(data) > 2 and any(isinstance(value, str) for value in data) else None
    todo: list[Any] = [data]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if str(node.get("@type") or node.get("__typename") or node.get("type")).lower() in _OTHER_TYPES:
                continue
            for key, value in node.items():
                if key in _URL_KEYS and _is_url(found := _resolved(value, flat)):
                    date = next((d for k in _DATE_KEYS if isinstance(d := _resolved(node.get(k), flat), str)), None)
                    yield str(found), _title(node, flat), date
            todo.extend(value for value in reversed(list(node.values())) if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            todo.extend(value for value in reversed(node) if isinstance(value, (dict, list)))


def _from_text(text: str) -> Iterator[tuple[str, str | None, str | None]]:
    """Like `_from_json`, for script that is not JSON: only URLs."""
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
    at, parsed = 0, False
    while (match := _ASSIGNED.search(text, at)) is not None:
        try:
            data, at = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            at = match.end()
            continue
        parsed = True
        yield from _from_json(data)
    if not parsed:
        yield from _from_text(text)


def _from_boxes(tree: LexborHTMLParser) -> Iterator[tuple[str, str | None]]:
    """(URL, title) of elements that are not anchors but lead somewhere when clicked."""
    for node in tree.css(_BOXES)[:_MAX_LINKS]:
        attributes = node.attributes
        value = next((value for name in _BOX_ATTRIBUTES if (value := (attributes.get(name) or "").strip())), "")
        if not value and (match := _ON_CLICK.search(attributes.get("onclick") or "")):
            value = match[1]
        if not value or value[0] in "#{[" or _NOT_IN_PATH.search(value):
            continue
        title = node.css_first("h1, h2, h3, h4, h5, h6")
        yield value, title_text(title.text()[:500]) if title is not None else None


def state_links(tree: LexborHTMLParser, url: str) -> list[Link]:
    """What looks like an article's URL in the page's embedded data, once each, in page order; source "embedded data".

    Only URLs of this site. Includes those that anchors name too: the caller knows these already. Of broken data, takes
    what can be read. Takes some milliseconds if a page carries much data, so use it on pages with few links.
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
        if not 20 < len(text) < _MAX_TEXT or ("/" not in text and "\\u002" not in text):
            continue
        for value, title, date in _from_script(kind, text):
            address = absolute(base, value)
            if address is None or not is_on_site(address, url) or same_article_key(address) == own:
                continue
            known = found.get(address)
            if known is None or (known.headline is None and title is not None):
                found[address] = Link(address, parse_when(date), title, "embedded data", url)
            if len(found) >= _MAX_LINKS:
                break
    return [link for link in found.values() if article_score(link) >= _MIN_SCORE]
