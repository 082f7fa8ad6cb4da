"""The footer of the page.

Removes short blocks in a footer, and typical footer lines.
Spares the last paragraphs of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:footer|colophon|contentinfo|site-?(?:footer|info)|page-?footer|footer-?\w{1,12})(?![a-z])"
)


@where_found(phrases="footer", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Short blocks and lines of a page footer."""
    yield from by_phrase(article, "footer")
    yield from by_box(article, _BOX_NAMES)
