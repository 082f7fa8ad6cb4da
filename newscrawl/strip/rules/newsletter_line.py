"""Lines that promote a newsletter.

Removes a short line that asks the reader to sign up.
Spares a sentence about newsletters that asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_phrase, where_found


@where_found(phrases="newsletter_line")
def removals(article: Article) -> Iterator[Removal]:
    """Lines that ask the reader to sign up for a newsletter."""
    yield from by_phrase(article, "newsletter_line")
