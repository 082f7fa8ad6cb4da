""""Read also" lines in the midst of a story.

Strikes a short line that begins with such a label, a bracket or a last sentence that does; and, in any language, a line alone
between paragraphs that is one link and no sentence: another story's headline. Spares "read more" inside a sentence, links inside
paragraphs, list items, linked lines one under the other, and what the content model takes for story.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import View, ends_sentence, view

#: Words of another story's headline; such lines of a story at most: more are what it tells.
LEAST, MOST, OFTEN = 4, 25, 3
#: From this score of the content model on a linked line is story.
STORY = 0.8


def removals(article: Article) -> Iterator[Removal]:
    """A short line that begins with such a label, a bracket or a last sentence that does."""
    yield from worded(article, "read_also", "wording of read also")
    seen = view(article)
    lines = [index for index in range(seen.first_sentences + 1, len(seen.blocks)) if _is_title(seen, index)]
    if len(lines) <= OFTEN:
        for index in lines:
            if seen.blocks[index].score in (None, 1.0) or (seen.blocks[index].score or 0.0) < STORY:
                yield Removal(seen.blocks[index], "a line that is one link: another story's headline")


def _is_title(seen: View, index: int) -> bool:
    block = seen.blocks[index]
    if block.kind is not Kind.PARAGRAPH or block.link_density < 0.9 or not LEAST <= seen.sizes[index] <= MOST:
        return False
    if "\n" in block.text or ends_sentence(block.text):
        return False
    under = seen.blocks[index + 1] if index + 1 < len(seen.blocks) else None
    return _tells(seen.blocks[index - 1]) and (under is None or under.kind is Kind.HEADING or _tells(under))


def _tells(block: Block) -> bool:
    return block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and ends_sentence(block.text)
