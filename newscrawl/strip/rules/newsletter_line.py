"""Lines that offer a newsletter.

Strikes a short line that asks the reader to order one.
Spares a sentence that tells of newsletters without asking.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """A short line that asks the reader to order one."""
    yield from worded(article, "newsletter_line", "wording of newsletter line")
