"""Boxes of a live ticker, and what heads the entries of a live story: the time, and who wrote the entry.

Strikes their labels, short blocks of a box named so, and a line that is a time of day with a name or a few words, before the
entry's text. Spares a live story itself, whose entries have sentences, and a timetable, whose lines follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import ends_sentence, view

_NAMED = re.compile(r"(?<![a-z])(?:live-?ticker-?(?:box|teaser|widget)|breaking-?(?:news-?)?(?:bar|ticker|banner)|news-?ticker)(?![a-z])")

_TIME = re.compile(r"^\W{0,3}(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d(?![\d.])\s?(?:uhr|h|[ap]\.?m\.?|[A-Z]{3,4}\b)?\W{0,3}(?=\D|$)", re.I)
#: Words beside the time.
BESIDE = 5


def removals(article: Article) -> Iterator[Removal]:
    """Their labels, and short blocks of a box named so."""
    yield from worded(article, "live_ticker", "wording of live ticker")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
    seen = view(article)
    timed = [block.kind is Kind.PARAGRAPH and seen.sizes[i] <= BESIDE + 2 and not ends_sentence(block.text) and _TIME.match(block.text) is not None for i, block in enumerate(seen.blocks)]
    for index, block in enumerate(seen.blocks):
        beside = timed[index - 1 : index] + timed[index + 1 : index + 2] if index else timed[1:2]
        if timed[index] and not any(beside):
            yield Removal(block, "the time of an entry, and whose it is")
