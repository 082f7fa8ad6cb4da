"""Quizzes and games.

Strikes their labels, and short blocks of a box named so.
Spares a paragraph about a quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:quiz|riddle|crossword|playbuzz|qzzr)-?(?:box|widget|embed|container|teaser|question)?(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their labels, and short blocks of a box named so."""
    yield from worded(article, "quiz", "wording of quiz")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
