"""Layout -> one row of numbers per block, for the content model. Judges nothing.

All measures are relative or independent of language: words are separated by spaces, or estimated as two characters each
in scripts without spaces; the vocabulary only counts through common function words and the words in class names. The
columns are named in `newscrawl.read.columns`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin
from newscrawl.article import Kind
from newscrawl.read.block_words import group_counts
from newscrawl.read.class_names import GROUPS, groups_of
from newscrawl.read.columns import (
    BASE_COLUMNS,
    CONTAINER_COLUMNS,
    CONTAINERS,
    NEIGHBOUR_COLUMNS,
    NEIGHBOUR_OFFSETS,
    PATH_TAGS,
    REPEATS,
    SAME_PATH_COLUMNS,
    SINGLE_COLUMNS,
    names,
)
from newscrawl.read.evidence import Evidence, repetition
from newscrawl.read.layout import STEPS, Flags, Layout, Surroundings
from newscrawl.read.surroundings import same_shape, surroundings
from newscrawl.read.text_features import TEXT_FEATURES, text_columns, title_overlap
from newscrawl.text import fold

Matrix = NDArray[np.float32]

_KINDS = {kind: float(n) for n, kind in enumerate(Kind)}
_PLACE_TAGS = {
    tag: float(n)
    for n, tag in enumerate(
        "p div span li a h1 h2 h3 h4 h5 h6 td blockquote figcaption strong b em i button label time small font article "
        "section".split(),
        1,
    )
}
_AT = {name: column for column, name in enumerate(BASE_COLUMNS)}


def features(layout: Layout, evidence: Evidence) -> Matrix:
    """The features of all blocks, blocks × `names()`."""
    count, width = len(layout.texts), len(names())
    columns: Matrix = np.empty((width, count), dtype=np.float32)  # each measure is contiguous in memory
    rows: Matrix = columns.T
    if not count:
        return rows
    around = surroundings(layout)
    base = columns[: len(BASE_COLUMNS)]
    _fill_base(base, layout, around, evidence)
    base[[_AT[name] for name in SAME_PATH_COLUMNS]] = _same_path(around, base)
    neighbours = width - len(NEIGHBOUR_OFFSETS) * len(NEIGHBOUR_COLUMNS)
    columns[len(BASE_COLUMNS) : neighbours] = form_columns(layout, around, base[_AT["words"]])
    _fill_neighbours(columns[neighbours:], base[[_AT[name] for name in NEIGHBOUR_COLUMNS]])
    return rows


@twin
def form_columns(layout: Layout, around: Surroundings, words: NDArray[np.float32]) -> Matrix:
    """The columns about the tree around each block; words: of each block. In the order of `columns.names()`."""
    parts = [_path_flags(around), _class_distances(layout), group_counts(layout.texts), _repeats(layout)]
    return np.concatenate([*parts, _headings_above(layout), _containers(layout, around, words)])


def _fill_neighbours(columns: Matrix, own: Matrix) -> None:
    """Copy the measures of each block's neighbours; -1 where there is no neighbour."""
    count = own.shape[1]
    beside = columns.reshape(len(NEIGHBOUR_OFFSETS), len(own), count)
    beside.fill(-1.0)
    for row, offset in enumerate(NEIGHBOUR_OFFSETS):
        if offset < 0:
            beside[row, :, -offset:] = own[:, : max(0, count + offset)]
        else:
            beside[row, :, : max(0, count - offset)] = own[:, offset:]


def _fill_base(base: Matrix, layout: Layout, around: Surroundings, evidence: Evidence) -> None:
    """Fill all of `BASE_COLUMNS` except `SAME_PATH_COLUMNS`."""
    total = len(layout.texts)
    index, start = np.arange(total), evidence.shown if evidence.shown is not None else -1
    seen = Counter(layout.texts)
    places = layout.up[0]
    place_tags = np.fromiter(map(_PLACE_TAGS.get, layout.tags, repeat(0.0)), np.float64, len(layout.tags))
    title_words = set((evidence.headline or "").lower().split())
    described, in_json = stated(layout.texts, _squeezed(evidence.description), _squeezed(evidence.json_body))
    filled = {
        **dict(zip(TEXT_FEATURES, text_columns(layout.texts), strict=True)),
        "link_density": layout.link_shares,
        "kind": [_KINDS[kind] for kind in layout.kinds],
        "level": layout.levels,
        "place_tag": place_tags[places],
        "parent_tag": place_tags[layout.up[1]],
        "depth": around.depth,
        "index": index / total,
        "to_headline": np.minimum(60, np.abs(index - start)) if start >= 0 else 99.0,
        "after_headline": index > start if start >= 0 else 0.0,
        "title_overlap": title_overlap(layout.texts, title_words),
        "in_description": described,
        "in_json": in_json,
        "repeated": [seen[text] for text in layout.texts],
        **repetition(layout, evidence),
    }
    for name in SINGLE_COLUMNS:
        base[_AT[name]] = filled[name]
    words = base[_AT["words"]]
    base[_AT["log_words"]] = np.log1p(words)
    before = np.cumsum(words) - words
    base[_AT["share_before"]] = before / max(1.0, float(before[-1] + words[-1]))


@twin
def stated(texts: Sequence[str], description: str, json_body: str) -> tuple[Flags, NDArray[np.float64]]:
    """For each block: whether the description contains it, and whether articleBody does.

    description, json_body: squeezed; "" if the page states none. The last result is 1 or -1, and 0 without a json_body.
    """
    described = np.zeros(len(texts), dtype=np.bool_)
    if description:
        for n, text in enumerate(texts):
            if len(text) <= 20:
                continue
            # a cheap test of the first ten characters rules out most blocks
            described[n] = (not text[:11].isascii() or "".join(text[:10].lower().split()) in description) and _squeezed(
                text[:80]
            )[:50] in description
    if not json_body:
        return described, np.zeros(len(texts))
    in_json = np.array([1.0 if len(text) > 12 and _squeezed(text[:80]) in json_body else -1.0 for text in texts])
    return described, in_json


def _squeezed(text: str | None) -> str:
    """The folded text without spaces."""
    return fold(text).replace(" ", "") if text else ""


def _same_path(around: Surroundings, base: Matrix) -> Matrix:
    """For each block's group: number of blocks, mean words, mean link density, and share of the page's words."""
    size = np.bincount(around.group).astype(np.float32)
    total = np.bincount(around.group, weights=base[_AT["words"]])
    links = np.bincount(around.group, weights=base[_AT["link_density"]])
    out = np.stack([size, total / size, links / size, total / max(1.0, total.sum())])
    return out[:, around.group].astype(np.float32)


def _path_flags(around: Surroundings) -> Matrix:
    """Whether each of `PATH_TAGS` is on the block's path, and whether anything on it is hidden."""
    return ((around.flags >> np.arange(len(PATH_TAGS) + 1)[:, None]) & 1).astype(np.float32)


def _class_distances(layout: Layout) -> Matrix:
    """For each group of class names: steps up to the nearest element that belongs to it; STEPS if there is none."""
    up, masks_by_class = layout.up, np.zeros(len(layout.class_names), dtype=np.int64)
    masks_by_class[layout.class_of[up]] = 1
    for number in np.flatnonzero(masks_by_class).tolist():
        masks_by_class[number] = groups_of((layout.class_names[number] or "")[:300])
    masks = masks_by_class[layout.class_of]
    for element in [
        n
        for n, attributes in enumerate(layout.attributes)
        if "id" in attributes or "role" in attributes or "aria-label" in attributes
    ]:
        masks[element] |= _groups_of_other_names(layout.attributes[element])
    masks[0] = 0  # <body>
    bits = np.unpackbits(masks.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")[:, : len(GROUPS)]
    nearness = bits[up] * np.arange(STEPS, 0, -1, dtype=np.uint8)[:, None, None]  # steps × blocks × groups
    distances: Matrix = (STEPS - nearness.max(axis=0).T).astype(np.float32)
    return distances


def _repeats(layout: Layout) -> Matrix:
    """For each block's element and those above it: its siblings of the same tag and class that have blocks, and it."""
    has_blocks = np.array(layout.closes) > np.array(layout.opens)
    group = same_shape(layout)
    count = np.bincount(group, weights=has_blocks)[group]
    repeats: Matrix = count[layout.up[:REPEATS]].astype(np.float32)
    return repeats


def _headings_above(layout: Layout) -> Matrix:
    """Level, link share and distance in blocks of the last heading before each block; 0, -1, 99 if there is none."""
    levels, index = np.array(layout.levels), np.arange(len(layout.texts))
    last = np.maximum.accumulate(np.where(levels > 0, index, -1))
    place = np.concatenate([[-1], last[:-1]])
    at, is_there = np.maximum(place, 0), place >= 0
    shares = np.array(layout.link_shares)
    columns = [
        np.where(is_there, levels[at], 0),
        np.where(is_there, shares[at], -1.0),
        np.where(is_there, np.minimum(30, index - at), 99),
    ]
    return np.stack(columns).astype(np.float32)


def _groups_of_other_names(attributes: dict[str, str | None]) -> int:
    """The groups of an element's id, role and label; class included, only 300 characters are read."""
    mask, room = 0, 299 - len(attributes.get("class") or "")
    for name in ("id", "role", "aria-label"):
        value = attributes.get(name) or ""
        if value and room > 0:
            mask |= groups_of(value[:room])
        room -= len(value) + 1
    return mask


def _containers(layout: Layout, around: Surroundings, words: NDArray[np.float32]) -> Matrix:
    """Measures of each block's containers (see `Surroundings`); -1 where there is none."""
    shares = np.array(layout.link_shares)
    sums = np.concatenate([[0.0], np.cumsum(words)])
    linked = np.concatenate([[0.0], np.cumsum(shares.astype(np.float32) * words)])
    # words of blocks that are long and have few links
    running = np.concatenate([[0.0], np.cumsum(np.where((words >= 12) & (shares < 0.3), words, 0.0))])
    total, running_total = max(1.0, float(sums[-1])), max(1.0, float(running[-1]))
    a, b = around.start, around.stop
    inside, size = sums[b] - sums[a], b - a
    measures = [
        inside,
        inside / total,
        (linked[b] - linked[a]) / np.maximum(1.0, inside),
        size,
        (running[b] - running[a]) / running_total,
        (np.arange(len(words)) - a) / np.maximum(1, size),
        np.array(layout.levels)[np.minimum(a, len(words) - 1)],
        shares[np.minimum(a, len(words) - 1)],
    ]
    out = np.stack(measures, axis=1, dtype=np.float32, casting="same_kind")
    out = np.where(around.has_container[:, None], out, np.float32(-1.0))
    return out.reshape(CONTAINERS * len(CONTAINER_COLUMNS), -1)
