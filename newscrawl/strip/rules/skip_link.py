"""Skip links, such as "Skip to content".

Removes lines that are such a link, and boxes named after them.
Spares a sentence with the word "skip".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"skip-?(?:link|to|nav|content)|sprung(?:link|marke)")


@where_found(phrases="skip_link", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Skip links."""
    yield from by_phrase(article, "skip_link")
    yield from by_box(article, _BOX_NAMES, prose=False)
