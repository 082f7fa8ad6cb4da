"""Dates in the lines around the headline, which a page shows beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from newscrawl.read.date_parsing import RELATIVE, dates_in
from newscrawl.read.date_places import dateline, is_in_sentence
from newscrawl.read.date_wording import COPYRIGHT, MODIFIED_WORD, OTHER_LABEL, PUBLISHED_LABEL, is_of_other
from newscrawl.read.foreign_places import is_foreign
from newscrawl.read.layout import Layout


def near_headline(layout: Layout, headline: int | None) -> Iterator[str]:
    """Dates in the short blocks around the headline; those after "published" come first.

    Those marked as modifications, and relative ones, come last.
    """
    if headline is None:
        return
    yield from _after_label(layout, headline)
    later: list[str] = []
    order = [
        *range(headline + 1, min(headline + 4, len(layout.texts))),
        *range(headline - 1, max(headline - 4, -1), -1),
        *range(headline + 4, min(headline + 12, len(layout.texts))),
        *range(headline - 4, max(headline - 6, -1), -1),
    ]
    for index in order:
        text = layout.texts[index]
        if len(text) > 200 and index > headline:
            later += dateline(text)
        if len(text) > 200 or COPYRIGHT.search(text) or is_foreign(layout, index, headline):
            continue
        label = layout.texts[index - 1] if index and len(layout.texts[index - 1]) < 30 else ""
        exact = layout.attributes[layout.places[index]].get("datetime")  # of a <time>
        for raw in chain([exact] if exact else [], dates_in(text)):
            if is_in_sentence(text, raw) or is_of_other(text, raw):
                continue
            if OTHER_LABEL.match(label):
                continue
            if MODIFIED_WORD.search(text[: max(0, text.find(raw))] or label):
                later.append(raw)
            else:
                yield raw
        if len(text) < 60 and (relative := RELATIVE.search(text)):
            later.append(relative[0])
    yield from later


def _after_label(layout: Layout, headline: int) -> Iterator[str]:
    """The dates of the lines below the headline that begin with "published"."""
    for index in range(headline + 1, min(headline + 12, len(layout.texts))):
        text = layout.texts[index]
        label = PUBLISHED_LABEL.match(text) if len(text) <= 200 else None
        if label and not is_foreign(layout, index, headline):
            yield from islice(dates_in(text[label.end() :]), 1)


def modified_near_headline(layout: Layout, headline: int | None) -> Iterator[str]:
    """Dates after a word of a change in the blocks below the headline."""
    if headline is None:
        return
    for index in range(headline + 1, min(headline + 12, len(layout.texts))):
        text = layout.texts[index]
        word = MODIFIED_WORD.search(text) if len(text) < 200 else None
        if word and not is_foreign(layout, index, headline):
            yield from dates_in(text[word.end() :])
