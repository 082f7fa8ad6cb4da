"""What stands in a slot for advertisements.

Strikes short blocks of a box named so.
Spares the story, in whatever box it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:ad|ads|advert|adverts|advertisement|advertising|adslot|adsbygoogle|dfp|gpt-?ad|banner-?ad|adsense|anzeige|publicidad|publicite|werbung)(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Short blocks of a box named so."""
    yield from worded(article, "advertisement_slot", "wording of advertisement slot")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False, judged=True)
