"""Copyright lines.

Removes lines that say who holds the rights, paragraphs that begin with the sign and a year, and boxes named after them.
Spares a story about copyright, and a sentence of which the content model is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase
from newscrawl.strip.scores import is_sure_story
from newscrawl.text import ends_sentence, length

#: The sign, perhaps after the word, and a year. A notice has so many characters at most.
_NOTICE = re.compile(r"(?:copyright\s{0,3})?(?:©|\(c\))\s{0,3}(?:copyright\s{0,3})?(?:19|20)\d\d", re.I)
_LONGEST = 800
#: Fewest words of a sentence about rights.
_SENTENCE = 7
_BOX_NAMES = re.compile(r"(?<![a-z])copy-?right(?![a-z])")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say who holds the rights."""
    for block in article.blocks:
        if block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM) and len(block.text) <= _LONGEST and _NOTICE.match(block.text):
            yield Removal(block, "begins with the copyright sign and a year")
    for removal in by_phrase(article, "copyright"):
        if removal.span is not None or not _is_told(removal.block):
            yield removal
    yield from by_box(article, _BOX_NAMES, prose=False)


def _is_told(block: Block) -> bool:
    """Is it a sentence of the story?"""
    return is_sure_story(block) and length(block.text) >= _SENTENCE and ends_sentence(block.text)
