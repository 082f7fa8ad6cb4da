"""The story's own words a second time: pull quotes, and copies of a paragraph.

Strikes a short paragraph or quote that stands, word for word, within a longer paragraph of the same story, and the second
of two paragraphs that are the same. Spares short lines that a story may repeat on purpose, sub-headings, list items (a summary
at the head says again what follows), and the paragraph that holds the words in full.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import is_body, view
from newscrawl.text import words

#: Words of a sentence that is pulled out, at least and at most; of a paragraph that is a copy, at least.
LEAST, MOST, COPY = 6, 60, 12
_MAY_GO = (Kind.PARAGRAPH, Kind.QUOTE)


def removals(article: Article) -> Iterator[Removal]:
    """Blocks whose words stand in another block of the story."""
    seen = view(article)
    texts = ["".join(words(seen.folded[i])) if is_body(block) and seen.sizes[i] >= LEAST else "" for i, block in enumerate(seen.blocks)]
    whole = "\n".join(texts)
    known: set[str] = set()
    for index, own in enumerate(texts):
        block = seen.blocks[index]
        if not own or block.kind not in _MAY_GO:
            continue
        if own in known:
            if seen.sizes[index] >= COPY:
                yield Removal(block, "a copy of a paragraph above it")
            continue
        known.add(own)
        if seen.sizes[index] <= MOST and whole.count(own) > 1 and any(own in other and own != other for other in texts):
            yield Removal(block, "says what a longer paragraph of the story says")
