"""Promotion of the site's own app.

Removes a short line that asks the reader to install the app, and boxes named after it. In any language, also removes
a short line that names both mobile systems or both app stores.
Spares a sentence about an app.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase
from newscrawl.strip.view import view_of

_BOX_NAMES = re.compile(r"app-?(?:promo\w*|hint|banner|download|teaser)|smart-?banner")
_BOTH_STORES = re.compile(
    r"\biOS\b.{1,20}\bAndroid|\bAndroid\b.{1,20}\biOS\b"
    r"|\bApp ?Store\b.{1,25}\bGoogle ?Play\b|\bGoogle ?Play\b.{1,25}\bApp ?Store\b"
)
#: Most words of a line that names both.
MAX_WORDS = 16


def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes that promote an app."""
    yield from by_phrase(article, "app_promotion")
    yield from by_box(article, _BOX_NAMES)
    view = view_of(article)
    names_one = "Android" in view.text or "Play" in view.text
    for index, block in enumerate(view.blocks if names_one else ()):
        if block.kind is Kind.PARAGRAPH and view.sizes[index] <= MAX_WORDS and _BOTH_STORES.search(block.text):
            yield Removal(block, "a short line that names both mobile systems or app stores")
