"""Where the text stood, as views for print write it at the end: "Source: https://…", "Site - www.site.example".

Strikes short lines that are an address with a word or a name before it. Spares an address within a sentence, an address with
a sentence before it, and list items (a list of sources is the story's).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view

_ADDRESS = r"(?:https?://|www\.)[^\s<>()\[\]]{4,300}"
_LINE = re.compile(rf"[^\n.!?:：|]{{0,40}}(?:[:：|]|\s[-–—])\s?{_ADDRESS}|{_ADDRESS}")


def removals(article: Article) -> Iterator[Removal]:
    """Addresses that stand alone or behind a name, behind the story's last sentences."""
    seen = view(article)
    for index, block in enumerate(seen.blocks):
        if block.kind is Kind.PARAGRAPH and index > seen.last_sentences and seen.sizes[index] <= 9 and _LINE.fullmatch(block.text):
            yield Removal(block, "an address as a view for print gives it")
