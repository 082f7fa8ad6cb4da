"""The foot of the page.

Strikes short blocks in a footer, lines that are its words.
Spares the last paragraphs of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:footer|colophon|contentinfo|site-?(?:footer|info)|page-?footer|footer-?\w{1,12})(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Short blocks in a footer, lines that are its words."""
    yield from worded(article, "footer", "wording of footer")
    yield from boxed(article, _NAMED, "stands in a box named so", judged=True)
