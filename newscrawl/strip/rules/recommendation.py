"""Widgets that recommend other pages (Taboola, Outbrain and their like).

Strikes their headings and lines, and what stands in their box.
Spares a paragraph that recommends something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"taboola|outbrain|(?<![a-z])(?:ob-widget|trc_|mgid|revcontent|plista|dianomi|ligatus|engageya|recirc)|recommend(?:ed|ation)s?(?![a-z])|you-?may-?(?:also-?)?like"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their headings and lines, and what stands in their box."""
    yield from worded(article, "recommendation", "wording of recommendation")
    yield from boxed(article, _NAMED, "stands in a box named so")
