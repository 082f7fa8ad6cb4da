"""Document -> Layout: the page's text as blocks, each with its place in the tree. Judges nothing.

A block is what lies between two block-level borders (start or end of a block-level element, or two <br>
in a row). The Layout keeps plain lists, not nouns, because most blocks of a page are looked at only by
arithmetic; `Layout.block` makes the noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from newscrawl.article import Block, Element, Kind, Path
from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Blocks read of one page at most, and depth of elements; what lies beyond is left out (`Layout.is_cut`).
MAX_BLOCKS, MAX_DEPTH = 6000, 200

_BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav noscript ol optgroup option p pre search section select summary table "
    "tbody td tfoot th thead tr ul video audio amp-sidebar amp-consent slot".split()
)
_SKIPPED_TAGS = frozenset(
    "script style template svg math iframe object embed canvas head title link meta base map area param source track datalist "
    "textarea select option optgroup input -comment !doctype".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_EMBED = re.compile(
    r"\b(twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|fb-video|bluesky-embed|mastodon-embed|reddit-embed\w*|reddit-card|text-post-media|telegram-post|imgur-embed-pub|pinterest-embed)\b"
)
_CAPTION = re.compile(
    r"(?<![a-z])(wp-?caption|caption|captions|img-?credits?|image-?credits?|photo-?credits?|picture-?credits?|image-?caption|imagecaption|photo-?caption|figcaption|bildunterschrift|bildtext|"
    r"legende|pie-?de-?foto|pie-?foto|legenda|didascalia|bijschrift|fotoaltyazi)(?![a-z])"
)
_INITIAL = re.compile(r"drop-?cap|dropped|lettrine|initial|first-?letter|kapital", re.I)
_BREAK = "\x1e"  # stands for <br> until the block ends


@dataclass(slots=True)
class FoundImage:
    """An <img> as it stands: its element, and the index of the block that comes next."""

    node: LexborNode
    element: int
    before: int


@dataclass(slots=True)
class Layout:
    """Elements and blocks of a page, as parallel lists.

    tags, parents, attributes, opens, closes: one entry an element; parents point backwards, the first (-1) is <body>'s;
    the element's blocks are those from opens up to closes (left out).
    kinds, texts, link_shares, levels, places: one entry a block; link_shares is the share of its characters that stand in
    links, places names the element that holds it.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    attributes: list[dict[str, str | None]] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    link_shares: list[float] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    images: list[FoundImage] = field(default_factory=list)
    is_cut: bool = False
    #: blocks that only their place beside a picture makes captions
    unmarked: set[int] = field(default_factory=set)
    _paths: dict[int, Path] = field(default_factory=dict)

    def path(self, element: int) -> Path:
        """Steps from <body> (left out) down to `element`; worked out when they are looked at."""
        known = self._paths.get(element)
        if known is None:
            known = self._paths[element] = Path(make=partial(self._steps, element))
        return known

    def _steps(self, element: int) -> tuple[Element, ...]:
        if element <= 0:
            return ()
        attributes = {k: v or "" for k, v in self.attributes[element].items()}
        step = Element(self.tags[element], attributes.get("id", ""), tuple(attributes.get("class", "").split()), attributes)
        return (*self.path(self.parents[element]).steps, step)

    def block(self, index: int, score: float | None = None) -> Block:
        """The noun of one block."""
        text = self.texts[index]
        linked = round(self.link_shares[index] * len(text.split())) if self.link_shares[index] else 0
        return Block(index, self.kinds[index], text, self.path(self.places[index]), linked, self.levels[index], score)


def lay_out(tree: LexborHTMLParser) -> Layout:
    """Read the blocks of a page in the order of the document."""
    body = tree.body
    walker = _Walker()
    if body is not None:
        walker.enter(body, -1, "body")
        walker.children(body, 0, 0)
        walker.end_block()
        walker.layout.closes[0] = len(walker.layout.texts)
    _mark_captions(walker.layout)
    return walker.layout


#: Words of a picture's unmarked caption at most; of one that is a paragraph's own text, whose picture stands in it.
CAPTION_WORDS, INLINE_CAPTION_WORDS = 45, 25
_SMALL = frozenset({"i", "em", "small", "font", "span", "sub", "cite"})


def _mark_captions(layout: Layout) -> None:
    """A short paragraph that shares a wrapper with one picture and nothing else is the picture's caption, whatever it is called."""
    for image in layout.images:
        wrapper = layout.parents[image.element]
        for _ in range(4):
            if wrapper <= 0 or layout.closes[wrapper] > layout.opens[wrapper]:
                break
            wrapper = layout.parents[wrapper]
        start, stop = layout.opens[wrapper], min(layout.closes[wrapper], len(layout.texts))
        if wrapper <= 0 or not 1 <= stop - start <= 2 or start < image.before - 1:
            continue
        limit = INLINE_CAPTION_WORDS if layout.tags[wrapper] in ("p", "a", "li") else CAPTION_WORDS
        for index in range(start, stop):
            small = layout.tags[layout.places[index]] in _SMALL or limit == CAPTION_WORDS
            if layout.kinds[index] is Kind.PARAGRAPH and small and layout.link_shares[index] < 0.5 and len(layout.texts[index].split()) <= limit:
                layout.kinds[index] = Kind.CAPTION
                layout.unmarked.add(index)


class _Walker:
    """Walks the tree once. `holder` is the nearest block-level element, `inline` the inline ones open inside it."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.holder = 0
        self.inline: list[int] = []
        self.links = 0
        self.pieces: list[str] = []
        self.linked: list[str] = []
        self.common: list[int] | None = None  # inline elements that hold all text of the block so far

        self.initial = False  # the block so far is a drop cap

    def enter(self, node: LexborNode, parent: int, tag: str) -> int:
        layout = self.layout
        layout.tags.append(tag)
        layout.parents.append(parent)
        layout.attributes.append(node.attributes)
        layout.opens.append(len(layout.texts))
        layout.closes.append(len(layout.texts) + 1)
        return len(layout.tags) - 1

    def children(self, node: LexborNode, element: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.layout.is_cut = True
            self.text(node.text(deep=True, separator=" "))
            return
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self.text(child.text_content or "")
            elif tag in _SKIPPED_TAGS:
                continue
            elif tag == "br":
                self.pieces.append(_BREAK)
            elif tag == "img" or tag == "amp-img":
                if len(self.layout.images) < 500:
                    self.layout.images.append(FoundImage(child, self.enter(child, element, "img"), len(self.layout.texts)))
            elif tag in _BLOCK_TAGS:
                if len(self.layout.texts) >= MAX_BLOCKS:
                    self.layout.is_cut = True
                    return
                self.block_level(child, element, depth, tag)
            else:
                self.inline_level(child, element, depth, tag)

    def block_level(self, node: LexborNode, parent: int, depth: int, tag: str) -> None:
        self.end_block()
        outer, inline = self.holder, self.inline
        self.holder, self.inline = self.enter(node, parent, tag), []
        element = self.holder
        if tag == "table" and (rows := _data_rows(node)):
            self.table(rows)
        else:
            self.children(node, element, depth + 1)
            self.end_block()
        self.layout.closes[element] = len(self.layout.texts)
        self.holder, self.inline = outer, inline

    def inline_level(self, node: LexborNode, parent: int, depth: int, tag: str) -> None:
        element = self.enter(node, parent, tag)
        self.inline.append(element)
        if tag == "a":
            if self.pieces and self.links == 0 and self.linked and self.pieces[-1] is self.linked[-1]:
                self.pieces.append(" ")  # two links side by side are two words
            self.links += 1
        self.children(node, element, depth + 1)
        if tag == "a":
            self.links -= 1
        self.inline.pop()
        if len(self.layout.texts) > self.layout.opens[element]:
            self.layout.closes[element] = len(self.layout.texts) + (1 if self.pieces else 0)
        if len(self.pieces) == 1 and len(self.pieces[0].strip()) == 1 and _INITIAL.search(node.attributes.get("class") or ""):
            self.initial = True

    def text(self, text: str) -> None:
        if not text or text.isspace():
            if text and self.pieces and not self.initial:
                self.pieces.append(" ")
            return
        if self.initial:  # a drop cap belongs to its word, whatever white space the markup has between them
            self.pieces[0], text, self.initial = self.pieces[0].strip(), text.lstrip(), False
        self.pieces.append(text)
        if self.links:
            self.linked.append(text)
        if self.common is None:
            self.common = self.inline[:]
        elif self.common:
            n = 0
            for a, b in zip(self.common, self.inline, strict=False):
                if a != b:
                    break
                n += 1
            del self.common[n:]

    def end_block(self) -> None:
        if not self.pieces:
            return
        if self.common is not None:
            self._flush()
        self.pieces, self.linked, self.common, self.initial = [], [], None, False

    def _flush(self) -> None:
        text = "".join(self.pieces)
        linked = sum(map(_letters, self.linked)) / max(1, sum(map(_letters, self.pieces))) if self.linked else 0.0
        place = self.common[-1] if self.common else self.holder
        if _BREAK not in text:
            if text := clean(text):
                self.add(text, place, linked)
            return
        paragraphs: list[list[str]] = [[]]
        for line in map(clean, text.split(_BREAK)):
            if line:
                paragraphs[-1].append(line)
            elif paragraphs[-1]:
                paragraphs.append([])
        for lines in paragraphs:
            if lines:
                self.add("\n".join(lines), place, linked)

    def add(self, text: str, place: int, link_share: float) -> None:
        layout = self.layout
        kind, level = _kind(layout, place, self.holder)
        layout.kinds.append(kind)
        layout.levels.append(level)
        layout.texts.append(text)
        layout.link_shares.append(link_share)
        layout.places.append(place)

    def table(self, rows: list[str]) -> None:
        layout = self.layout
        layout.kinds.append(Kind.TABLE)
        layout.levels.append(0)
        layout.texts.append("\n".join(rows))
        layout.link_shares.append(0.0)
        layout.places.append(self.holder)


def _letters(piece: str) -> int:
    return len(piece.strip())


@lru_cache(maxsize=4096)
def _class_kind(names: str) -> Kind | None:
    names = names.lower()
    if _EMBED.search(names):
        return Kind.EMBED
    return Kind.CAPTION if _CAPTION.search(names) else None


def _kind(layout: Layout, place: int, holder: int) -> tuple[Kind, int]:
    """Kind by the nearest elements: a caption's class or <figcaption> first, then heading, quote, list item."""
    element, step, tags, kind, level = place, 0, layout.tags, Kind.PARAGRAPH, 0
    while element > 0 and step < 7:
        tag = tags[element]
        names = layout.attributes[element].get("class")
        if names and (marked := _class_kind(names)) is not None and (marked is Kind.EMBED or step < 3):
            return marked, 0
        if tag == "figcaption":
            return Kind.CAPTION, 0
        if kind is Kind.PARAGRAPH:
            if tag in _HEADINGS:
                kind, level = Kind.HEADING, _HEADINGS[tag]
            elif tag == "blockquote":
                kind = Kind.QUOTE
            elif tag == "li" and step < 3:
                kind = Kind.LIST_ITEM
            elif tag == "pre":
                kind = Kind.PREFORMATTED
            elif tag == "caption":
                return Kind.CAPTION, 0
        element = layout.parents[element]
        step += 1
    return kind, level


def _data_rows(table: LexborNode) -> list[str] | None:
    """The rows of a table of data, cells parted by " | "; None when the table only lays out the page."""
    if table.attributes.get("role") == "presentation" or table.css_first("table table, form, h1, article, img, iframe, tr tr tr") is not None:
        return None
    rows, widest, words, cells = [], 0, 0, 0
    for tr in table.css("tr"):
        row = [clean(cell.text(separator=" ")) for cell in tr.iter() if cell.tag in ("td", "th")]
        widest = max(widest, len(row))
        filled = [cell for cell in row if cell]
        if filled:
            rows.append(" | ".join(filled))
            words += sum(len(cell.split()) for cell in filled)
            cells += len(filled)
    if len(rows) < 2 or widest < 2 or words > 25 * cells:
        return None
    return rows
