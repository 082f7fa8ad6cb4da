"""The counter and buttons of a picture gallery.

Removes the labels of such buttons, and a line that is a counter ("3/12", "Foto 3 de 12", "3 / 12 枚").
Spares a sentence about pictures, a score, a reviewer's rating, and a count inside a longer line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_phrase
from newscrawl.strip.view import view_of

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_COUNTER = re.compile(
    rf"(?:[^\W\d_{_WIDE}]{{3,12}} |[{_WIDE}]{{1,3}} ?)?"
    r"(\d{1,3})"
    r"(?: ?/ ?| (?:of|de|di|van|von|sur|av|af|z|ze|из|з|من|din|od|til|per) |[张枚] ?[,/、共,]{1,2} ?)"
    r"(\d{1,3}) ?[张枚張]?"
)
#: The full marks of reviews: "4/5" may be a verdict.
_FULL_MARKS = frozenset({"5", "6", "10", "20"})


def removals(article: Article) -> Iterator[Removal]:
    """Counters and buttons of a gallery."""
    yield from by_phrase(article, "gallery")
    view = view_of(article)
    for index, block in enumerate(view.blocks):
        if block.kind is not Kind.PARAGRAPH or len(block.text) > 30:
            continue
        count = _COUNTER.fullmatch(view.folded[index])
        if count and 1 <= int(count[1]) <= int(count[2]) and not (count[2] in _FULL_MARKS and count[1] != "1"):
            yield Removal(block, "a gallery's counter")
