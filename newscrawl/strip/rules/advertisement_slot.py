"""Text inside an advertising slot.

Removes short blocks in a box with a name like "adslot".
Spares the story, whatever box it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:ad|ads|advert|adverts|advertisement|advertising|adslot|adsbygoogle|dfp|gpt-?ad|banner-?ad|adsense"
    r"|anzeige|publicidad|publicite|werbung)(?![a-z])"
)


@where_found(phrases="advertisement_slot", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Short blocks in an advertising slot."""
    yield from by_phrase(article, "advertisement_slot")
    yield from by_box(article, _BOX_NAMES, prose=False)
