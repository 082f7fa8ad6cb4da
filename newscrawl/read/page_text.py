"""Measures of a page's text for the page model: how much of it is story, how the story is built, and what is around it.

All of them together take a fraction of a millisecond: what concerns every block is done with arrays, and only the
blocks of the story are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin
from newscrawl.article import Kind
from newscrawl.read.class_names import GROUPS, groups_of
from newscrawl.read.layout import Layout
from newscrawl.read.page_words import word_shares
from newscrawl.text import ends_sentence

#: Groups of class names whose elements are counted, and those in which the story may stand.
_AROUND = ("shop", "form", "rating", "list")
_ABOVE = ("story", "comment", "list", "quote")
#: The measures, in the order of the model's columns.
TEXT_NAMES = (
    "story_words",
    "sure_words",
    "story_share",
    "story_blocks",
    "mean_score",
    "best_score",
    "blocks",
    "words",
    "link_density",
    "linked_headings",
    "headings",
    "spread",
    "switches",
    "short_linked",
    "other_texts",
    "before",
    "after",
    "longest",
    "long_blocks",
    "list_share",
    "heading_share",
    "words_in_lists",
    "words_in_paragraphs",
    "paragraph_words",
    "run",
    "one_parent",
    "parents",
    "tiny_blocks",
    "questions",
    "quote_blocks",
    "verses",
    "labels",
    "lines",
    "commas",
    "quotes",
    "digits",
    "prices",
    "you",
    "we",
    "said",
    "code",
    "images",
    "story_images",
    "videos",
    "buttons",
    *(f"class_{name}" for name in _AROUND),
    *(f"story_in_{name}" for name in _ABOVE),
)
#: Words and signs of very long stories are judged by so many characters of them.
_MOST = 200_000
_BIT = {name: 1 << number for number, name in enumerate(GROUPS)}
_MONEY = "$€£¥₹₽"
_QUOTES = '"“”„«»「'
#: A block of the story with fewer words is a label; so many other blocks interrupt a run; words of the longest
#: verse, characters of a line that is none, and of the longest label ("Place: Room 204").
_TINY, _GAP, _VERSE, _LONG, _LABEL = 4, 3, 12, 100, 25


def text_measures(layout: Layout, scores: Sequence[float], language: str | None) -> dict[str, Any]:
    """Measures of blocks and their scores. language: of the story, as a BCP 47 tag."""
    sizes = np.array(layout.sizes or [0.0])
    p = np.asarray(scores if len(scores) else [0.0], dtype=np.float64)
    where: list[int] = np.flatnonzero(p >= 0.5).tolist() if layout.texts else []
    return {
        **_amounts(layout, sizes, p, where),
        **_structure(layout, where),
        **_wording(layout, where, language),
        **_surroundings(layout, sizes, where),
    }


def _amounts(layout: Layout, sizes: NDArray[Any], p: NDArray[Any], where: Sequence[int]) -> dict[str, Any]:
    """How much of the page is story, and how it is spread."""
    links = np.array(layout.link_shares or [0.0])
    heading = np.array(layout.levels or [0]) > 0
    kept = p >= 0.5
    total, story = max(1.0, float(sizes.sum())), float(sizes[kept].sum())
    first, last = (where[0], where[-1]) if where else (0, -1)
    return {
        "story_words": np.log1p(story),
        "sure_words": np.log1p(sizes[p >= 0.8].sum()),
        "story_share": story / total,
        "story_blocks": len(where),
        "mean_score": (p @ sizes) / total,
        "best_score": p.max(),
        "blocks": len(sizes),
        "words": np.log1p(total),
        "link_density": (links @ sizes) / total,
        "linked_headings": np.count_nonzero(heading & (links > 0.7)),
        "headings": np.count_nonzero(heading),
        "spread": (last - first + 1) / max(1, len(where)),
        "switches": np.count_nonzero(kept[1:] != kept[:-1]),
        "short_linked": np.count_nonzero((sizes <= 12) & (links > 0.8)) / len(sizes),
        "other_texts": np.count_nonzero(~kept & (sizes >= 8) & (links < 0.3)),
        "before": sizes[:first].sum() / total if where else 0.0,
        "after": sizes[last + 1 :].sum() / total if where else 0.0,
    }


def _structure(layout: Layout, where: Sequence[int]) -> dict[str, Any]:
    """How the story is put together: its kinds of blocks, its longest run, and its parents."""
    sizes = [layout.sizes[i] for i in where]
    kinds = [layout.kinds[i] for i in where]
    parents = layout.up[min(1, len(layout.up) - 1), where].tolist() if where else []
    story, count = max(1.0, sum(sizes)), max(1, len(where))
    words: dict[Any, float] = {}
    by_parent: dict[int, float] = {}
    run = longest_run = 0.0
    last = -1
    for at, size, kind, parent in zip(where, sizes, kinds, parents, strict=True):
        words[kind] = words.get(kind, 0.0) + size
        by_parent[parent] = by_parent.get(parent, 0.0) + size
        run = run + size if at - last <= _GAP else size
        longest_run, last = max(longest_run, run), at
    paragraphs = sorted(size for size, kind in zip(sizes, kinds, strict=True) if kind is Kind.PARAGRAPH)
    return {
        "longest": max(sizes, default=0.0),
        "long_blocks": sum(size >= 25 for size in sizes),
        "list_share": kinds.count(Kind.LIST_ITEM) / count,
        "heading_share": kinds.count(Kind.HEADING) / count,
        "words_in_lists": words.get(Kind.LIST_ITEM, 0.0) / story,
        "words_in_paragraphs": words.get(Kind.PARAGRAPH, 0.0) / story,
        "paragraph_words": paragraphs[len(paragraphs) // 2] if paragraphs else 0.0,
        "run": np.log1p(longest_run),
        "one_parent": max(by_parent.values(), default=0.0) / story,
        "parents": len(by_parent),
        "tiny_blocks": sum(size < _TINY for size in sizes) / count,
        "questions": sum(layout.levels[i] > 0 and layout.texts[i].endswith(("?", "？")) for i in where),
        "quote_blocks": kinds.count(Kind.QUOTE) / count,
    }


def _wording(layout: Layout, where: Sequence[int], language: str | None) -> dict[str, Any]:
    """Measures of the story's words and signs."""
    where = where[: _blocks_within([layout.texts[i] for i in where])]
    text = "\n".join([layout.texts[i] for i in where])
    words = max(1.0, sum([layout.sizes[i] for i in where]))
    lines = text.split("\n")
    short = [line for line in lines if line.count(" ") < _VERSE and len(line) < _LONG]
    whole = "".join(layout.texts[: _blocks_within(layout.texts)])
    you, we, said = word_shares(text, language)
    return {
        "verses": sum(not ends_sentence(line) for line in short) / len(lines),
        "labels": sum(0 < line.find(":") <= _LABEL for line in short) / len(lines),
        "lines": (len(lines) - len(where)) / words,
        "commas": text.count(",") / words,
        "quotes": sum(map(text.count, _QUOTES)) / words,
        "digits": sum(map(text.count, "012")) / words,
        "prices": np.log1p(sum(map(whole.count, _MONEY))),
        "you": you,
        "we": we,
        "said": said,
    }


def _blocks_within(texts: Sequence[str]) -> int:
    """How many of the texts, from the first, have no more than `_MOST` characters together: a bound on memory."""
    if sum(map(len, texts)) <= _MOST:
        return len(texts)
    return int(np.searchsorted(np.cumsum([len(text) for text in texts]), _MOST)) + 1


def _surroundings(layout: Layout, sizes: NDArray[Any], where: Sequence[int]) -> dict[str, Any]:
    """What stands around the story: images, buttons, and elements by the meaning of their class names."""
    counts, words = class_uses(layout, where, [_BIT[name] for name in _AROUND], [_BIT[name] for name in _ABOVE])
    story = max(1.0, float(sizes[where].sum()) if where else 0.0)
    tags = layout.tags
    return {
        "code": layout.kinds.count(Kind.PREFORMATTED),
        "images": np.log1p(len(layout.images)),
        "story_images": sum(where[0] <= image.next_block <= where[-1] for image in layout.images) if where else 0,
        "videos": tags.count("video") + tags.count("audio"),
        "buttons": np.log1p(tags.count("button")),
        **{f"class_{name}": np.log1p(count) for name, count in zip(_AROUND, counts, strict=True)},
        **{f"story_in_{name}": of / story for name, of in zip(_ABOVE, words, strict=True)},
    }


@twin
def class_uses(
    layout: Layout, where: Sequence[int], around: Sequence[int], above: Sequence[int]
) -> tuple[list[int], list[float]]:
    """How many elements have class names of each group in `around`, and the words of blocks in elements of `above`.

    where: the blocks. around, above: bits of groups.
    """
    meaning = np.array([groups_of(names) if names else 0 for names in layout.class_names] or [0], dtype=np.int64)
    of = meaning[layout.class_of] if len(layout.class_of) else np.zeros(max(1, len(layout.tags)), dtype=np.int64)
    over = np.bitwise_or.reduce(of[layout.up[:, where]], axis=0) if where else np.zeros(0, dtype=np.int64)
    inside = np.array([layout.sizes[index] for index in where])
    counts = [int(np.count_nonzero(of & bit)) for bit in around]
    return counts, [float(inside[(over & bit) > 0].sum()) if where else 0.0 for bit in above]
