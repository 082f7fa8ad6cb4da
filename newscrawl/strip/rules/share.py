"""Share bars.

Strikes lines that are a share button, and bars of such by their box.
Spares a paragraph that tells of sharing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:social-?)?shar(?:e|ing)(?![a-z])|sharedaddy|addtoany|addthis|sharethis|social-?(?:bar|links|icons|media|buttons|tools)|sociable"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are a share button, and bars of such by their box."""
    yield from worded(article, "share", "wording of share")
    yield from boxed(article, _NAMED, "stands in a box named so")
