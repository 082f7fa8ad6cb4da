"""What is left of a box most of which is furniture: the clock under "Listen", the text over "Sign up".

Strikes the short blocks of an element that holds two to ten blocks, none of which the content model is sure of, where the
wording knows a good part of them as whole lines of furniture. Spares every element that holds a good part of the story, and
headings with a story under them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Kind, Removal
from newscrawl.strip.pieces import is_sure
from newscrawl.strip.view import View, ends_sentence, view

#: Blocks that such a box has, at least and at most; words of a block at most; the share of its blocks that are known.
LEAST, MOST, WORDS, KNOWN = 2, 10, 30, 0.4
_BOXES = frozenset(
    {"div", "section", "aside", "form", "footer", "header", "nav", "ul", "ol", "td", "fieldset", "details", "dialog"}
)
#: Kinds of the wording that also stand alone over story, or begin it.
_WEAK = frozenset({"byline", "date_line", "credit", "live_ticker", "categories", "events", "trending"})


def removals(article: Article) -> Iterator[Removal]:
    """Short blocks beside lines of furniture, in one small box."""
    seen = view(article)
    known = _known(seen)
    if not known:
        return
    boxes: dict[int, list[int]] = defaultdict(list)
    for index, steps in enumerate(seen.steps):
        if seen.blocks[index].kind in BODY_KINDS:
            for element in steps:
                if element.tag in _BOXES:
                    boxes[id(element)].append(index)
    gone: set[int] = set()
    for indexes in boxes.values():
        if not LEAST <= len(indexes) <= MOST or any(is_sure(seen.blocks[i]) or seen.sizes[i] > WORDS for i in indexes):
            continue
        count = sum(i in known for i in indexes)
        if count >= max(1.0, KNOWN * len(indexes)):
            gone.update(i for i in indexes if count > 1 or not ends_sentence(seen.blocks[i].text))
    yield from (
        Removal(seen.blocks[i], "stands in a box of furniture")
        for i in sorted(gone - known)
        if not _heads_story(seen, i)
    )


def _known(seen: View) -> set[int]:
    return {
        said.index
        for kind in seen.kinds
        if kind.partition(".")[0] not in _WEAK
        for said in seen.said(kind)
        if said.span is None and said.form == "line"
    }


def _heads_story(seen: View, index: int) -> bool:
    return seen.blocks[index].kind is Kind.HEADING and index + 1 < len(seen.blocks) and is_sure(seen.blocks[index + 1])
