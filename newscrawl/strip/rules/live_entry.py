"""The line above each entry of a live blog: its time, with a label or the author's name.

Removes "20:42 KEY EVENT", "21:10 Jane Roe" and "21:10" above paragraphs, if a page has three or more such lines and
the words after the time are in capitals, occur repeatedly or name an author; then also up to two other words.
Spares an entry's own title after its time, and a schedule of times one below the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Kind, Removal
from newscrawl.strip.view import View, view_of
from newscrawl.text import ends_sentence, fold

_TIME = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?,?\s)?"
    r"[0-2]?\d\s?[:.h時]\s?[0-5]\d分?(?::[0-5]\d)?"
    r"(?:\s?(?:uhr|h|hrs|[ap]\.?m\.?|gmt|bst|cet|cest|est|edt|et|utc|ist))?\b"
    r"(?![%/])[\s|:·•,–—-]{0,5}",
    re.I,
)
#: Most words after the time, and fewest such lines on a page.
MAX_WORDS, MIN_LINES = 5, 3


def removals(article: Article) -> Iterator[Removal]:
    """Lines of time and label above entries."""
    view = view_of(article)
    labels = _time_lines(view)
    if len(labels) < MIN_LINES:
        return
    counts = Counter(map(fold, labels.values()))
    authors = {fold(person.name) for person in article.authors}
    is_live_blog = sum(counts[fold(label)] > 1 or label.isupper() for label in labels.values()) >= MIN_LINES
    for index, label in labels.items():
        below = index + 1
        if (
            below >= len(view.blocks)
            or below in labels
            or view.blocks[below].kind not in BODY_KINDS
            or view.sizes[below] < 2
        ):
            continue
        if (
            not label
            or label.isupper()
            or counts[fold(label)] > 1
            or fold(label) in authors
            or (is_live_blog and len(label.split()) <= 2 and not ends_sentence(label))
        ):
            yield Removal(view.blocks[index], "time and label of a live blog's entry")


def _time_lines(view: View) -> dict[int, str]:
    """Index of each line that is a time and a few words -> these words."""
    found: dict[int, str] = {}
    for index, block in enumerate(view.blocks):
        if block.kind not in (Kind.PARAGRAPH, Kind.HEADING) or view.sizes[index] > MAX_WORDS + 3:
            continue
        match = _TIME.match(block.text)
        if match and len(block.text[match.end() :].split()) <= MAX_WORDS:
            found[index] = block.text[match.end() :].strip()
    return found
