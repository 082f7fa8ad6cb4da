"""Document -> Layout: the page's text as blocks, each with its place in the tree. Judges nothing.

A block is what lies between two block-level borders (start or end of a block-level element, or two <br>
in a row). The Layout keeps plain lists, not nouns, because most blocks of a page are looked at only by
arithmetic; `Layout.block` makes the noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newscrawl.article import Block, Element, Kind, Path
from newscrawl.read.walk import walk
from newscrawl.text import folded_length

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from newscrawl.read.features import Surroundings

#: How many elements above a block are looked at.
STEPS = 10

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_EMBED_NAME = re.compile(
    r"\b(twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|fb-video|bluesky-embed|mastodon-embed|reddit-embed\w*|reddit-card|text-post-media|telegram-post|imgur-embed-pub|pinterest-embed)\b"
)
_CAPTION_NAME = re.compile(
    r"(?<![a-z])(wp-?caption|caption|captions|img-?credits?|image-?credits?|photo-?credits?|picture-?credits?|image-?caption|imagecaption|photo-?caption|figcaption|bildunterschrift|bildtext|"
    r"legende|pie-?de-?foto|pie-?foto|legenda|didascalia|bijschrift|fotoaltyazi)(?![a-z])"
)


@dataclass(slots=True)
class FoundImage:
    """An <img> as it stands: its element, and the index of the block that comes next."""

    element: int
    before: int


@dataclass(slots=True)
class Layout:
    """Elements and blocks of a page, as parallel lists.

    tags, parents, attributes, opens, closes: one entry an element; parents point backwards, the first (-1) is <body>'s;
    the element's blocks are those from opens up to closes (left out).
    kinds, texts, link_shares, levels, places: one entry a block; link_shares is the share of its characters that stand in
    links, places names the element that holds it. tables: indexes of the blocks that are tables of data. up: STEPS × blocks: that element, its parent, and so on up to <body> (0),
    which repeats. sizes: words of each block. class_of: for each element, which of `class_names` (the first is None) is its class attribute. surroundings: what
    `features` keeps here.
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
    tables: list[int] = field(default_factory=list)
    up: NDArray[np.intp] = field(default_factory=lambda: np.zeros((STEPS, 0), dtype=np.intp))
    class_of: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    class_names: list[str | None] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    letters: int = 0
    is_cut: bool = False
    #: blocks that only their place beside a picture makes captions
    unmarked: set[int] = field(default_factory=set)
    surroundings: Surroundings | None = None
    _steps: dict[int, tuple[Element, ...]] = field(default_factory=dict)

    def add(self, text: str, place: int, link_share: float) -> None:
        """One more block."""
        self.texts.append(text)
        self.places.append(place)
        self.link_shares.append(link_share)

    def see(self, element: int) -> None:
        """One more picture."""
        self.images.append(FoundImage(element, len(self.texts)))

    def path(self, element: int) -> Path:
        """Steps from <body> (left out) down to `element`; worked out when they are looked at."""
        return Path(make=partial(self._steps_to, element))

    def _steps_to(self, element: int) -> tuple[Element, ...]:
        known = self._steps.get(element)
        if known is None:
            attributes = {name: value or "" for name, value in self.attributes[element].items()}
            step = Element(
                self.tags[element], attributes.get("id", ""), tuple(attributes.get("class", "").split()), attributes
            )
            known = self._steps[element] = (*self._steps_to(self.parents[element]), step) if element > 0 else ()
        return known

    def block(self, index: int, score: float | None = None) -> Block:
        """The noun of one block."""
        text = self.texts[index]
        linked = round(self.link_shares[index] * len(text.split())) if self.link_shares[index] else 0
        return Block(index, self.kinds[index], text, self.path(self.places[index]), linked, self.levels[index], score)


def lay_out(tree: LexborHTMLParser) -> Layout:
    """Read the blocks of a page in the order of the document."""
    layout, body = Layout(), tree.body
    if body is not None:
        walk(layout, body)
        layout.up = _steps_up(layout)
        numbers: dict[str | None, int] = {None: 0}
        layout.class_of = np.array(
            [numbers.setdefault(attributes.get("class"), len(numbers)) for attributes in layout.attributes]
        )
        layout.class_names = list(numbers)
        _name_kinds(layout)
        _mark_captions(layout)
        layout.sizes = list(map(folded_length, layout.texts))
    return layout


def _steps_up(layout: Layout) -> NDArray[np.intp]:
    parents = np.array(layout.parents)
    parents[0] = 0
    up = np.empty((STEPS, len(layout.places)), dtype=np.intp)
    up[0] = layout.places
    for step in range(1, STEPS):
        up[step] = parents[up[step - 1]]
    return up


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
            if (
                layout.kinds[index] is Kind.PARAGRAPH
                and small
                and layout.link_shares[index] < 0.5
                and len(layout.texts[index].split()) <= limit
            ):
                layout.kinds[index] = Kind.CAPTION
                layout.unmarked.add(index)


#: Kinds by number; what a tag, or a class, tells of the kind of a block in it.
_KINDS = (
    Kind.PARAGRAPH,
    Kind.HEADING,
    Kind.QUOTE,
    Kind.PREFORMATTED,
    Kind.LIST_ITEM,
    Kind.CAPTION,
    Kind.EMBED,
    Kind.TABLE,
)
_PARAGRAPH, _HEADING, _QUOTE, _PREFORMATTED, _LIST_ITEM, _CAPTION, _EMBED, _TABLE, _FIGCAPTION = range(9)
_TAG_KINDS = {
    **dict.fromkeys(_HEADINGS, _HEADING),
    "blockquote": _QUOTE,
    "pre": _PREFORMATTED,
    "li": _LIST_ITEM,
    "caption": _CAPTION,
    "figcaption": _FIGCAPTION,
}


class _ClassKinds(dict[str, int]):
    """What one class name tells; it is worked out once, because the pages of a site, and many sites, share their names."""

    def __missing__(self, name: str) -> int:
        if len(self) > 50_000:
            self.clear()
        folded = name.lower()
        self[name] = kind = (
            _EMBED if _EMBED_NAME.search(folded) else _CAPTION if _CAPTION_NAME.search(folded) else _PARAGRAPH
        )
        return kind


_class_kinds = _ClassKinds()


def _name_kinds(layout: Layout) -> None:
    """Kinds by the nearest elements: a caption's class or <figcaption> first, then heading, quote, list item."""
    up = layout.up[:7]
    classes = layout.class_of[up]
    by_class = np.zeros(len(layout.class_names), dtype=np.intp)
    by_class[classes] = 1
    for number in np.flatnonzero(by_class).tolist():
        by_class[number] = max(
            map(_class_kinds.__getitem__, (layout.class_names[number] or "").split()), default=_PARAGRAPH
        )
    by_tag = np.fromiter(map(_TAG_KINDS.get, layout.tags, repeat(_PARAGRAPH)), np.intp, len(layout.tags))
    by_tag[0] = _PARAGRAPH  # <body> tells nothing
    named_kinds, tags = np.where(up > 0, by_class[classes], _PARAGRAPH), by_tag[up]
    kinds, decided, heading = np.zeros((3, up.shape[1]), dtype=np.intp)
    for step in range(
        len(up) - 1, -1, -1
    ):  # from far to near: what is nearer counts, but a class or <figcaption> counts from afar
        named, tag = named_kinds[step], tags[step]
        decides = (named == _EMBED) | (tag == _FIGCAPTION)
        if step < 3:
            decides |= named == _CAPTION
        decided = np.where(decides, np.where(named == _EMBED, _EMBED, _CAPTION), decided)
        names_kind = (tag > _PARAGRAPH) & (tag <= (_LIST_ITEM if step < 3 else _PREFORMATTED))
        kinds = np.where(
            decides | (names_kind & (decided > 0)),
            decided,
            np.where(names_kind, tag, np.where(tag == _CAPTION, _CAPTION, kinds)),
        )
        heading = np.where(tag == _HEADING, up[step], heading)
    kinds[layout.tables] = _TABLE
    layout.kinds = [_KINDS[kind] for kind in kinds.tolist()]
    layout.levels = [
        _HEADINGS[layout.tags[element]] if kind == _HEADING else 0
        for kind, element in zip(kinds.tolist(), heading.tolist(), strict=True)
    ]
