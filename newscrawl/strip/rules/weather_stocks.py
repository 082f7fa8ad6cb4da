"""Boxes of weather and stocks.

Strikes their headings, and short blocks of a box named so.
Spares a story about weather or stocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:weather|wetter|meteo|tiempo|stock|stocks|ticker|quotes?|boerse|exchange)-?(?:widget|box|bar|ticker|tape|module|table)(?![a-z])|currency-?(?:widget|converter)"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their headings, and short blocks of a box named so."""
    yield from worded(article, "weather_stocks", "wording of weather stocks")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
