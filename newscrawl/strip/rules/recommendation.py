"""Recommendation widgets (Taboola, Outbrain and the like).

Removes their headings and lines, and the contents of their boxes.
Spares a paragraph that recommends something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"taboola|outbrain|(?<![a-z])(?:ob-widget|trc_|mgid|revcontent|plista|dianomi|ligatus|engageya|recirc)"
    r"|recommend(?:ed|ation)s?(?![a-z])|you-?may-?(?:also-?)?like"
)


@where_found(phrases="recommendation", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Headings, lines and boxes of recommendation widgets."""
    yield from by_phrase(article, "recommendation")
    yield from by_box(article, _BOX_NAMES)
