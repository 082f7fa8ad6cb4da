"""Counters and buttons of a gallery.

Strikes lines that are such, and a line that counts ("3/12", "Foto 3 de 12", "3 / 12 枚").
Spares a sentence about pictures, a score, a reviewer's mark, and a count amid a line of more words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import view

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_COUNT = re.compile(
    rf"(?:[^\W\d_{_WIDE}]{{3,12}} |[{_WIDE}]{{1,3}} ?)?(\d{{1,3}})(?: ?/ ?| (?:of|de|di|van|von|sur|av|af|z|ze|из|з|من|din|od|til|per) |[张枚] ?[,/、共,]{{1,2}} ?)(\d{{1,3}}) ?[张枚張]?"
)

#: Full marks of reviews: "4/5" may be a verdict.
_MARKS = frozenset({"5", "6", "10", "20"})


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are such."""
    yield from worded(article, "gallery", "wording of gallery")
    seen = view(article)
    for index, block in enumerate(seen.blocks):
        counted = (
            _COUNT.fullmatch(seen.folded[index]) if block.kind is Kind.PARAGRAPH and len(block.text) <= 30 else None
        )
        if counted and 1 <= int(counted[1]) <= int(counted[2]) and not (counted[2] in _MARKS and counted[1] != "1"):
            yield Removal(block, "a gallery's counter")
