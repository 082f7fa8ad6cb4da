"""Boxes of events and job offers.

Removes their headings, phrases of job boards, and the calendar of a month.
Spares a story about an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_phrase

#: A calendar's days, and its other words: seven weekdays, and links to other months.
_DAY, _WORD = re.compile(r"(?<![\d.:])\d{1,2}(?![\d.:])"), re.compile(r"[^\W\d_]+")
_WORDS, _LONGEST = 14, 600


def removals(article: Article) -> Iterator[Removal]:
    """Headings of event boxes, and phrases of job boards."""
    yield from by_phrase(article, "events")
    for block in article.blocks:
        if block.kind is Kind.TABLE and len(block.text) <= _LONGEST and _is_month(block.text):
            yield Removal(block, "the calendar of a month")


def _is_month(table: str) -> bool:
    """Does the table count the days of a month, one after the other, with hardly any other words?"""
    days = [int(day) for day in _DAY.findall(table)]
    return days[:28] == list(range(1, 29)) and len(_WORD.findall(table)) <= _WORDS
