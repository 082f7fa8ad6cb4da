"""Dates of publication and of changes: they have fields of their own.

Strikes short lines that begin with "published" or "updated" and hold a figure; and, before the first running text or behind
the last, a line that is a date and hardly anything else: one with its year, or the day on which the article was published.
Spares a sentence that begins with a date, and a date that heads a part of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import view

#: Characters and words of a line that is only a date: weekday, month, a label or the zone, a time of day.
LONGEST, WORDS = 70, 5
_UNITS = re.compile("[年月日時分点년월일시분]")
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:19|20)?\d\d)(?!\d)"
)
_YEAR, _DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), re.compile(r"(?<![\d:.])\d{1,2}(?![\d:]|\.\d)")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that state when the story was published or changed."""
    yield from worded(article, "date_line", "wording of date line")
    seen = view(article)
    stated = [date for date in (article.date_published, article.date_modified) if date is not None]
    days = {
        (date + timedelta(days=n)).day for date in stated for n in (-1, 0, 1)
    }  # the page may show another zone's day
    names = [person.name for person in article.authors]
    edges = (*range(seen.first_sentences), *range(seen.last_sentences + 1, len(seen.blocks)))
    for index in edges:
        block = seen.blocks[index]
        if block.kind not in (Kind.PARAGRAPH, Kind.QUOTE) or len(block.text) > LONGEST or "\n" in block.text:
            continue
        bare = _UNITS.sub(" ", block.text)
        for name in names:
            bare = bare.replace(name, " ")
        words, figures = len(_WORD.findall(bare)), {int(day) for day in _DAY.findall(block.text)}
        if words > WORDS:
            continue
        dated = _DATE.search(block.text) or (words and figures and _YEAR.search(block.text))
        published = figures & days and (dated or 1 <= words <= 3)
        if published or (dated and index < seen.first_sentences):
            yield Removal(block, "a date, and hardly anything else")
