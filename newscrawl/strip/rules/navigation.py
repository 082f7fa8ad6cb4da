"""Menus.

Removes short blocks in a navigation element, lines that are a typical menu entry, and, before the first running text,
a few words that are all links.
Spares the story, and lists with links in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase
from newscrawl.strip.view import view_of
from newscrawl.text import ends_sentence

#: Most words of a line of links.
MAX_WORDS = 10
_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|main-?menu|mega-?menu|sub-?menu|menu|menu-?item|menubar|off-?canvas"
    r"|site-?header|masthead|topbar|top-?bar)(?![a-z])(?!-(?:heading|title))"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes of a menu."""
    yield from by_phrase(article, "navigation")
    yield from by_box(article, _BOX_NAMES, prose=False)
    view = view_of(article)
    for index in range(view.first_prose if view.prose else 0):
        block = view.blocks[index]
        if (
            block.kind is Kind.PARAGRAPH
            and block.link_density >= 0.75
            and view.sizes[index] <= MAX_WORDS
            and not ends_sentence(block.text)
        ):
            yield Removal(block, "a few words before the story that are all links")
