"""The placeholder of an embedded post that waits for the reader's consent.

Removes lines that ask to allow the embed, and boxes named after it.
Spares a quoted post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"embed-?(?:consent|placeholder|privacy)|consent-?(?:placeholder|overlay|embed)|external-?content|two-?click"
)


@where_found(phrases="embed_consent", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes that ask to allow an embedded post."""
    yield from by_phrase(article, "embed_consent")
    yield from by_box(article, _BOX_NAMES)
