"""Boxes with the weather or stock prices.

Removes their headings, and short blocks in boxes named after them.
Spares a story about the weather or stocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:weather|wetter|meteo|tiempo|stock|stocks|ticker|quotes?|boerse|exchange)"
    r"-?(?:widget|box|bar|ticker|tape|module|table)(?![a-z])|currency-?(?:widget|converter)"
)


@where_found(phrases="weather_stocks", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Headings and boxes of weather and stock prices."""
    yield from by_phrase(article, "weather_stocks")
    yield from by_box(article, _BOX_NAMES, prose=False)
