"""Lines for the site's own app.

Strikes a short line that asks to load it, boxes named so, and, in any language, a short line of which the content model is not sure
that names both systems or shops that apps are made for. Spares a sentence that tells of an app.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.pieces import is_sure
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import view

_NAMED = re.compile(r"app-?(?:promo\w*|hint|banner|download|teaser)|smart-?banner")

_STORES = re.compile(
    r"\biOS\b.{1,20}\bAndroid|\bAndroid\b.{1,20}\biOS\b|\bApp ?Store\b.{1,25}\bGoogle ?Play\b|\bGoogle ?Play\b.{1,25}\bApp ?Store\b"
)
#: Words of such a line at most.
LONGEST = 16


def removals(article: Article) -> Iterator[Removal]:
    """A short line that asks to load it, and boxes named so."""
    yield from worded(article, "app_promotion", "wording of app promotion")
    yield from boxed(article, _NAMED, "stands in a box named so")
    seen = view(article)
    for index, block in enumerate(seen.blocks):
        if (
            block.kind is Kind.PARAGRAPH
            and seen.sizes[index] <= LONGEST
            and _STORES.search(block.text)
            and not is_sure(block)
        ):
            yield Removal(block, "names both systems that apps are made for, in a short line")
