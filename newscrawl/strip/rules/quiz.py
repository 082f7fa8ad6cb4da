"""Quizzes and games.

Removes their labels, and short blocks in boxes named after them.
Spares a paragraph about a quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:quiz|riddle|crossword|playbuzz|qzzr)-?(?:box|widget|embed|container|teaser|question)?(?![a-z])"
)


@where_found(phrases="quiz", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labels and boxes of quizzes and games."""
    yield from by_phrase(article, "quiz")
    yield from by_box(article, _BOX_NAMES, prose=False)
