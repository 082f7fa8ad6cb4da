"""What a live blog writes over each entry: the time, with a label or the writer's name.

Strikes "20:42 KEY EVENT", "21:10 Jane Roe", "21:10" over paragraphs, where three or more stand on a page, in capitals or with
words that come back or name an author, and then also single names. Spares an entry's own title behind its time, and a programme of times one under the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Kind, Removal
from newscrawl.strip.view import ends_sentence, view
from newscrawl.text import fold

_TIME = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?,?\s)?[0-2]?\d\s?[:.h時]\s?[0-5]\d分?(?::[0-5]\d)?(?:\s?(?:uhr|h|hrs|[ap]\.?m\.?|gmt|bst|cet|cest|est|edt|et|utc|ist))?\b(?![%/])[\s|:·•,–—-]{0,5}",
    re.I,
)
#: Words behind the time at most; such lines on a page at least.
WORDS, LEAST = 5, 3


def removals(article: Article) -> Iterator[Removal]:
    """Lines of time and label over entries."""
    seen = view(article)
    found: dict[int, str] = {}
    for index, block in enumerate(seen.blocks):
        match = (
            _TIME.match(block.text)
            if block.kind in (Kind.PARAGRAPH, Kind.HEADING) and seen.sizes[index] <= WORDS + 3
            else None
        )
        if match and len(block.text[match.end() :].split()) <= WORDS:
            found[index] = block.text[match.end() :].strip()
    if len(found) < LEAST:
        return
    often = Counter(map(fold, found.values()))
    writers = {fold(person.name) for person in article.authors}
    sure = sum(often[fold(label)] > 1 or label.isupper() for label in found.values()) >= LEAST
    for index, label in found.items():
        under = index + 1
        if (
            under >= len(seen.blocks)
            or under in found
            or seen.blocks[under].kind not in BODY_KINDS
            or seen.sizes[under] < 2
        ):
            continue
        if (
            not label
            or label.isupper()
            or often[fold(label)] > 1
            or fold(label) in writers
            or (sure and len(label.split()) <= 2 and not ends_sentence(label))
        ):
            yield Removal(seen.blocks[index], "time and label of a live blog's entry")
