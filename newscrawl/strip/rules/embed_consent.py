"""What stands in place of an embedded post until it is allowed.

Strikes lines that ask to allow it, and boxes named so.
Spares a quoted post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"embed-?(?:consent|placeholder|privacy)|consent-?(?:placeholder|overlay|embed)|external-?content|two-?click"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that ask to allow it, and boxes named so."""
    yield from worded(article, "embed_consent", "wording of embed consent")
    yield from boxed(article, _NAMED, "stands in a box named so")
