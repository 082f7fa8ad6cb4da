"""Lines for the site's own app.

Strikes a short line that asks to load it, and boxes named so.
Spares a sentence that tells of an app.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"app-?(?:promo\w*|hint|banner|download|teaser)|smart-?banner")


def removals(article: Article) -> Iterator[Removal]:
    """A short line that asks to load it, and boxes named so."""
    yield from worded(article, "app_promotion", "wording of app promotion")
    yield from boxed(article, _NAMED, "stands in a box named so")
