"""A sentence of the story printed once more, large, between its paragraphs; and any paragraph that stands there twice.

Strikes a quote or short paragraph whose words stand in another, longer block of the story, and of two blocks that say the
same the one that looks less like story. Spares what is told only once, short answers, headings and list items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.view import ends_sentence, view

#: Words that must be the same for a block to be a copy, and words of a quotation at most.
LEAST, MOST = 6, 70
#: Words of a quote from which on it is one though it does not end like a sentence.
SAID = 9
#: Words of a paragraph from which on it is not said twice on purpose.
COPY = 12
_EDGES = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")
_BOXES = frozenset({"aside", "figure", "blockquote"})
_QUOTABLE = frozenset({Kind.QUOTE, Kind.PARAGRAPH})


def removals(article: Article) -> Iterator[Removal]:
    """Blocks that say again what another block of the story says."""
    seen = view(article)
    own = {
        i: _EDGES.sub("", seen.folded[i])
        for i, block in enumerate(seen.blocks)
        if block.kind in _QUOTABLE and seen.sizes[i] >= LEAST
    }
    once: dict[str, int] = {}
    for index, text in own.items():
        block = seen.blocks[index]
        if text in once and (seen.sizes[index] < COPY or not ends_sentence(block.text)):
            continue
        if text in once:
            other = seen.blocks[once[text]]
            if (other.score or 0.0) < (block.score or 0.0):  # the one that looks less like story is the copy
                once[text], block, other = index, other, block
            yield Removal(block, f"says what block {other.index} says")
        else:
            once[text] = index
    story = "\n".join(once)
    for text, index in once.items():
        block = seen.blocks[index]
        if (
            seen.sizes[index] > MOST
            or block.text.count("\n") > 1
            or block.link_density > 0.5
            or not _may_be_quote(block)
        ):
            continue
        if not (
            ends_sentence(block.text) or ((block.kind is Kind.QUOTE or _is_boxed(block)) and seen.sizes[index] >= SAID)
        ):
            continue
        said = _without_speaker(text)
        if said and story.count(said) > 1:
            yield Removal(block, "a sentence of the story, printed once more")


def _may_be_quote(block: Block) -> bool:
    """A quote, what stands in a box of its own, or what the model is not sure of: a paragraph like the others is none."""
    return block.kind is Kind.QUOTE or block.score is None or block.score < 0.9 or _is_boxed(block)


def _is_boxed(block: Block) -> bool:
    return any(step.tag in _BOXES for step in block.path.steps[-4:])


def _without_speaker(text: str) -> str:
    """The quotation without who said it: a last line, or what follows a dash behind the closing mark."""
    lines = [line for line in text.split("\n") if line.strip()]
    said = _EDGES.sub(
        "", re.split(r"[\"'”»]\s*[-–—]\s*(?=\S{2,30}(?:\s\S{1,30}){0,6}$)", lines[0] if lines else text)[0]
    )
    return said if len(said.split()) >= LEAST or len(said) >= 25 else ""
