"""Short lines that stand in another kind of place than the story's paragraphs: what a site puts between them has boxes of its own.

Strikes a short paragraph that is no sentence, or of which the content model is not sure, where nearly all running text stands in places
of one shape (the tags and classes of the nearest elements) and this one does not; it needs no words and no telling names.
Spares headings, list items, quotes, tables, sentences, and short paragraphs in places like those of the running text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.view import ends_sentence, view

#: Words of a line at most; share of the running text's words that places of one shape must hold, and its paragraphs at least.
LONGEST, SHARE, PARAGRAPHS = 14, 0.85, 4
#: The content model's score below which a sentence goes too, and above which nothing goes.
DOUBTED, SURE = 0.7, 0.95
_INLINE = frozenset({"span", "b", "strong", "i", "em", "a", "u", "small", "font", "time", "cite", "sup", "sub", "mark", "abbr"})


def removals(article: Article) -> Iterator[Removal]:
    """Short lines in places unlike those of the running text."""
    seen = view(article)
    if len(seen.prose) < PARAGRAPHS:
        return
    words: Counter[tuple[object, ...]] = Counter()
    for index in seen.prose:
        words[_shape(seen.blocks[index])] += seen.sizes[index]
    shape, held = words.most_common(1)[0]
    if held < SHARE * sum(words.values()):
        return
    for index, block in enumerate(seen.blocks):
        score = 0.9 if block.score in (None, 1.0) else block.score  # nobody judged it
        if block.kind is not Kind.PARAGRAPH or seen.sizes[index] > LONGEST or score is None or score > SURE:
            continue
        if (not ends_sentence(block.text) or score < DOUBTED) and not block.text.rstrip().endswith(":") and _shape(block) != shape:
            yield Removal(block, "a short line in a place unlike the story's")


def _shape(block: Block) -> tuple[object, ...]:
    """Tags and classes of the two nearest elements that are no mere emphasis."""
    steps = [step for step in block.path.steps if step.tag not in _INLINE or step.classes][-2:]
    return tuple((step.tag, step.classes) for step in steps)
