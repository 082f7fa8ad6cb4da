"""Akismet's lines under a comment form.

Strikes a line that names Akismet as what it is used for.
Spares a story about the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"akismet")


def removals(article: Article) -> Iterator[Removal]:
    """A line that names Akismet as what it is used for."""
    yield from worded(article, "akismet", "wording of akismet")
    yield from boxed(article, _NAMED, "stands in a box named so")
