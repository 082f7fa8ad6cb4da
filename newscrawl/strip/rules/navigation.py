"""Menus.

Strikes short blocks in a navigation, lines that are a menu's word.
Spares the story, and lists with links in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"(?<![a-z])(?:nav|navbar|navigation|main-?menu|mega-?menu|sub-?menu|menu|menu-?item|menubar|off-?canvas|site-?header|masthead|topbar|top-?bar)(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Short blocks in a navigation, lines that are a menu's word."""
    yield from worded(article, "navigation", "wording of navigation")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False, judged=True)
