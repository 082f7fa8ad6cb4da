"""Bytes -> bytes that can be parsed in reasonable time: what no page of a site needs, and what takes a parser minutes, is cut off.

A parser's work grows with the square of the depth of a page (each block-level tag asks all open elements whether a paragraph is
among them), of the number of attributes of one tag (each is compared with those before), and of the options of one list (all are
looked at for the one that is selected). The tags of ordinary pages are only counted here.
"""

from __future__ import annotations

import re
from itertools import islice

#: Bytes and tags of HTML that are parsed at most, attributes of one tag, options of a page, and the sum of the depths of all tags.
MAX_BYTES, MAX_TAGS, MAX_ATTRIBUTES, MAX_OPTIONS, MAX_DEPTHS = 20_000_000, 200_000, 5_000, 5_000, 20_000_000
#: Tags below which the depth of a page is not looked at; bytes of a tag below which its attributes are not counted.
FEW_TAGS, SHORT_TAG = 12_000, 20_000

_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
#: Elements that hold nothing, or that the next of their kind ends.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option".split()
)
#: Elements that end a drawing or a formula in which they begin; in these alone, a tag may close itself.
_BREAKING = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small "
    b"span strike strong sub sup table tt u ul var".split()
)
_OPTION = re.compile(rb"<option(?:\s[^<>]{0,4000})?>", re.I)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(rb"<[a-zA-Z][^\s/>]*")


def bounded(html: bytes) -> tuple[bytes, bool]:
    """The bytes up to the bounds, and whether anything was cut."""
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
    """Where the sum of the tags' depths passes the bound; the length if it never does."""
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
    """Tags that have more attributes than any page needs lose them all."""
    kept, start, at = [], 0, 0
    while at < len(html):
        end = html.find(b">", at)
        if 0 <= end < at + SHORT_TAG:
            at += SHORT_TAG
            continue
        end = len(html) if end < 0 else end
        name = _NAME.search(html, max(start, html.rfind(b">", max(0, at - SHORT_TAG), at)), end)  # none in a long text
        if name and len(_QUOTED.sub(b"", html[name.end() : end]).split()) > MAX_ATTRIBUTES:
            kept.append(html[start : name.end()])
            start = end
        at = end
    return b"".join([*kept, html[start:]])
