"""The rest of a box that is mostly boilerplate: the time display under "Listen", the text above "Sign up".

Removes the short blocks of an element with two to ten blocks, if the content model is sure of none of them and a good
part of them are lines that consist of a known phrase.
Spares every element that holds a good part of the story, and headings with story under them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Kind, Removal
from newscrawl.strip.scores import is_sure_story
from newscrawl.strip.view import View, view_of
from newscrawl.text import ends_sentence

#: Fewest and most blocks of such a box, and most words of one of its blocks.
MIN_BLOCKS, MAX_BLOCKS, MAX_WORDS = 2, 10, 30
#: The least share of its blocks that are a known phrase.
KNOWN_SHARE = 0.4
_BOX_TAGS = frozenset(
    {"div", "section", "aside", "form", "footer", "header", "nav", "ul", "ol", "td", "fieldset", "details", "dialog"}
)
#: Rules whose phrases also occur alone above a story, or begin one.
_WEAK_RULES = frozenset({"byline", "date_line", "credit", "live_ticker", "categories", "events", "trending"})


def removals(article: Article) -> Iterator[Removal]:
    """Short blocks that share a small box with known boilerplate."""
    view = view_of(article)
    known = _known(view)
    if not known:
        return
    boxes: dict[int, list[int]] = defaultdict(list)
    for index, steps in enumerate(view.box_steps):
        if view.blocks[index].kind in BODY_KINDS:
            for element in steps:
                if element.tag in _BOX_TAGS:
                    boxes[id(element)].append(index)
    found: set[int] = set()
    for indexes in boxes.values():
        if not MIN_BLOCKS <= len(indexes) <= MAX_BLOCKS:
            continue
        if any(is_sure_story(view.blocks[i]) or view.sizes[i] > MAX_WORDS for i in indexes):
            continue
        count = sum(i in known for i in indexes)
        if count >= max(1.0, KNOWN_SHARE * len(indexes)):
            found.update(i for i in indexes if count > 1 or not ends_sentence(view.blocks[i].text))
    yield from (
        Removal(view.blocks[i], "in a box of boilerplate") for i in sorted(found - known) if not _heads_story(view, i)
    )


def _known(view: View) -> set[int]:
    return {
        match.index
        for kind in view.phrase_kinds
        if kind.partition(".")[0] not in _WEAK_RULES
        for match in view.phrases(kind)
        if match.span is None and match.form == "line"
    }


def _heads_story(view: View, index: int) -> bool:
    after = index + 1
    return view.blocks[index].kind is Kind.HEADING and after < len(view.blocks) and is_sure_story(view.blocks[after])
