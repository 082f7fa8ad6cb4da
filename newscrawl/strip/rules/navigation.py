"""Menus.

Strikes short blocks in a navigation, lines that are a menu's word, and, before the first running text, a few words that are all
links. Spares the story, and lists with links in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import ends_sentence, view

#: Words of a line of links at most.
LONGEST = 10

_NAMED = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|main-?menu|mega-?menu|sub-?menu|menu|menu-?item|menubar|off-?canvas|site-?header|masthead|topbar|top-?bar)(?![a-z])(?!-(?:heading|title))"
)


def removals(article: Article) -> Iterator[Removal]:
    """Short blocks in a navigation, lines that are a menu's word."""
    yield from worded(article, "navigation", "wording of navigation")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False, judged=True)
    seen = view(article)
    for index in range(seen.first_sentences if seen.prose else 0):
        block = seen.blocks[index]
        if (
            block.kind is Kind.PARAGRAPH
            and block.link_density >= 0.75
            and seen.sizes[index] <= LONGEST
            and not ends_sentence(block.text)
        ):
            yield Removal(block, "a few words before the story that are all links")
