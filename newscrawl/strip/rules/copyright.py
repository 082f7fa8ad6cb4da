"""Copyright lines.

Removes lines that say who holds the rights, paragraphs that begin with the sign and a year, and boxes named after them.
Spares a story about copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase
from newscrawl.strip.view import view_of

#: The sign, perhaps after the word, and a year. A notice has so many characters at most.
_NOTICE = re.compile(r"(?:copyright\s{0,3})?(?:©|\(c\))\s{0,3}(?:copyright\s{0,3})?(?:19|20)\d\d", re.I)
_LONGEST = 800
_BOX_NAMES = re.compile(r"(?<![a-z])copy-?right(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say who holds the rights."""
    page = view_of(article).text
    is_signed = any(sign in page for sign in ("©", "(c)", "(C)"))
    for block in article.blocks if is_signed else ():
        if block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM) and len(block.text) <= _LONGEST and _NOTICE.match(block.text):
            yield Removal(block, "begins with the copyright sign and a year")
    yield from by_phrase(article, "copyright")
    yield from by_box(article, _BOX_NAMES, prose=False)
