"""The story's own words a second time: pull quotes, and copies of a paragraph.

Strikes a short paragraph or quote that stands, word for word, within a longer paragraph of the same story, and the second
of two paragraphs that are the same. Spares short lines that a story may repeat on purpose, sub-headings, list items (a summary
at the head says again what follows), a paragraph that sums up several others, and the one that holds the words in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import View, ends_sentence, is_body, view
from newscrawl.text import words

#: Words of a sentence that is pulled out, at least and at most; of a paragraph that is a copy, at least.
LEAST, MOST, COPY = 7, 60, 12
#: A paragraph that holds so many others sums them up.
SUMMARY = 3


def removals(article: Article) -> Iterator[Removal]:
    """Blocks whose words stand in another block of the story."""
    seen = view(article)
    texts = ["".join(words(seen.folded[i])) if is_body(block) and seen.sizes[i] >= LEAST else "" for i, block in enumerate(seen.blocks)]
    yield from _copies(seen, texts)
    whole = "\n".join(texts)
    pulled: dict[int, list[int]] = defaultdict(list)
    for index, own in enumerate(texts):
        if own and _is_pulled(seen, index) and whole.count(own) > 1:
            holder = next((i for i in seen.prose if own != texts[i] and own in texts[i]), None)
            if holder is not None:
                pulled[holder].append(index)
    for indexes in pulled.values():
        if len(indexes) < SUMMARY:
            yield from (Removal(seen.blocks[index], "says what a longer paragraph of the story says") for index in indexes)


def _copies(seen: View, texts: list[str]) -> Iterator[Removal]:
    known: set[str] = set()
    for index, own in enumerate(texts):
        if own in known and seen.sizes[index] >= COPY and seen.blocks[index].kind is Kind.PARAGRAPH and "\n" not in seen.blocks[index].text:
            yield Removal(seen.blocks[index], "a copy of a paragraph above it")
        known.add(own)


def _is_pulled(seen: View, index: int) -> bool:
    """May the block be a pull quote: a quote, or a paragraph of one whole sentence?"""
    block = seen.blocks[index]
    if seen.sizes[index] > MOST or "\n" in block.text:
        return False
    return block.kind is Kind.QUOTE or (block.kind is Kind.PARAGRAPH and (ends_sentence(block.text) or seen.folded[index][0] in "\"'"))
