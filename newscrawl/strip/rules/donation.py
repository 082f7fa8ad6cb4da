"""Appeals for donations.

Removes lines that ask the reader for money, and boxes named after them.
Spares a story about donations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])donat(?:e|ion)s?(?:-?(?:box|banner|form|button|widget|appeal|cta))(?![a-z])"
    r"|support-?(?:us|banner)|contribution-?(?:banner|epic)|membership-?(?:cta|banner|promo)"
)


@where_found(phrases="donation", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes that ask for money."""
    yield from by_phrase(article, "donation")
    yield from by_box(article, _BOX_NAMES)
