"""Links over the navigation.

Strikes lines that are such a link, and what is named so.
Spares a sentence with "skip".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"skip-?(?:link|to|nav|content)|sprung(?:link|marke)")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are such a link, and what is named so."""
    yield from worded(article, "skip_link", "wording of skip link")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
