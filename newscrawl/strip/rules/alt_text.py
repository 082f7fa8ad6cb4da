"""An image's alternative text that shows up as a line of its own, left in the image's place.

Removes a short line that repeats the alternative text of an image and is not a sentence.
Spares running text: some sites fill alternative texts with paragraphs of the story.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view_of
from newscrawl.text import ends_sentence

#: Most words of such a line.
MAX_WORDS = 20


def removals(article: Article) -> Iterator[Removal]:
    """Lines that repeat an image's alternative text."""
    view = view_of(article)
    for index, block in enumerate(view.blocks):
        if (
            block.kind is Kind.PARAGRAPH
            and view.sizes[index] <= MAX_WORDS
            and not ends_sentence(block.text)
            and view.folded[index] in view.alt_texts
        ):
            yield Removal(block, "the alternative text of an image")
