"""A line that is a web address with a word or two: where the text came from, or the site's own address under a printed page.

Strikes a short line before the first running text or behind the last that is an address (or a host) with at most four words beside it.
Spares addresses inside sentences, and lines amid the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s|<>]{3,200}|(?<![\w@.-])[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,2}\.(?:com|org|net|info|[a-z]{2})(?:/[^\s|<>]{0,200})?(?![\w.])",
    re.I,
)
#: Words beside the address.
BESIDE = 4


def removals(article: Article) -> Iterator[Removal]:
    """Lines at the edges of the story that are an address."""
    seen = view(article)
    if not seen.prose:
        return
    for index in (*range(seen.first_sentences), *range(seen.last_sentences + 1, len(seen.blocks))):
        block = seen.blocks[index]
        if block.kind is not Kind.PARAGRAPH or seen.sizes[index] > BESIDE + 2 or not _ADDRESS.search(block.text):
            continue
        if len(_ADDRESS.sub(" ", block.text).split()) <= BESIDE:
            yield Removal(block, "a web address, and hardly a word beside it")
