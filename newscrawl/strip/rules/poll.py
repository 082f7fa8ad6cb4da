"""Polls.

Strikes their labels, and short blocks of a box named so.
Spares a paragraph that tells of a poll.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"(?<![a-z])(?:poll|polls|survey|umfrage|sondage|encuesta|sondaggio|anket)-?(?:box|widget|form|container|wrap\w*|question|answers?|options?)?(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Their labels, and short blocks of a box named so."""
    yield from worded(article, "poll", "wording of poll")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
