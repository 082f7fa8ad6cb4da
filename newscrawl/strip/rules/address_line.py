"""A line that consists of a web address: the source of the text, or the site's own address under a printed page.

Removes a short line before the first or after the last running text if it is a URL or a host name with at most four
other words.
Spares URLs inside sentences, and lines in the middle of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view_of

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s|<>]{3,200}"
    r"|(?<![\w@.-])[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,40}){0,2}\.(?:com|org|net|info|[a-z]{2})"
    r"(?:/[^\s|<>]{0,200})?(?![\w.])",
    re.I,
)
#: Most words beside the address.
OTHER_WORDS = 4


def removals(article: Article) -> Iterator[Removal]:
    """Lines at the edges of the story that are a web address."""
    view = view_of(article)
    if not view.prose:
        return
    for index in (*range(view.first_prose), *range(view.last_prose + 1, len(view.blocks))):
        block = view.blocks[index]
        if block.kind is not Kind.PARAGRAPH or view.sizes[index] > OTHER_WORDS + 2 or not _ADDRESS.search(block.text):
            continue
        if len(_ADDRESS.sub(" ", block.text).split()) <= OTHER_WORDS:
            yield Removal(block, "a web address and little else")
