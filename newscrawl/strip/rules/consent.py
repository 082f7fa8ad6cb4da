"""Cookie and privacy bars.

Strikes lines that ask for consent, and boxes named so.
Spares a story about cookies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"cookie-?(?:banner|bar|notice|consent|law|policy|info)|(?<![a-z])(?:gdpr|cmp|onetrust|didomi|usercentrics|sourcepoint|cookiebot|iubenda|quantcast)(?![a-z])|privacy-?(?:banner|notice|settings)|consent-?(?:banner|bar|layer|manager)"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that ask for consent, and boxes named so."""
    yield from worded(article, "consent", "wording of consent")
    yield from boxed(article, _NAMED, "stands in a box named so")
