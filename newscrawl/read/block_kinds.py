"""The kind of each block (heading, list item, caption ...), from the elements around it and their class names."""

from __future__ import annotations

import re
from itertools import repeat

import numpy as np

from newscrawl._native import twin
from newscrawl.article import Kind
from newscrawl.read.layout import Layout

#: Most words of a caption that the page does not mark as one.
CAPTION_WORDS = 45
#: The same if the image and its caption are in one <p>, <a> or <li>.
INLINE_CAPTION_WORDS = 25
_SMALL_TEXT = frozenset({"i", "em", "small", "font", "span", "sub", "cite"})

_EMBED_CLASSES = [
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|fb-video|bluesky-embed|mastodon-embed",
    r"reddit-embed\w*|reddit-card|text-post-media|telegram-post|imgur-embed-pub|pinterest-embed",
]
_EMBED_CLASS = re.compile(rf"\b({'|'.join(_EMBED_CLASSES)})\b")
_CAPTION_CLASSES = [
    r"wp-?caption|caption|captions|image-?caption|imagecaption|photo-?caption|figcaption",
    r"(?:image|img|photo|picture|pic|foto|bild)-?(?:description|descr?|legend|source|quelle|beschreibung)",
    r"cut-?line",
    r"img-?credits?|image-?credits?|photo-?credits?|picture-?credits?",
    r"bildunterschrift|bildtext",  # German
    r"legende",  # French
    r"pie-?de-?foto|pie-?foto",  # Spanish
    r"legenda",  # Portuguese
    r"didascalia",  # Italian
    r"bijschrift",  # Dutch
    r"fotoaltyazi",  # Turkish
]
_CAPTION_CLASS = re.compile(rf"(?<![a-z])({'|'.join(_CAPTION_CLASSES)})(?![a-z])")

#: Kinds by number; the arrays below hold these numbers.
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
_HEADING_LEVELS = {f"h{n}": n for n in range(1, 7)}
_TAG_KINDS = {
    **dict.fromkeys(_HEADING_LEVELS, _HEADING),
    "blockquote": _QUOTE,
    "pre": _PREFORMATTED,
    "li": _LIST_ITEM,
    "caption": _CAPTION,
    "figcaption": _FIGCAPTION,
}


class _ClassKinds(dict[str, int]):
    """Class name -> kind. A cache, because the pages of a site, and many sites, share their class names."""

    def __missing__(self, name: str) -> int:
        if len(self) > 50_000:
            self.clear()
        lower = name.lower()
        self[name] = kind = (
            _EMBED if _EMBED_CLASS.search(lower) else _CAPTION if _CAPTION_CLASS.search(lower) else _PARAGRAPH
        )
        return kind


_class_kinds = _ClassKinds()


def set_kinds(layout: Layout) -> None:
    """Set the kinds and heading levels of all blocks."""
    kinds, headings = markup_kinds(layout)
    for table in layout.tables:
        kinds[table] = _TABLE
    layout.kinds = [_KINDS[kind] for kind in kinds]
    layout.levels = [
        _HEADING_LEVELS[layout.tags[element]] if kind == _HEADING else 0
        for kind, element in zip(kinds, headings, strict=True)
    ]
    _mark_captions(layout)


@twin
def markup_kinds(layout: Layout) -> tuple[list[int], list[int]]:
    """The kind of each block, as a number, and the heading element around it (0: none), by tags and class names."""
    up = layout.up[:7]
    classes = layout.class_of[up]
    by_class = np.zeros(len(layout.class_names), dtype=np.intp)
    by_class[classes] = 1
    for number in np.flatnonzero(by_class).tolist():
        by_class[number] = max(
            map(_class_kinds.__getitem__, (layout.class_names[number] or "").split()), default=_PARAGRAPH
        )
    by_tag = np.fromiter(map(_TAG_KINDS.get, layout.tags, repeat(_PARAGRAPH)), np.intp, len(layout.tags))
    by_tag[0] = _PARAGRAPH  # <body> says nothing about a block
    class_kinds, tags = np.where(up > 0, by_class[classes], _PARAGRAPH), by_tag[up]
    kinds, decided, heading = np.zeros((3, up.shape[1]), dtype=np.intp)
    # From the outermost element inwards: an inner tag overrides an outer one, but not the class of an embed, the class
    # of a caption or a <figcaption> around it.
    for step in range(len(up) - 1, -1, -1):
        class_kind, tag = class_kinds[step], tags[step]
        decides = (class_kind == _EMBED) | (tag == _FIGCAPTION)
        if step < 3:
            decides |= class_kind == _CAPTION
        decided = np.where(decides, np.where(class_kind == _EMBED, _EMBED, _CAPTION), decided)
        names_kind = (tag > _PARAGRAPH) & (tag <= (_LIST_ITEM if step < 3 else _PREFORMATTED))
        kinds = np.where(
            decides | (names_kind & (decided > 0)),
            decided,
            np.where(names_kind, tag, np.where(tag == _CAPTION, _CAPTION, kinds)),
        )
        heading = np.where(tag == _HEADING, up[step], heading)
    return kinds.tolist(), heading.tolist()


def _mark_captions(layout: Layout) -> None:
    """A short paragraph that shares a wrapper with one image and nothing else is a caption, whatever its class."""
    for image in layout.images:
        wrapper = layout.parents[image.element]
        for _ in range(4):
            if wrapper <= 0 or layout.closes[wrapper] > layout.opens[wrapper]:
                break
            wrapper = layout.parents[wrapper]
        start, stop = layout.opens[wrapper], min(layout.closes[wrapper], len(layout.texts))
        if wrapper <= 0 or not 1 <= stop - start <= 2 or start < image.next_block - 1:
            continue
        limit = INLINE_CAPTION_WORDS if layout.tags[wrapper] in ("p", "a", "li") else CAPTION_WORDS
        for index in range(start, stop):
            is_small = layout.tags[layout.places[index]] in _SMALL_TEXT or limit == CAPTION_WORDS
            if (
                layout.kinds[index] is Kind.PARAGRAPH
                and is_small
                and layout.link_shares[index] < 0.5
                and len(layout.texts[index].split()) <= limit
            ):
                layout.kinds[index] = Kind.CAPTION
                layout.unmarked_captions.add(index)
