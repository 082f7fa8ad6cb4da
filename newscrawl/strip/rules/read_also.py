""" "Read also" lines in the midst of a story.

Strikes a short line that begins with such a label, a bracket or a last sentence that does. In any language: a line alone between
paragraphs that is one link and no sentence, with or without a label before its colon (another story's headline); and a last
bracket or sentence that is a label, a colon and the block's only link. Spares "read more" inside a sentence, links inside
paragraphs, list items, linked lines one under the other, and what the content model takes for story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import View, ends_sentence, view

#: Words of another story's headline; such lines of a story at most: more are what it tells.
LEAST, MOST, OFTEN = 4, 25, 3
#: A label of one to five words, a colon, and what follows; alone, in a last bracket, and as a last sentence.
_LABEL = r"(?:[^\s:：()\[\].!?]{2,24}\s){0,4}[^\s:：()\[\].!?]{2,24}\s?[:：]\s?"
_LINE = re.compile(_LABEL + r"(\S.{8,220})")
_BRACKET = re.compile(r"\s{0,9}[(\[（【]" + _LABEL + r"([^()\[\]（）【】]{8,200})[)\]）】]\s{0,9}$")
_SENTENCE = re.compile(r"(?<=[.!?…»”\"])\s+" + _LABEL + r"([^.:]{8,200})$")
#: From these scores of the content model on a linked line, and one with a label, is story.
STORY, LABELLED = 0.8, 0.84


def removals(article: Article) -> Iterator[Removal]:
    """A short line that begins with such a label, a bracket or a last sentence that does."""
    yield from worded(article, "read_also", "wording of read also")
    seen = view(article)
    lines = [index for index in range(seen.first_sentences + 1, len(seen.blocks)) if _is_title(seen, index)]
    if len(lines) <= OFTEN:
        for index in lines:
            if _is_doubted(seen.blocks[index], STORY):
                yield Removal(seen.blocks[index], "a line that is one link: another story's headline")
    yield from _labelled(seen)


def _labelled(seen: View) -> Iterator[Removal]:
    """Lines, last brackets and last sentences that are a label, a colon and a link over all the rest."""
    for index, (block, size) in enumerate(zip(seen.blocks, seen.sizes, strict=True)):
        if block.words_in_links < LEAST or block.kind is not Kind.PARAGRAPH or "\n" in block.text:
            continue
        line = _LINE.fullmatch(block.text) if size <= MOST + 6 and not ends_sentence(block.text) else None
        if line:
            if (
                abs(len(line[1].split()) - block.words_in_links) <= 1
                and _is_doubted(block, LABELLED)
                and _is_amid(seen, index)
            ):
                yield Removal(block, "a label and a link: another story's headline")
            continue
        tail = _BRACKET.search(block.text, max(0, len(block.text) - 240)) or _SENTENCE.search(
            block.text, max(0, len(block.text) - 240)
        )
        if (
            tail
            and tail.start()
            and LEAST <= len(tail[1].split()) <= block.words_in_links + 1 <= len(tail[0].split()) + 2
        ):
            yield Removal(block, "a label and a link at the end: another story's headline", tail.span())


def _is_title(seen: View, index: int) -> bool:
    block = seen.blocks[index]
    if block.kind is not Kind.PARAGRAPH or block.link_density < 0.9 or not LEAST <= seen.sizes[index] <= MOST:
        return False
    if "\n" in block.text or ends_sentence(block.text):
        return False
    return _is_amid(seen, index)


def _is_doubted(block: Block, story: float) -> bool:
    return block.score in (None, 1.0) or (block.score or 0.0) < story


def _is_amid(seen: View, index: int) -> bool:
    """Does the story stand before it, and after it a sentence, a heading or nothing?"""
    under = seen.blocks[index + 1] if index + 1 < len(seen.blocks) else None
    return (
        index > 0 and _tells(seen.blocks[index - 1]) and (under is None or under.kind is Kind.HEADING or _tells(under))
    )


def _tells(block: Block) -> bool:
    return block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and ends_sentence(block.text)
