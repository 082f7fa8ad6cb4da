"""The date of publication or of the last change. Dates have fields of their own.

Removes short lines with a phrase such as "published" or "updated" and a date. Also removes a line that is little else
but a date: before the running text, any date with its year; before or after it, the day on which the article was
published or changed.
Spares a sentence that begins with a date, and a date that serves as the heading of a part of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from newscrawl.article import Article, Kind, Removal
from newscrawl.dates import month_of
from newscrawl.strip.finders import by_phrase
from newscrawl.strip.view import view_of
from newscrawl.text import length

#: Most characters of such a line, and most words: weekday, month, label, time zone.
MAX_CHARACTERS, MAX_WORDS = 70, 5
_UNITS = re.compile("[年月日時分点년월일시분]")
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:19|20)?\d\d)(?!\d)"
)
_YEAR, _DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), re.compile(r"(?<![\d:.])\d{1,2}(?![\d:]|\.\d)")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that state when the story was published or changed."""
    yield from by_phrase(article, "date_line")
    view = view_of(article)
    stated = [date for date in (article.date_published, article.date_modified) if date is not None]
    # the page may show the day of another time zone
    days = {(date + timedelta(days=n)).day for date in stated for n in (-1, 0, 1)}
    names = [person.name for person in article.authors]
    edges = (*range(view.first_prose), *range(view.last_prose + 1, len(view.blocks)))
    for index in edges:
        block = view.blocks[index]
        if block.kind not in (Kind.PARAGRAPH, Kind.QUOTE) or len(block.text) > MAX_CHARACTERS or "\n" in block.text:
            continue
        bare = _UNITS.sub(" ", block.text)
        for name in names:
            bare = bare.replace(name, " ")
        said = _WORD.findall(bare)
        words, numbers = length(" ".join(said)), {int(day) for day in _DAY.findall(block.text)}
        if words > MAX_WORDS:
            continue
        dated = _DATE.search(block.text) or (words and numbers and _YEAR.search(block.text))
        published = numbers & days and (dated or (1 <= words <= 3 and any(map(month_of, said))))
        if published or (dated and index < view.first_prose):
            yield Removal(block, "a date and little else")
