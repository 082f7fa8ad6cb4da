"""Appeals for money.

Strikes lines that ask the reader to give, and boxes named so.
Spares a story that tells of donations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])donat(?:e|ion)s?(?:-?(?:box|banner|form|button|widget|appeal|cta))(?![a-z])|support-?(?:us|banner)|contribution-?(?:banner|epic)|membership-?(?:cta|banner|promo)"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that ask the reader to give, and boxes named so."""
    yield from worded(article, "donation", "wording of donation")
    yield from boxed(article, _NAMED, "stands in a box named so")
