"""Cookie and privacy banners.

Removes lines that ask for consent, and boxes named after a consent tool.
Spares a story about cookies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"cookie-?(?:banner|bar|notice|consent|law|policy|info)"
    r"|(?<![a-z])(?:gdpr|cmp|onetrust|didomi|usercentrics|sourcepoint|cookiebot|iubenda|quantcast)(?![a-z])"
    r"|privacy-?(?:banner|notice|settings)|consent-?(?:banner|bar|layer|manager)"
)


@where_found(phrases="consent", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Requests for consent."""
    yield from by_phrase(article, "consent")
    yield from by_box(article, _BOX_NAMES)
