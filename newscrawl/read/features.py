"""Layout -> one row of numbers a block: what the content model sees. Judges nothing.

All measures are relative or language-free: words are counted by spaces, or by two characters each in scripts
without spaces; wording counts only through common function words and the words of class names.
The names of the columns are in `names()`; their order is part of the model file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newscrawl.article import Kind
from newscrawl.read.tokens import GROUPS, meanings
from newscrawl.text import fold

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

Matrix = NDArray[np.float32]

#: How many steps up from a block its class names are looked at, and how many of its containers are measured.
STEPS, CONTAINERS = 10, 5
#: Neighbours on both sides whose measures a block's row repeats.
REACH = 3

_KINDS = {kind: float(n) for n, kind in enumerate(Kind)}
_PATH_TAGS = ("nav", "footer", "header", "aside", "form", "button", "figure", "figcaption", "blockquote", "li", "table", "main", "article", "section", "noscript", "label", "a", "ul", "p", "video")  # fmt: skip
_TAG_BIT = {tag: 1 << n for n, tag in enumerate(_PATH_TAGS)} | {"ol": 1 << _PATH_TAGS.index("ul"), "td": 1 << _PATH_TAGS.index("table"), "audio": 1 << _PATH_TAGS.index("video")}
_HIDDEN_BIT = 1 << len(_PATH_TAGS)
_PLACE_TAGS = {tag: float(n) for n, tag in enumerate(("p", "div", "span", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote", "figcaption", "strong", "b", "em", "i", "button", "label", "time", "small", "font", "article", "section"), 1)}  # fmt: skip
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|年")
_ENDS = frozenset(".!?…。！？؟।")
_CLOSERS = "\"'”“’»«)]›」』"
_QUOTES = re.compile("[\"“”„«»「」‘]")
_DIGITS = re.compile("[0-9]")
_SENTENCE_ENDS = re.compile(r"[.!?…](?=\s|$)|[。！？]")

_WORDING = (
    "words", "word_length", "ends_sentence", "ends_colon", "sentences", "commas", "digit_share", "capital_words", "all_caps",
    "quotes", "starts_capital", "odd_marks", "copyright", "date", "stop_share", "lines",
)  # fmt: skip
_FILLED = (
    *_WORDING, "link_density", "kind", "level", "place_tag", "parent_tag", "depth", "index", "to_headline", "after_headline",
    "title_overlap", "in_description", "in_json", "repeated",
)  # fmt: skip
_SAME_PATH = ("same_path_count", "same_path_words", "same_path_links", "same_path_share")
BASE = (*_FILLED, "log_words", "share_before", *_SAME_PATH)
_AT = {name: column for column, name in enumerate(BASE)}
_NEIGHBOUR = ("log_words", "link_density", "ends_sentence", "stop_share", "kind", "place_tag", "same_path_share")
_CONTAINER = ("words", "share", "link_density", "blocks", "text_share", "position")


@lru_cache(maxsize=1)
def _stopwords() -> frozenset[str]:
    return frozenset(files("newscrawl.read").joinpath("stopwords.txt").read_text("utf-8").split())


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Column names in order."""
    columns = list(BASE)
    columns += [f"tag_{tag}" for tag in _PATH_TAGS] + ["hidden"]
    columns += [f"class_{group}" for group in GROUPS]
    columns += [f"container{level}_{name}" for level in range(1, CONTAINERS + 1) for name in _CONTAINER]
    columns += [f"{name}{offset:+d}" for offset in (*range(-REACH, 0), *range(1, REACH + 1)) for name in _NEIGHBOUR]
    return tuple(columns)


def ancestors(layout: Layout, steps: int = STEPS) -> NDArray[np.int32]:
    """Blocks × steps: the element that holds the block, its parent, and so on up to <body> (0), which repeats."""
    parents = np.maximum(np.asarray(layout.parents, dtype=np.int32), 0)
    columns = [np.asarray(layout.places, dtype=np.int32)]
    for _ in range(steps - 1):
        columns.append(parents[columns[-1]])
    return np.stack(columns, axis=1)


def features(layout: Layout, headline: str | None, headline_index: int | None, description: str | None, json_body: str | None) -> Matrix:
    """Blocks × columns. json_body: the text that JSON-LD states as articleBody, if any."""
    if not layout.texts:
        return np.zeros((0, len(names())), dtype=np.float32)
    up = ancestors(layout)
    base = _base(layout, headline, headline_index, description, json_body)
    base[:, [_AT[name] for name in _SAME_PATH]] = _same_path(layout, base)
    parts = [base, _path_flags(layout, up), _class_distances(layout, up), _containers(layout, up, base[:, _AT["words"]])]
    wanted = base[:, [_AT[name] for name in _NEIGHBOUR]]
    count = len(wanted)
    for offset in (*range(-REACH, 0), *range(1, REACH + 1)):
        shifted = np.full_like(wanted, -1.0)
        if offset < 0:
            shifted[-offset:] = wanted[: max(0, count + offset)]
        else:
            shifted[: max(0, count - offset)] = wanted[offset:]
        parts.append(shifted)
    return np.concatenate(parts, axis=1).astype(np.float32, copy=False)


def _base(layout: Layout, headline: str | None, headline_index: int | None, description: str | None, json_body: str | None) -> Matrix:
    title = set((headline or "").lower().split())
    told, stated = _squeezed(description), _squeezed(json_body)
    seen: dict[str, int] = {}
    for text in layout.texts:
        seen[text] = seen.get(text, 0) + 1
    depths = _depths(layout)
    total = len(layout.texts)
    start = headline_index if headline_index is not None else -1
    rows = []
    for index, text in enumerate(layout.texts):
        place = layout.places[index]
        evidence = _evidence(text, title, told, stated) if title or told or stated else (0.0, 0.0, 0.0)
        rows.append((
            *_wording(text), layout.link_shares[index], _KINDS[layout.kinds[index]], layout.levels[index], _PLACE_TAGS.get(layout.tags[place], 0.0),
            _PLACE_TAGS.get(layout.tags[max(0, layout.parents[place])], 0.0), depths[place], index / total,
            min(60, abs(index - start)) if start >= 0 else 99.0, float(start >= 0 and index > start), *evidence, seen[text],
        ))  # fmt: skip
    base = np.zeros((total, len(BASE)), dtype=np.float32)
    base[:, : len(_FILLED)] = np.array(rows, dtype=np.float32)
    base[:, _AT["log_words"]] = np.log1p(base[:, 0])
    before = np.cumsum(base[:, 0]) - base[:, 0]
    base[:, _AT["share_before"]] = before / max(1.0, float(before[-1] + base[-1, 0]))
    return base


def _wording(text: str) -> tuple[float, ...]:
    """What the text alone tells, in the order of `_WORDING`."""
    stop = _stopwords()
    tokens = text.split()
    plain = len(tokens)
    size = len(text)
    lower = text.lower()
    is_ascii = text.isascii()
    wide = 0 if is_ascii else len(_WIDE.findall(text))
    cased = lower != text or lower != text.upper()  # scripts without upper case say nothing by it
    count = plain + wide / 2
    last = text[-1] if text[-1] not in _CLOSERS else text.rstrip(_CLOSERS)[-1:]
    is_short = size < 200
    return (
        count, size / max(1.0, count) if not wide else 5.0, last in _ENDS, last in ":：",
        len(_SENTENCE_ENDS.findall(text)) if size > 20 else last in _ENDS, text.count(",") + (0 if is_ascii else text.count("、") + text.count("，")),
        len(_DIGITS.findall(text)) / size, len([t for t in tokens if t[0].isupper()]) / plain if cased else 0.15, text.isupper(),
        (text.count('"') if is_ascii else len(_QUOTES.findall(text))) if size < 2000 else 4.0, text[0].isupper() or not cased,
        "|" in text or (not is_ascii and ("»" in text or "›" in text or "•" in text or "→" in text)), (not is_ascii and "©" in text) or "copyright" in lower,
        is_short and _DATE.search(text) is not None, len([t for t in lower.split() if t in stop]) / plain if not wide else 0.4, text.count("\n"),
    )  # fmt: skip


def _evidence(text: str, title: set[str], told: str, stated: str) -> tuple[float, float, float]:
    """How much of the block is the headline's words; whether the description and JSON-LD's articleBody hold it."""
    overlap = 0.0
    if title and len(text) < 300:
        own = set(text.lower().split())
        common = len(own & title)
        overlap = common / (len(own) + len(title) - common)
    head = _squeezed(text[:80]) if (told and len(text) > 20) or stated else ""
    return overlap, float(bool(told) and len(text) > 20 and head[:50] in told), (0.0 if not stated else 1.0 if len(text) > 12 and head in stated else -1.0)


def _squeezed(text: str | None) -> str:
    return fold(text).replace(" ", "") if text else ""


def _depths(layout: Layout) -> list[int]:
    depths = [0] * len(layout.parents)
    for element, parent in enumerate(layout.parents):
        if parent >= 0:
            depths[element] = depths[parent] + 1
    return depths


def _same_path(layout: Layout, base: Matrix) -> Matrix:
    """Of the blocks whose place has the same tag, class, and parent's tag and class: count, mean words, mean link density, share of the page's words."""
    member = _members(layout)
    size = np.bincount(member).astype(np.float32)
    total = np.bincount(member, weights=base[:, 0])
    links = np.bincount(member, weights=base[:, _AT["link_density"]])
    out = np.stack([size, total / size, links / size, total / max(1.0, total.sum())], axis=1)
    return out[member].astype(np.float32)


def _members(layout: Layout) -> NDArray[np.int64]:
    """A number for each block that it shares with the blocks of the same path: tag and class of its place and that one's parent."""
    groups: dict[tuple[str, str | None, str, str | None], int] = {}
    member = np.empty(len(layout.places), dtype=np.int64)
    for index, place in enumerate(layout.places):
        parent = max(0, layout.parents[place])
        key = (layout.tags[place], layout.attributes[place].get("class"), layout.tags[parent], layout.attributes[parent].get("class"))
        member[index] = groups.setdefault(key, len(groups))
    return member


def _path_flags(layout: Layout, up: NDArray[np.int32]) -> Matrix:
    """Whether each of `_PATH_TAGS` stands anywhere above the block; whether anything above is hidden."""
    masks = np.zeros(len(layout.tags), dtype=np.int64)
    for element, (tag, parent) in enumerate(zip(layout.tags, layout.parents, strict=True)):
        mask = _TAG_BIT.get(tag, 0)
        attributes = layout.attributes[element]
        if attributes and ("hidden" in attributes or attributes.get("aria-hidden") == "true" or "none" in (attributes.get("style") or "")):
            mask |= _HIDDEN_BIT
        masks[element] = mask | (int(masks[parent]) if parent >= 0 else 0)
    own = masks[up[:, 0]]
    return ((own[:, None] >> np.arange(len(_PATH_TAGS) + 1)) & 1).astype(np.float32)


def _class_distances(layout: Layout, up: NDArray[np.int32]) -> Matrix:
    """Steps up to the nearest element whose class, id or role falls into each group; STEPS when there is none. The words
    of the whole path above that count as well, as STEPS - 1."""
    masks = np.zeros(len(layout.tags), dtype=np.int64)
    for element in np.unique(up).tolist():
        attributes = layout.attributes[element]
        if attributes and element:
            named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''} {attributes.get('aria-label') or ''}"
            if len(named) > 3:
                masks[element] = meanings(named[:300])
    stacked = masks[up]  # blocks × steps
    bits = ((stacked[:, :, None] >> np.arange(len(GROUPS))) & 1).astype(bool)
    nearest = np.where(bits.any(axis=1), bits.argmax(axis=1), STEPS)
    return nearest.astype(np.float32)


def _containers(layout: Layout, up: NDArray[np.int32], counts: NDArray[np.float32]) -> Matrix:
    """Measures of the nearest elements above the block that hold more blocks than the one below them."""
    opens, closes = np.asarray(layout.opens, dtype=np.int32), np.asarray(layout.closes, dtype=np.int32)
    sums = np.concatenate([[0.0], np.cumsum(counts)])
    linked = np.concatenate([[0.0], np.cumsum(np.asarray(layout.link_shares, dtype=np.float32) * counts)])
    longs = np.concatenate([[0.0], np.cumsum(np.where((counts >= 12) & (np.asarray(layout.link_shares) < 0.3), counts, 0.0))])
    last = len(counts)
    start, stop = np.minimum(opens[up], last), np.minimum(closes[up], last)
    size = stop - start
    grows = np.diff(size, axis=1, prepend=0) > 0
    grows[:, 0] = False
    order = np.cumsum(grows, axis=1)
    out = np.full((last, CONTAINERS, len(_CONTAINER)), -1.0, dtype=np.float32)
    index = np.arange(last)
    total, long_total = max(1.0, float(sums[-1])), max(1.0, float(longs[-1]))
    for level in range(1, CONTAINERS + 1):
        has = order[:, -1] >= level
        step = (order >= level).argmax(axis=1)
        a, b = start[index, step], stop[index, step]
        held = sums[b] - sums[a]
        row = np.stack([held, held / total, (linked[b] - linked[a]) / np.maximum(1.0, held), b - a, (longs[b] - longs[a]) / long_total, (index - a) / np.maximum(1, b - a)], axis=1)
        out[has, level - 1] = row[has]
    return out.reshape(last, -1)


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
    count = len(p)
    counts = base[:, 0]
    index = np.arange(count)
    padded = np.concatenate([np.full(CONTEXT_REACH, -1.0), p, np.full(CONTEXT_REACH, -1.0)])
    columns = [p] + [padded[CONTEXT_REACH + o : CONTEXT_REACH + o + count] for o in (*range(-CONTEXT_REACH, 0), *range(1, CONTEXT_REACH + 1))]
    sure = p > 0.7
    words = np.concatenate([[0.0], np.cumsum(counts)])
    weighted = np.concatenate([[0.0], np.cumsum(counts * p)])
    sures = np.concatenate([[0.0], np.cumsum(sure)])
    sure_words = np.concatenate([[0.0], np.cumsum(np.where(sure, counts, 0.0))])
    all_sure = max(1.0, float(sure_words[-1]))
    up = ancestors(layout)
    opens, closes = np.asarray(layout.opens, dtype=np.int32), np.asarray(layout.closes, dtype=np.int32)
    start, stop = np.minimum(opens[up], count), np.minimum(closes[up], count)
    grows = np.diff(stop - start, axis=1, prepend=0) > 0
    grows[:, 0] = False
    order = np.cumsum(grows, axis=1)
    for level in range(1, CONTAINERS + 1):
        has, step = order[:, -1] >= level, (order >= level).argmax(axis=1)
        a, b = start[index, step], stop[index, step]
        mean = (weighted[b] - weighted[a]) / np.maximum(1.0, words[b] - words[a])
        columns += [np.where(has, v, -1.0) for v in (mean, (sure_words[b] - sure_words[a]) / all_sure, sures[b] - sures[a])]
    columns.append(_mean_of_same_path(layout, p))
    where = np.flatnonzero(sure)
    first, last = (int(where[0]), int(where[-1])) if len(where) else (count, -1)
    columns += [np.clip(index - first, -30, 99), np.clip(last - index, -30, 99), sure_words[:-1] / all_sure, np.full(count, sures[-1]), np.full(count, p.max())]
    columns.append(_heading_above(layout, p))
    columns.append(((index > first) & (index < last)).astype(np.float32))
    columns += [_wide(p, -12), _wide(p, 12)]
    return np.stack(columns, axis=1).astype(np.float32)


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


def _mean_of_same_path(layout: Layout, p: NDArray[np.float32]) -> NDArray[np.float64]:
    member = _members(layout)
    total = np.bincount(member, weights=p)
    result: NDArray[np.float64] = (total / np.bincount(member))[member]
    return result
