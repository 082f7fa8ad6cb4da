"""Computes `Surroundings`: where the blocks of a layout are in the tree, whatever their text."""

from __future__ import annotations

from itertools import repeat

import numpy as np

from newscrawl._native import twin
from newscrawl.read.columns import CONTAINERS, PATH_TAGS
from newscrawl.read.layout import Flags, Indexes, Layout, Surroundings

_TAG_BITS = {tag: 1 << n for n, tag in enumerate(PATH_TAGS)} | {
    "ol": 1 << PATH_TAGS.index("ul"),
    "td": 1 << PATH_TAGS.index("table"),
    "audio": 1 << PATH_TAGS.index("video"),
}
_HIDDEN_BIT = 1 << len(PATH_TAGS)


def surroundings(layout: Layout) -> Surroundings:
    """The surroundings of a layout's blocks, computed once and stored in it."""
    if layout.surroundings is None:
        depth, flags = depths_and_flags(layout)
        layout.surroundings = Surroundings(depth, flags, groups(layout), *containers(layout))
    return layout.surroundings


def same_shape(layout: Layout) -> Indexes:
    """A number for each element, shared by siblings of the same tag and class; computed once, kept in the layout."""
    if layout.shape is None:
        layout.shape = shapes(layout)
    return layout.shape


@twin
def shapes(layout: Layout) -> Indexes:
    """A number for each element, shared by siblings of the same tag and class."""
    numbers: dict[str, int] = {}
    tags = np.array([numbers.setdefault(tag, len(numbers)) for tag in layout.tags], dtype=np.int64)
    parents = np.array(layout.parents, dtype=np.int64) + 1
    key = (parents * len(numbers) + tags) * len(layout.class_names) + layout.class_of
    found: Indexes = np.unique(key, return_inverse=True)[1]
    return found


@twin
def depths_and_flags(layout: Layout) -> tuple[Indexes, Indexes]:
    """For each block: the number of elements from <body> down to it, and the bits of the tags on its path."""
    own = np.fromiter(map(_TAG_BITS.get, layout.tags, repeat(0)), np.intp, len(layout.tags))
    for element, attributes in enumerate(layout.attributes):
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or ("style" in attributes and "none" in (attributes["style"] or ""))
        ):
            own[element] |= _HIDDEN_BIT
    parents = np.array(layout.parents, dtype=np.intp)
    parents[0] = 0
    flags = np.bitwise_or.reduce(own[layout.up], axis=0)
    depth = np.count_nonzero(layout.up, axis=0)
    up = parents[layout.up[-1]]
    while up.any():
        flags |= own[up]
        depth += up > 0
        up = parents[up]
    return depth, flags | own[0]


@twin
def groups(layout: Layout) -> Indexes:
    """A number for each block, shared by those whose element, and its parent, have the same tag and class."""
    numbers: dict[str, int] = {}
    tag_of = np.array([numbers.setdefault(tag, len(numbers)) for tag in layout.tags])
    own = tag_of * len(layout.class_names) + layout.class_of
    group: Indexes = np.unique(
        own[layout.up[0]] * (len(numbers) * len(layout.class_names)) + own[layout.up[1]], return_inverse=True
    )[1]
    return group


@twin
def containers(layout: Layout) -> tuple[Flags, Indexes, Indexes]:
    """The nearest elements above each block that contain more blocks than the element below them."""
    up, last = layout.up, len(layout.texts)
    starts = np.minimum(np.array(layout.opens, dtype=np.intp), last)[up]
    stops = np.minimum(np.array(layout.closes, dtype=np.intp), last)[up]
    size = stops - starts
    grows = np.zeros(size.shape, dtype=np.bool_)
    np.greater(size[1:], size[:-1], out=grows[1:])
    order = np.cumsum(grows, axis=0)
    reached = order >= np.arange(1, CONTAINERS + 1)[:, None, None]
    step, index = reached.argmax(axis=1), np.arange(last)
    return reached[:, -1], starts[step, index], stops[step, index]
