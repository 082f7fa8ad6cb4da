"""Layout -> one row of numbers a block: what the content model sees. Judges nothing.

All measures are relative or language-free: words are counted by spaces, or by two characters each in scripts
without spaces; wording counts only through common function words and the words of class names.
The names of the columns are in `names()`; their order is part of the model file.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newscrawl.article import Kind
from newscrawl.read.blocks import STEPS
from newscrawl.read.tokens import GROUPS, meanings
from newscrawl.read.wording import WORDING, Wording
from newscrawl.text import fold

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

Matrix = NDArray[np.float32]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.intp]

#: How many containers of a block are measured.
CONTAINERS = 5
#: Neighbours on both sides whose measures a block's row repeats.
REACH = 3

_KINDS = {kind: float(n) for n, kind in enumerate(Kind)}
_PATH_TAGS = ("nav", "footer", "header", "aside", "form", "button", "figure", "figcaption", "blockquote", "li", "table", "main", "article", "section", "noscript", "label", "a", "ul", "p", "video")  # fmt: skip
_TAG_BIT = {tag: 1 << n for n, tag in enumerate(_PATH_TAGS)} | {
    "ol": 1 << _PATH_TAGS.index("ul"),
    "td": 1 << _PATH_TAGS.index("table"),
    "audio": 1 << _PATH_TAGS.index("video"),
}
_HIDDEN_BIT = 1 << len(_PATH_TAGS)
_PLACE_TAGS = {tag: float(n) for n, tag in enumerate(("p", "div", "span", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote", "figcaption", "strong", "b", "em", "i", "button", "label", "time", "small", "font", "article", "section"), 1)}  # fmt: skip
_FILLED = (
    *WORDING, "link_density", "kind", "level", "place_tag", "parent_tag", "depth", "index", "to_headline", "after_headline",
    "title_overlap", "in_description", "in_json", "repeated",
)  # fmt: skip
_SAME_PATH = ("same_path_count", "same_path_words", "same_path_links", "same_path_share")
BASE = (*_FILLED, "log_words", "share_before", *_SAME_PATH)
_AT = {name: column for column, name in enumerate(BASE)}
_NEIGHBOUR = ("log_words", "link_density", "ends_sentence", "stop_share", "kind", "place_tag", "same_path_share")
_CONTAINER = ("words", "share", "link_density", "blocks", "text_share", "position")


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Column names in order."""
    columns = list(BASE)
    columns += [f"tag_{tag}" for tag in _PATH_TAGS] + ["hidden"]
    columns += [f"class_{group}" for group in GROUPS]
    columns += [f"container{level}_{name}" for level in range(1, CONTAINERS + 1) for name in _CONTAINER]
    columns += [f"{name}{offset:+d}" for offset in (*range(-REACH, 0), *range(1, REACH + 1)) for name in _NEIGHBOUR]
    return tuple(columns)


def features(
    layout: Layout, headline: str | None, headline_index: int | None, description: str | None, json_body: str | None
) -> Matrix:
    """Blocks × columns. json_body: the text that JSON-LD states as articleBody, if any."""
    count, width = len(layout.texts), len(names())
    columns: Matrix = np.empty((width, count), dtype=np.float32)  # one measure of all blocks lies in one piece
    rows: Matrix = columns.T
    if not count:
        return rows
    around = surroundings(layout)
    base = columns[: len(BASE)]
    _base(base, layout, around, headline, headline_index, description, json_body)
    base[[_AT[name] for name in _SAME_PATH]] = _same_path(around, base)
    parts = [_path_flags(around), _class_distances(layout), _containers(layout, around, base[_AT["words"]])]
    columns[len(BASE) : width - 2 * REACH * len(_NEIGHBOUR)] = np.concatenate(parts)
    wanted = base[[_AT[name] for name in _NEIGHBOUR]]
    beside = columns[width - 2 * REACH * len(_NEIGHBOUR) :].reshape(2 * REACH, len(_NEIGHBOUR), count)
    beside.fill(-1.0)
    for row, offset in enumerate((*range(-REACH, 0), *range(1, REACH + 1))):
        if offset < 0:
            beside[row, :, -offset:] = wanted[:, : max(0, count + offset)]
        else:
            beside[row, :, : max(0, count - offset)] = wanted[:, offset:]
    return rows


class Surroundings(NamedTuple):
    """Where the blocks of a page stand, apart from what they say.

    depth: steps from <body>. flags: bits of `_PATH_TAGS` that stand anywhere above the block, and whether anything above is hidden.
    member: a number that a block shares with those of the same path (tag and class of its place and that one's parent).
    has, start, stop: CONTAINERS × blocks; the nearest elements above a block that hold more blocks than the one below them: whether
    there is one, its first block, and the first block behind it.
    """

    depth: Indexes
    flags: Indexes
    member: Indexes
    has: Flags
    start: Indexes
    stop: Indexes


def surroundings(layout: Layout) -> Surroundings:
    """Worked out once a layout, kept in it."""
    if layout.surroundings is None:
        depth, flags = _above(layout)
        layout.surroundings = Surroundings(depth, flags, _members(layout), *_held(layout))
    return layout.surroundings


def _above(layout: Layout) -> tuple[Indexes, Indexes]:
    """Depth of each block's place, and the flags of all elements above it."""
    own = np.fromiter(map(_TAG_BIT.get, layout.tags, repeat(0)), np.intp, len(layout.tags))
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


def _held(layout: Layout) -> tuple[Flags, Indexes, Indexes]:
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


def _base(
    base: Matrix,
    layout: Layout,
    around: Surroundings,
    headline: str | None,
    headline_index: int | None,
    description: str | None,
    json_body: str | None,
) -> None:
    """Fill the rows of `BASE`, but for those of `_SAME_PATH`."""
    wording = Wording(layout.texts)
    total = len(layout.texts)
    index, start = np.arange(total), headline_index if headline_index is not None else -1
    seen: dict[str, int] = {}
    for text in layout.texts:
        seen[text] = seen.get(text, 0) + 1
    places = layout.up[0]
    place_tags = np.fromiter(map(_PLACE_TAGS.get, layout.tags, repeat(0.0)), np.float64, len(layout.tags))
    overlap, described, in_json = _evidence(
        wording, set((headline or "").lower().split()), _squeezed(description), _squeezed(json_body)
    )
    filled = {
        **wording.columns(),
        "link_density": layout.link_shares,
        "kind": [_KINDS[kind] for kind in layout.kinds],
        "level": layout.levels,
        "place_tag": place_tags[places],
        "parent_tag": place_tags[layout.up[1]],
        "depth": around.depth,
        "index": index / total,
        "to_headline": np.minimum(60, np.abs(index - start)) if start >= 0 else 99.0,
        "after_headline": index > start if start >= 0 else 0.0,
        "title_overlap": overlap,
        "in_description": described,
        "in_json": in_json,
        "repeated": [seen[text] for text in layout.texts],
    }
    for name in _FILLED:
        base[_AT[name]] = filled[name]
    words = base[_AT["words"]]
    base[_AT["log_words"]] = np.log1p(words)
    before = np.cumsum(words) - words
    base[_AT["share_before"]] = before / max(1.0, float(before[-1] + words[-1]))


def _evidence(
    wording: Wording, title: set[str], told: str, stated: str
) -> tuple[NDArray[np.float64], Flags, NDArray[np.float64]]:
    """How much of each block is the headline's words; whether the description and JSON-LD's articleBody hold it."""
    texts, sizes = wording.texts, wording.sizes
    overlap, described = np.zeros(len(texts)), np.zeros(len(texts), dtype=np.bool_)
    if title:
        for n in np.flatnonzero((sizes < 300) & (wording.known(title) > 0)).tolist():
            own = set(wording.tokens[wording.first[n] : wording.first[n + 1]])
            common = len(own & title)
            overlap[n] = common / (len(own) + len(title) - common)
    if told:
        for n in np.flatnonzero(sizes > 20).tolist():
            text = texts[n]
            described[n] = (not text[:11].isascii() or "".join(text[:10].lower().split()) in told) and _squeezed(
                text[:80]
            )[:50] in told
    if not stated:
        return overlap, described, np.zeros(len(texts))
    return (
        overlap,
        described,
        np.array([1.0 if len(text) > 12 and _squeezed(text[:80]) in stated else -1.0 for text in texts]),
    )


def _squeezed(text: str | None) -> str:
    return fold(text).replace(" ", "") if text else ""


def _same_path(around: Surroundings, base: Matrix) -> Matrix:
    """Of the blocks whose place has the same tag, class, and parent's tag and class: count, mean words, mean link density, share of the page's words."""
    size = np.bincount(around.member).astype(np.float32)
    total = np.bincount(around.member, weights=base[_AT["words"]])
    links = np.bincount(around.member, weights=base[_AT["link_density"]])
    out = np.stack([size, total / size, links / size, total / max(1.0, total.sum())])
    return out[:, around.member].astype(np.float32)


def _members(layout: Layout) -> Indexes:
    numbers: dict[str, int] = {}
    tag_of = np.array([numbers.setdefault(tag, len(numbers)) for tag in layout.tags])
    own = tag_of * len(layout.class_names) + layout.class_of
    member: Indexes = np.unique(
        own[layout.up[0]] * (len(numbers) * len(layout.class_names)) + own[layout.up[1]], return_inverse=True
    )[1]
    return member


def _path_flags(around: Surroundings) -> Matrix:
    """Whether each of `_PATH_TAGS` stands anywhere above the block; whether anything above is hidden."""
    return ((around.flags >> np.arange(len(_PATH_TAGS) + 1)[:, None]) & 1).astype(np.float32)


def _class_distances(layout: Layout) -> Matrix:
    """Steps up to the nearest element whose class, id or role falls into each group; STEPS when there is none."""
    up, named = layout.up, np.zeros(len(layout.class_names), dtype=np.int64)
    named[layout.class_of[up]] = 1
    for number in np.flatnonzero(named).tolist():
        named[number] = meanings((layout.class_names[number] or "")[:300])
    masks = named[layout.class_of]
    for element in [
        n
        for n, attributes in enumerate(layout.attributes)
        if "id" in attributes or "role" in attributes or "aria-label" in attributes
    ]:
        masks[element] |= _further(layout.attributes[element])
    masks[0] = 0  # <body>
    bits = np.unpackbits(masks.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")[:, : len(GROUPS)]
    nearness = bits[up] * np.arange(STEPS, 0, -1, dtype=np.uint8)[:, None, None]  # steps × blocks × groups
    distances: Matrix = (STEPS - nearness.max(axis=0).T).astype(np.float32)
    return distances


def _further(attributes: dict[str, str | None]) -> int:
    """The groups of an element's id, role and label, as far as its names are read."""
    mask, room = 0, 299 - len(attributes.get("class") or "")
    for name in ("id", "role", "aria-label"):
        value = attributes.get(name) or ""
        if value and room > 0:
            mask |= meanings(value[:room])
        room -= len(value) + 1
    return mask


def _containers(layout: Layout, around: Surroundings, counts: NDArray[np.float32]) -> Matrix:
    """Measures of the nearest elements above the block that hold more blocks than the one below them."""
    shares = np.array(layout.link_shares)
    sums = np.concatenate([[0.0], np.cumsum(counts)])
    linked = np.concatenate([[0.0], np.cumsum(shares.astype(np.float32) * counts)])
    longs = np.concatenate([[0.0], np.cumsum(np.where((counts >= 12) & (shares < 0.3), counts, 0.0))])
    total, long_total = max(1.0, float(sums[-1])), max(1.0, float(longs[-1]))
    a, b = around.start, around.stop
    held, size = sums[b] - sums[a], b - a
    out = np.stack(
        [held, held / total, (linked[b] - linked[a]) / np.maximum(1.0, held), size, (longs[b] - longs[a]) / long_total, (np.arange(len(counts)) - a) / np.maximum(1, size)],
        axis=1, dtype=np.float32, casting="same_kind",
    )  # fmt: skip
    return np.where(around.has[:, None], out, np.float32(-1.0)).reshape(CONTAINERS * len(_CONTAINER), -1)


#: Neighbours on both sides whose first score the second model sees.
CONTEXT_REACH = 5

CONTEXT = (
    "p", *(f"p{o:+d}" for o in (*range(-CONTEXT_REACH, 0), *range(1, CONTEXT_REACH + 1))),
    *(f"container{level}_{name}" for level in range(1, CONTAINERS + 1) for name in ("mean_p", "sure_share", "sure_blocks")),
    "same_path_p", "from_first_sure", "to_last_sure", "sure_words_before", "page_sure", "page_best", "heading_p", "between", "wide_before", "wide_after",
)  # fmt: skip


def context(layout: Layout, base: Matrix, p: NDArray[np.float32]) -> Matrix:
    """Blocks × len(CONTEXT): where a block stands among those that the first model is sure of.

    base: what `features` gave. p: the first model's scores.
    """
    count, around = len(p), surroundings(layout)
    counts = np.ascontiguousarray(base[:, 0])
    index = np.arange(count)
    padded = np.concatenate([np.full(CONTEXT_REACH, -1.0), p, np.full(CONTEXT_REACH, -1.0)])
    columns: list[NDArray[Any]] = [p] + [
        padded[CONTEXT_REACH + o : CONTEXT_REACH + o + count]
        for o in (*range(-CONTEXT_REACH, 0), *range(1, CONTEXT_REACH + 1))
    ]
    sure = p > 0.7
    words = np.concatenate([[0.0], np.cumsum(counts)])
    weighted = np.concatenate([[0.0], np.cumsum(counts * p)])
    sures = np.concatenate([[0.0], np.cumsum(sure)])
    sure_words = np.concatenate([[0.0], np.cumsum(np.where(sure, counts, 0.0))])
    all_sure = max(1.0, float(sure_words[-1]))
    a, b = around.start, around.stop
    mean = (weighted[b] - weighted[a]) / np.maximum(1.0, words[b] - words[a])
    within = np.stack([mean, (sure_words[b] - sure_words[a]) / all_sure, sures[b] - sures[a]], axis=1)
    columns += [*np.where(around.has[:, None], within, -1.0).reshape(-1, count)]
    columns.append((np.bincount(around.member, weights=p) / np.bincount(around.member))[around.member])
    where = np.flatnonzero(sure)
    first, last = (int(where[0]), int(where[-1])) if len(where) else (count, -1)
    columns += [
        np.clip(index - first, -30, 99),
        np.clip(last - index, -30, 99),
        sure_words[:-1] / all_sure,
        np.full(count, sures[-1]),
        np.full(count, p.max()),
    ]
    columns.append(_heading_above(layout, p))
    columns.append((index > first) & (index < last))
    columns += [_wide(p, -12), _wide(p, 12)]
    out: Matrix = np.empty((len(columns), count), dtype=np.float32)
    for row, column in enumerate(columns):
        out[row] = column
    rows: Matrix = out.T
    return rows


def _wide(p: NDArray[np.float32], reach: int) -> NDArray[np.float64]:
    """Mean score of the `reach` blocks before (negative) or after a block."""
    sums = np.concatenate([[0.0], np.cumsum(p)])
    index = np.arange(len(p))
    a = np.maximum(0, index + reach) if reach < 0 else index + 1
    b = index if reach < 0 else np.minimum(len(p), index + 1 + reach)
    result: NDArray[np.float64] = (sums[b] - sums[a]) / abs(reach)
    return result


def _heading_above(layout: Layout, p: NDArray[np.float32]) -> NDArray[np.float64]:
    """Score of the last heading before a block; -1 when there is none."""
    heading = np.asarray(layout.levels) > 0
    place = np.maximum.accumulate(np.where(heading, np.arange(len(p)), -1))
    result: NDArray[np.float64] = np.where(place >= 0, p[np.maximum(place, 0)], -1.0)
    return result
