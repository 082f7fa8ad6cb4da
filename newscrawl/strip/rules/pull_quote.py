"""A sentence of the story printed again in large type between its paragraphs, and a paragraph that occurs twice.

Removes a quote or short paragraph whose words are part of another, longer block of the story, and a short quotation in
an <aside>. Of two blocks that say the same, removes the one that looks less like story.
Spares what is said only once, short answers, headings and list items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.view import View, view_of
from newscrawl.text import ends_sentence

#: Fewest words that make a block a copy, and most words of a pull quote.
MIN_WORDS, MAX_WORDS = 6, 70
#: Most words of a quotation in an <aside>.
ASIDE_WORDS = 30
#: Plain paragraphs with this score or a higher one are compared with none.
HIGH_SCORE = 0.97
#: From this number of words on, a quote need not end like a sentence.
LONG_QUOTE = 9
#: A paragraph of this many words or more is not repeated on purpose.
LONG_PARAGRAPH = 12
_BOX_TAGS = frozenset({"aside", "figure", "blockquote"})
_QUOTABLE = frozenset({Kind.QUOTE, Kind.PARAGRAPH})


def removals(article: Article) -> Iterator[Removal]:
    """Blocks that repeat what another block of the story says."""
    view = view_of(article)
    texts = {
        i: _without_edges(view.folded[i])
        for i, block in enumerate(view.blocks)
        if block.kind in _QUOTABLE and view.sizes[i] >= MIN_WORDS
    }
    once: dict[str, int] = {}
    for index, text in texts.items():
        block = view.blocks[index]
        if text in once and (view.sizes[index] < LONG_PARAGRAPH or not ends_sentence(block.text)):
            continue
        if text in once:
            other = view.blocks[once[text]]
            if (other.score or 0.0) < (block.score or 0.0):  # the one that looks less like story is the copy
                once[text], block, other = index, other, block
            yield Removal(block, "says the same as another block")
        else:
            once[text] = index
    for index, block in enumerate(view.blocks):
        if view.sizes[index] <= ASIDE_WORDS and block.kind in _QUOTABLE and _is_quoted_aside(block):
            yield Removal(block, "a quotation in a box beside the story")
    story = "\n".join(once)
    for text, index in once.items():
        if not _may_be_pull_quote(view, index):
            continue
        quote = _without_speaker(text)
        if quote and story.count(quote) > 1:
            yield Removal(view.blocks[index], "a sentence of the story, printed again")


def _may_be_pull_quote(view: View, index: int) -> bool:
    block, size = view.blocks[index], view.sizes[index]
    if size > MAX_WORDS or block.text.count("\n") > 1 or block.link_density > 0.5:
        return False
    # of a plain paragraph with a higher score no rule could take anything, and comparing all of them is slow
    if not (block.kind is Kind.QUOTE or block.score is None or block.score < HIGH_SCORE or _is_boxed(block)):
        return False
    return ends_sentence(block.text) or ((block.kind is Kind.QUOTE or _is_boxed(block)) and size >= LONG_QUOTE)


def _is_quoted_aside(block: Block) -> bool:
    tags = [step.tag for step in block.path.steps[-4:]]
    if "aside" not in tags:
        return False
    return not {"q", "blockquote"}.isdisjoint(tags[tags.index("aside") :])


def _is_boxed(block: Block) -> bool:
    return any(step.tag in _BOX_TAGS for step in block.path.steps[-4:])


def _without_speaker(text: str) -> str:
    """The quotation without its speaker: without further lines, and without what follows a dash after the end quote.

    Returns "" for a quotation that is too short to compare.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    quote = _without_edges(
        re.split(r"[\"'”»]\s*[-–—]\s*(?=\S{2,30}(?:\s\S{1,30}){0,6}$)", lines[0] if lines else text)[0]
    )
    return quote if len(quote.split()) >= MIN_WORDS or len(quote) >= 25 else ""


def _without_edges(text: str) -> str:
    """The text from its first letter or digit to its last."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return text[start:end]
