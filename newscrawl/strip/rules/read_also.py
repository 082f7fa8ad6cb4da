""""Read also" lines in the midst of a story.

Strikes a short line that begins with such a label, a bracket or a last sentence that does; and, in any language, a line between
paragraphs that is one link and no sentence: another story's headline. Spares "read more" inside a sentence, links inside
paragraphs, and list items.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import ends_sentence, view

#: Words of another story's headline.
LEAST, MOST = 4, 25


def removals(article: Article) -> Iterator[Removal]:
    """A short line that begins with such a label, a bracket or a last sentence that does."""
    yield from worded(article, "read_also", "wording of read also")
    seen = view(article)
    for index in range(seen.first_sentences + 1, len(seen.blocks)):
        block = seen.blocks[index]
        if block.kind is Kind.PARAGRAPH and block.link_density >= 0.9 and LEAST <= seen.sizes[index] <= MOST and not ends_sentence(block.text) and "\n" not in block.text:
            yield Removal(block, "a line that is one link: another story's headline")
