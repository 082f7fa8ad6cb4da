"""The Layout of a page: its elements and its blocks of text, as parallel lists.

Lists rather than objects, because most blocks are only ever used in arithmetic; `Layout.block` makes an object of one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newscrawl.article import Block, Element, Kind, Path

#: How many elements are looked at from a block upwards.
STEPS = 10

Flags = NDArray[np.bool_]
Indexes = NDArray[np.intp]


@dataclass(slots=True)
class FoundImage:
    """An <img>: its element, and the index of the block that follows it."""

    element: int
    next_block: int


class Surroundings(NamedTuple):
    """Where the blocks of a page are in the tree, whatever their text (`newscrawl.read.surroundings`).

    depth: number of elements from <body> down.
    flags: bit set of the tags among `newscrawl.read.columns.PATH_TAGS` on the block's path, and whether it is hidden.
    group: number shared by blocks whose element, and its parent, have the same tag and class.
    has_container, start, stop: CONTAINERS × blocks. A block's containers are those elements above it that contain more
        blocks than the element below them, nearest first: whether there is one, its first block, and the first block
        after it.
    """

    depth: Indexes
    flags: Indexes
    group: Indexes
    has_container: Flags
    start: Indexes
    stop: Indexes


@dataclass(slots=True)
class Layout:
    """Elements and blocks of a page, in document order.

    One entry per element; element 0 is <body>:
        tags, attributes.
        parents: index of the parent element, which is always smaller; -1 for <body>.
        opens, closes: the element contains the blocks from `opens` up to `closes` (excluded).
        class_of: which of `class_names` is the element's class attribute; the first of them is None.

    One entry per block:
        kinds, texts.
        levels: 1-6 for headings, otherwise 0.
        link_shares: share of the characters that are inside links, 0..1.
        places: the element that contains the block.
        sizes: length in words (`newscrawl.text.length`).
        up: an array of STEPS × blocks: the block's element, its parent, and so on up to <body>, which repeats.

    tables: indexes of the blocks that are data tables.
    characters: sum of the lengths of all blocks.
    is_cut: the page exceeds a limit of `newscrawl.read.walk`, and the rest was left out.
    raw: index of a preformatted block -> its text with all its spaces, of which `texts` has one at a time.
    unmarked_captions: indexes of blocks that are captions only because they are next to an image.
    surroundings, shape: caches of `newscrawl.read.surroundings`.
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
    up: Indexes = field(default_factory=lambda: np.zeros((STEPS, 0), dtype=np.intp))
    class_of: Indexes = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    class_names: list[str | None] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    characters: int = 0
    is_cut: bool = False
    raw: dict[int, str] = field(default_factory=dict)
    unmarked_captions: set[int] = field(default_factory=set)
    surroundings: Surroundings | None = None
    shape: Indexes | None = None
    _paths: dict[int, tuple[Element, ...]] = field(default_factory=dict)

    def add_block(self, text: str, place: int, link_share: float) -> None:
        """Append a block; its kind and level are set later."""
        self.texts.append(text)
        self.places.append(place)
        self.link_shares.append(link_share)

    def add_image(self, element: int) -> None:
        """Append an image that stands before the next block."""
        self.images.append(FoundImage(element, len(self.texts)))

    def path(self, element: int) -> Path:
        """The elements from <body> (excluded) down to `element`, computed on first access."""
        return Path(make=partial(self._path_to, element))

    def _path_to(self, element: int) -> tuple[Element, ...]:
        known = self._paths.get(element)
        if known is None:
            attributes = {name: value or "" for name, value in self.attributes[element].items()}
            classes = tuple(attributes["class"].split()) if "class" in attributes else ()
            last = Element(self.tags[element], attributes.get("id", ""), classes, attributes)
            known = self._paths[element] = (*self._path_to(self.parents[element]), last) if element > 0 else ()
        return known

    def block(self, index: int, score: float | None = None, evidence: tuple[str, ...] = ()) -> Block:
        """One block as an object."""
        text = self.raw.get(index) or self.texts[index]
        linked = round(self.link_shares[index] * len(text.split())) if self.link_shares[index] else 0
        path = self.path(self.places[index])
        return Block(index, self.kinds[index], text, path, linked, self.levels[index], score, evidence)
