"""Walks the body of a page once, node by node, and collects its elements and the texts between block-level boundaries.

Written for speed: lexbor yields nodes in document order, and the parent of each node tells which elements ended before
it. Judges nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from newscrawl.read.layout import Layout
from newscrawl.read.picture import with_sources
from newscrawl.read.preformatted import add_preformatted
from newscrawl.read.tables import data_rows
from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Nodes, blocks, elements and images that are read of one page at most; the rest is left out (`Layout.is_cut`).
MAX_NODES, MAX_BLOCKS, MAX_ELEMENTS, MAX_IMAGES = 250_000, 6000, 60_000, 500
#: Elements nested deeper than this are treated as part of the element at this depth.
MAX_DEPTH = 200
#: Characters of one block, and of all blocks.
MAX_BLOCK, MAX_TEXT = 100_000, 2_000_000

_BLOCK_TAGS = (
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav noscript ol optgroup option p "
    "pre search section select summary table tbody td tfoot th thead tr ul video audio amp-sidebar amp-consent slot"
).split()
_SKIPPED_TAGS = (
    "script style template svg rt rp iframe object embed canvas head title link meta base map area param source track "
    "datalist textarea select option optgroup input -comment !doctype"
).split()
#: Readings of ruby (rt, rp) are skipped, as they repeat what they stand over.
_DROP_CAP_CLASS = re.compile(r"drop-?cap|\bdrop(?:ped)?\b|lettrine|initial|first-?letter|kapital", re.I)
#: Elements that contain paragraphs; a custom element directly in one is taken for a paragraph.
_CONTAINERS = frozenset({"body", "main", "article", "section", "div"})
#: An entity that is still in the text after parsing, because it was escaped twice. In code it may be meant.
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,6}|#x[\da-fA-F]{2,5}|[a-zA-Z]{2,8});")
_CODE_TAGS = frozenset({"pre", "code", "kbd", "samp", "tt", "textarea"})
_FOR_SCREEN_READERS = re.compile(r"visually-?hidden|sr-only|screen-?reader|assistive-text", re.I)
#: What ends a phrase, and stands beside its last word.
_CLOSING = frozenset(",.;:!?)]}’”»、。，")
_BREAK = "\x1e"  # stands for <br> until the block ends

#: What a tag means to the walk.
_SKIPPED, _TEXT, _FORMULA, _LINE_END, _IMAGE, _INLINE, _LINK, _BLOCK, _PRE, _TABLE = range(10)
_MEANINGS = {
    **dict.fromkeys(_BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(_SKIPPED_TAGS, _SKIPPED),
    "-text": _TEXT,
    "a": _LINK,
    "table": _TABLE,
    "pre": _PRE,
    "math": _FORMULA,
    "img": _IMAGE,
    "amp-img": _IMAGE,
    "br": _LINE_END,
}
#: Meanings and names of the tags seen so far, by lexbor's tag number.
_meanings: dict[int, int] = {}
_names: dict[int, str] = {}
#: Higher numbers are those of custom elements, which are only valid for one page.
_LAST_STANDARD_TAG = 999


def _learn(node: LexborNode, number: int) -> int:
    tag = node.tag or ""
    meaning = _MEANINGS.get(tag, _INLINE)
    if number <= _LAST_STANDARD_TAG and tag:
        _meanings[number], _names[number] = meaning, tag
    return meaning


def walk(layout: Layout, body: LexborNode) -> None:
    """Fill a layout with the elements, blocks and images of <body>; kinds and levels are set later.

    This is one long function on purpose: it visits thousands of nodes of every page, and at each of them a function
    call would cost as much as the work itself.
    """
    tags, parents, attributes = layout.tags, layout.parents, layout.attributes
    opens, closes, texts = layout.opens, layout.closes, layout.texts
    meaning_of, name_of, element_of = _meanings.get, _names.get, {body.mem_id: 0}
    stack, meanings = [0], [_BLOCK]  # the open elements, and the meaning of each
    links = 0  # how many of them are <a>
    pieces: list[str] = []  # the texts of the current block
    linked: list[int] = []  # indexes of the pieces that are inside links
    chain: list[int] = []  # the elements around the first piece
    level = 0  # how many elements of `chain` contain all pieces
    low = 0  # the smallest number of open elements since the last piece
    is_drop_cap = False  # whether the block so far is a drop cap
    tags.append("body")
    parents.append(-1)
    attributes.append(body.attributes)
    opens.append(0)
    closes.append(0)
    nodes = body.traverse(include_text=True)
    next(nodes)  # <body> itself
    for node in islice(nodes, MAX_NODES):
        number = node.tag_id
        meaning = meaning_of(number)
        if meaning is None:
            meaning = _learn(node, number)
            if meaning == _INLINE and number > _LAST_STANDARD_TAG and _is_container(node.parent):
                meaning = _BLOCK
        if meaning == _SKIPPED:
            continue
        text = ""
        if meaning == _TEXT:
            text = node.text_content or ""
            if text.isspace():
                if not pieces:
                    continue
                text = ""
        parent = element_of.get(node.parent.mem_id)  # type: ignore[union-attr]
        if parent is None:  # inside a skipped element
            continue
        if stack[-1] != parent:  # close the elements that ended before this node
            while stack[-1] != parent:
                element, open_meaning = stack.pop(), meanings.pop()
                if open_meaning >= _BLOCK and not (
                    len(pieces) == 1
                    and len(pieces[0].strip()) == 1
                    and _DROP_CAP_CLASS.search(attributes[element].get("class") or "")
                ):
                    if pieces:
                        if chain:
                            _add(layout, pieces, linked, chain[level - 1])
                        pieces, linked, chain, is_drop_cap = [], [], [], False
                    closes[element] = len(texts)
                    continue
                if open_meaning == _LINK:
                    links -= 1
                if len(texts) > opens[element]:
                    closes[element] = len(texts) + (1 if pieces else 0)
                if (
                    len(pieces) == 1
                    and len(pieces[0].strip()) == 1
                    and _DROP_CAP_CLASS.search(attributes[element].get("class") or "")
                ):
                    is_drop_cap = True
            if len(stack) < low:
                low = len(stack)
        if meaning == _FORMULA:
            text = " ".join((node.attributes.get("alttext") or node.text(separator="")).split())
        if meaning <= _FORMULA:
            if not text:
                if pieces and not is_drop_cap:
                    pieces.append(" ")
                continue
            if pieces and pieces[-1] == " " and linked and linked[-1] == len(pieces) - 2 and text[0] in _CLOSING:
                pieces.pop()  # a comma after a link is no word
            if is_drop_cap:  # join it to its word, whatever white space is between them in the markup
                pieces[0], text, is_drop_cap = pieces[0].strip(), text.lstrip(), False
            pieces.append(text)
            if links:
                linked.append(len(pieces) - 1)
            if not chain:
                chain, level = stack[:], len(stack)
            elif low < level:
                level = low
            low = len(stack)
            continue
        if meaning == _LINE_END:
            pieces.append(_BREAK)
            continue
        if meaning >= _BLOCK:
            if len(texts) >= MAX_BLOCKS or layout.characters > MAX_TEXT:
                layout.is_cut = True
                break
            if pieces:
                if chain:
                    _add(layout, pieces, linked, chain[level - 1])
                pieces, linked, chain, is_drop_cap = [], [], [], False
        elif meaning == _LINK:
            if linked and not links and linked[-1] == len(pieces) - 1:
                pieces.append(" ")  # adjacent links are separate words
        elif meaning == _IMAGE and not pieces and (letter := drop_cap(node.attributes)):
            pieces, chain, level, low, is_drop_cap = [letter], stack[:], len(stack), len(stack), True
            continue
        elif (meaning == _IMAGE and len(layout.images) >= MAX_IMAGES) or (meaning == _INLINE and _is_said_twice(node)):
            continue
        element = len(tags)
        if element >= MAX_ELEMENTS:
            layout.is_cut = True
            break
        if len(stack) > MAX_DEPTH + 1:  # too deep: treat its texts as the parent's
            element_of[node.mem_id] = parent
            continue
        tags.append("img" if meaning == _IMAGE else name_of(number) or node.tag or "")
        parents.append(parent)
        attributes.append(with_sources(node) if meaning == _IMAGE and tags[parent] == "picture" else node.attributes)
        opens.append(len(texts))
        closes.append(len(texts) + 1)
        if meaning == _IMAGE:
            layout.add_image(element)
            continue
        if meaning == _PRE and add_preformatted(layout, node, element):
            continue
        if meaning == _TABLE and (rows := data_rows(node, MAX_BLOCK)):
            layout.tables.append(len(texts))
            layout.add_block(_bounded(layout, "\n".join(rows)), element, 0.0)
            closes[element] = len(texts)
            continue  # its cells have no entry in `element_of`, and so are skipped
        element_of[node.mem_id] = element
        stack.append(element)
        meanings.append(meaning)
        if meaning == _LINK:
            links += 1
    layout.is_cut |= next(nodes, None) is not None
    for element, open_meaning in zip(reversed(stack), reversed(meanings), strict=True):
        if open_meaning >= _BLOCK:
            if pieces and chain:
                _add(layout, pieces, linked, chain[level - 1])
            pieces = []
            closes[element] = len(texts)
        elif len(texts) > opens[element]:
            closes[element] = len(texts) + (1 if pieces else 0)


def _is_container(node: LexborNode | None) -> bool:
    return node is not None and (node.tag or "") in _CONTAINERS


def drop_cap(image: dict[str, str | None]) -> str:
    """The letter that an image with these attributes shows as a drop cap; "" for any other image."""
    letter = (image.get("alt") or "").strip()
    return letter if len(letter) == 1 and _DROP_CAP_CLASS.search(image.get("class") or "") else ""


def _is_said_twice(node: LexborNode) -> bool:
    """Is it shown to sighted readers, beside an element that says the same to screen readers?"""
    if node.attributes.get("aria-hidden") != "true":
        return False
    beside = node.next
    return beside is not None and _FOR_SCREEN_READERS.search(beside.attributes.get("class") or "") is not None


def _add(layout: Layout, pieces: list[str], linked: list[int], place: int) -> None:
    """Make a block of the pieces, or several blocks if a blank line (<br><br>) separates them."""
    if _BREAK not in pieces:
        if text := _text(layout, pieces, place):
            layout.add_block(_bounded(layout, text), place, _share(pieces, linked, 0, len(pieces)))
        return
    lines: list[str] = []
    first = start = 0  # where the current paragraph, and the current line, begin in `pieces`
    for end in [at for at, piece in enumerate(pieces) if piece == _BREAK] + [len(pieces)]:
        line = _text(layout, pieces[start:end], place)
        if line:
            lines.append(line)
        if lines and (not line or end == len(pieces)):
            if len(layout.texts) > MAX_BLOCKS or layout.characters > MAX_TEXT:
                layout.is_cut = True
                return
            layout.add_block(_bounded(layout, "\n".join(lines)), place, _share(pieces, linked, first, end))
            lines = []
        start = end + 1
        if not lines:
            first = start


def _text(layout: Layout, pieces: list[str], place: int) -> str:
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    if "&" in text and layout.tags[place] not in _CODE_TAGS:
        text = _ENTITY.sub(_resolved, text)
    return clean(text)


def _share(pieces: list[str], linked: list[int], start: int, end: int) -> float:
    """Share of the characters of `pieces[start:end]` that are inside links."""
    places = linked[bisect_left(linked, start) : bisect_left(linked, end)] if linked else ()
    if not places:
        return 0.0
    return sum(_stripped_length(pieces[at]) for at in places) / max(1, sum(map(_stripped_length, pieces[start:end])))


def _bounded(layout: Layout, text: str) -> str:
    layout.characters += len(text)
    if len(text) <= MAX_BLOCK:
        return text
    layout.is_cut = True
    return text[:MAX_BLOCK].rstrip()


def _resolved(match: re.Match[str]) -> str:
    return unescape(unescape(match[0]))


def _stripped_length(piece: str) -> int:
    return len(piece.strip())
