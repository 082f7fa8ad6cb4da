"""The body of a page, walked once from node to node: its elements, and the texts that block-level borders part.

Written for speed: lexbor gives the nodes in the order of the document, and what ended between two of them is told by the
second one's parent. Judges nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from newscrawl.read.tables import data_rows
from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newscrawl.read.blocks import Layout

#: Nodes, blocks, elements and pictures read of one page at most; what lies beyond is left out (`Layout.is_cut`). Depth of elements: what
#: lies deeper is read as if it stood there.
MAX_NODES, MAX_BLOCKS, MAX_ELEMENTS, MAX_IMAGES, MAX_DEPTH = 250_000, 6000, 60_000, 500, 200
#: Characters of one block, and of all blocks.
MAX_BLOCK, MAX_TEXT = 100_000, 2_000_000

_BLOCK_TAGS = (
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav noscript ol optgroup option p pre search section select summary table "
    "tbody td tfoot th thead tr ul video audio amp-sidebar amp-consent slot"
).split()
_SKIPPED_TAGS = (
    "script style template svg math iframe object embed canvas head title link meta base map area param source track datalist "
    "textarea select option optgroup input -comment !doctype"
).split()
_INITIAL = re.compile(r"drop-?cap|dropped|lettrine|initial|first-?letter|kapital", re.I)
#: An entity that stands in the text itself, because it was escaped twice; code may speak of them.
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,6}|#x[\da-fA-F]{2,5}|[a-zA-Z]{2,8});")
_CODE_TAGS = frozenset({"pre", "code", "kbd", "samp", "tt", "textarea"})
_BREAK = "\x1e"  # stands for <br> until the block ends

# What a tag means to the walk.
_SKIPPED, _TEXT, _LINE_END, _IMAGE, _INLINE, _LINK, _BLOCK, _TABLE = range(8)
_MEANINGS = (
    dict.fromkeys(_BLOCK_TAGS, _BLOCK) | dict.fromkeys(_SKIPPED_TAGS, _SKIPPED) | {"-text": _TEXT, "a": _LINK, "table": _TABLE, "img": _IMAGE, "amp-img": _IMAGE, "br": _LINE_END}
)  # fmt: skip
#: Meanings and names of the tags that pages had so far, by lexbor's numbers. A custom element's number holds for one page only.
_meanings: dict[int, int] = {}
_names: dict[int, str] = {}
_LAST = 999


def _learn(node: LexborNode, number: int) -> int:
    tag = node.tag or ""
    meaning = _MEANINGS.get(tag, _INLINE)
    if number <= _LAST and tag:
        _meanings[number], _names[number] = meaning, tag
    return meaning


def walk(layout: Layout, body: LexborNode) -> None:
    """Fill a layout, but for kinds and levels. One function, because at each of some thousand nodes a call costs as much as the work."""
    tags, parents, attributes, opens, closes, texts = (
        layout.tags,
        layout.parents,
        layout.attributes,
        layout.opens,
        layout.closes,
        layout.texts,
    )
    meaning, name, element_of = _meanings.get, _names.get, {body.mem_id: 0}
    stack, shapes = [0], [_BLOCK]  # the elements that are open, and what each is
    links = 0  # open <a>
    pieces: list[str] = []  # texts of the block so far
    linked: list[int] = []  # places in it of those that stand in links
    chain: list[int] = []  # the elements around the first of them
    level = low = 0  # how many of `chain` hold all of them; the fewest open elements since the last text
    initial = False  # the block so far is a drop cap
    tags.append("body")
    parents.append(-1)
    attributes.append(body.attributes)
    opens.append(0)
    closes.append(0)
    nodes = body.traverse(include_text=True)
    next(nodes)  # <body> itself
    for node in islice(nodes, MAX_NODES):
        number = node.tag_id
        code = meaning(number)
        if code is None:
            code = _learn(node, number)
        if code == _SKIPPED:
            continue
        text = ""
        if code == _TEXT:
            text = node.text_content or ""
            if text.isspace():
                if not pieces:
                    continue
                text = ""
        parent = element_of.get(node.parent.mem_id)  # type: ignore[union-attr]
        if parent is None:  # inside something that is skipped
            continue
        if stack[-1] != parent:
            while stack[-1] != parent:
                element, shape = stack.pop(), shapes.pop()
                if shape >= _BLOCK:
                    if pieces:
                        if chain:
                            _add(layout, pieces, linked, chain[level - 1])
                        pieces, linked, chain, initial = [], [], [], False
                    closes[element] = len(texts)
                    continue
                if shape == _LINK:
                    links -= 1
                if len(texts) > opens[element]:
                    closes[element] = len(texts) + (1 if pieces else 0)
                if (
                    len(pieces) == 1
                    and len(pieces[0].strip()) == 1
                    and _INITIAL.search(attributes[element].get("class") or "")
                ):
                    initial = True
            if len(stack) < low:
                low = len(stack)
        if code == _TEXT:
            if not text:
                if pieces and not initial:
                    pieces.append(" ")
                continue
            if initial:  # a drop cap belongs to its word, whatever white space the markup has between them
                pieces[0], text, initial = pieces[0].strip(), text.lstrip(), False
            pieces.append(text)
            if links:
                linked.append(len(pieces) - 1)
            if not chain:
                chain, level = stack[:], len(stack)
            elif low < level:
                level = low
            low = len(stack)
            continue
        if code == _LINE_END:
            pieces.append(_BREAK)
            continue
        if code >= _BLOCK:
            if len(texts) >= MAX_BLOCKS or layout.letters > MAX_TEXT:
                layout.is_cut = True
                break
            if pieces:
                if chain:
                    _add(layout, pieces, linked, chain[level - 1])
                pieces, linked, chain, initial = [], [], [], False
        elif code == _LINK:
            if linked and not links and linked[-1] == len(pieces) - 1:
                pieces.append(" ")  # two links side by side are two words
        elif code == _IMAGE and len(layout.images) >= MAX_IMAGES:
            continue
        element = len(tags)
        if element >= MAX_ELEMENTS:
            layout.is_cut = True
            break
        if len(stack) > MAX_DEPTH + 1:  # too deep: its texts count as those of the element above it
            element_of[node.mem_id] = parent
            continue
        tags.append("img" if code == _IMAGE else name(number) or node.tag or "")
        parents.append(parent)
        attributes.append(node.attributes)
        opens.append(len(texts))
        closes.append(len(texts) + 1)
        if code == _IMAGE:
            layout.see(element)
            continue
        if code == _TABLE and (rows := data_rows(node, MAX_BLOCK)):
            layout.tables.append(len(texts))
            layout.add(_bounded(layout, "\n".join(rows)), element, 0.0)
            closes[element] = len(texts)
            continue  # what the table holds is in no list, and so passed over
        element_of[node.mem_id] = element
        stack.append(element)
        shapes.append(code)
        if code == _LINK:
            links += 1
    layout.is_cut |= next(nodes, None) is not None
    for element, shape in zip(reversed(stack), reversed(shapes), strict=True):
        if shape >= _BLOCK:
            if pieces and chain:
                _add(layout, pieces, linked, chain[level - 1])
            pieces = []
            closes[element] = len(texts)
        elif len(texts) > opens[element]:
            closes[element] = len(texts) + (1 if pieces else 0)


def _add(layout: Layout, pieces: list[str], linked: list[int], place: int) -> None:
    """Make a block, or several parted by <br>, of what was said between two borders."""
    if _BREAK not in pieces:
        if text := _text(layout, pieces, place):
            layout.add(_bounded(layout, text), place, _share(pieces, linked, 0, len(pieces)))
        return
    lines: list[str] = []
    first = start = 0  # of the paragraph, and of the line, in the pieces
    for end in [at for at, piece in enumerate(pieces) if piece == _BREAK] + [len(pieces)]:
        line = _text(layout, pieces[start:end], place)
        if line:
            lines.append(line)
        if lines and (not line or end == len(pieces)):
            if len(layout.texts) > MAX_BLOCKS or layout.letters > MAX_TEXT:
                layout.is_cut = True
                return
            layout.add(_bounded(layout, "\n".join(lines)), place, _share(pieces, linked, first, end))
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
    """How much of the pieces from `start` to `end` stands in links."""
    places = linked[bisect_left(linked, start) : bisect_left(linked, end)] if linked else ()
    return sum(_letters(pieces[at]) for at in places) / max(1, sum(map(_letters, pieces[start:end]))) if places else 0.0


def _bounded(layout: Layout, text: str) -> str:
    layout.letters += len(text)
    if len(text) <= MAX_BLOCK:
        return text
    layout.is_cut = True
    return text[:MAX_BLOCK].rstrip()


def _resolved(match: re.Match[str]) -> str:
    return unescape(unescape(match[0]))


def _letters(piece: str) -> int:
    return len(piece.strip())
