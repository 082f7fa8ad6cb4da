"""Cuts HTML to a size that can be parsed in reasonable time.

What is cut is far beyond the needs of any real page, but would keep a parser busy for minutes. Its work grows with the
square of a page's depth (each block-level tag searches the open elements for a paragraph), of a tag's number of
attributes (each is compared with those before it), and of a list's number of options (all are searched for the selected
one). On ordinary pages, this only costs counting the tags.
"""

from __future__ import annotations

import re
from itertools import islice

#: Bytes and tags of a page that are parsed at most.
MAX_BYTES, MAX_TAGS = 20_000_000, 200_000
#: Attributes of one tag, and options of a page, at most.
MAX_ATTRIBUTES, MAX_OPTIONS = 5_000, 5_000
#: The sum of the depths of all tags, at most.
MAX_DEPTHS = 20_000_000
#: The depth of a page with at most this many tags is not measured.
FEW_TAGS = 12_000
#: The attributes of a tag with fewer bytes are not counted.
SHORT_TAG = 20_000

_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
#: Elements that have no content, or that end where the next of their kind begins.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option".split()
)
#: HTML elements that end an <svg> or <math> around them. Only inside those two may a tag be self-closing.
_BREAKING = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
    b"meta nobr ol p pre ruby s small span strike strong sub sup table tt u ul var".split()
)
_OPTION = re.compile(rb"<option(?:\s[^<>]{0,4000})?>", re.I)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*")


def bounded(html: bytes) -> tuple[bytes, bool]:
    """The HTML within the bounds, and whether anything was cut."""
    is_cut = len(html) > MAX_BYTES
    if is_cut:
        html = html[:MAX_BYTES]
    tags = html.count(b"<")
    if tags > MAX_TAGS:
        html, is_cut = html[: -len(html.split(b"<", MAX_TAGS + 1)[-1]) - 1], True
    if tags > FEW_TAGS:
        end = _depth_end(html)
        html, is_cut = html[:end], is_cut or end < len(html)
        if len(_OPTION.findall(html)) > MAX_OPTIONS:
            html, is_cut = _OPTION.sub(b" ", html), True
    if any(html.find(b">", at, at + SHORT_TAG) < 0 for at in range(0, len(html), SHORT_TAG)):
        short = _without_attributes(html)
        html, is_cut = short, is_cut or len(short) < len(html)
    return html, is_cut


def _depth_end(html: bytes) -> int:
    """The position at which the sum of the tags' depths exceeds MAX_DEPTHS; the length of the HTML if it never does."""
    opened: dict[bytes, int] = {}
    depth = total = 0
    is_foreign = False  # inside <svg> or <math>
    for number, (slash, name, rest) in enumerate(_TAG.findall(html)):
        name = name.lower()
        if slash:
            if opened.get(name):
                opened[name] -= 1
                depth -= 1
            is_foreign = is_foreign and name not in (b"svg", b"math")
            continue
        total += depth
        if total > MAX_DEPTHS:
            return next(islice(_TAG.finditer(html), number, None)).start()
        is_foreign = (is_foreign and name not in _BREAKING) or name in (b"svg", b"math")
        if name not in _FLAT and not (is_foreign and rest.endswith(b"/")):
            opened[name] = opened.get(name, 0) + 1
            depth += 1
    return len(html)


def _without_attributes(html: bytes) -> bytes:
    """Remove all attributes of tags that have more than MAX_ATTRIBUTES."""
    kept, start, at = [], 0, 0
    while at < len(html):
        end = html.find(b">", at)
        if 0 <= end < at + SHORT_TAG:
            at += SHORT_TAG
            continue
        end = len(html) if end < 0 else end
        # there is no name if this is a long text rather than a tag
        name = _NAME.search(html, max(start, html.rfind(b">", max(0, at - SHORT_TAG), at)), end)
        if name and len(_QUOTED.sub(b"", html[name.end() : end]).split()) > MAX_ATTRIBUTES:
            kept.append(html[start : name.end()])
            start = end
        at = end
    return b"".join([*kept, html[start:]])
