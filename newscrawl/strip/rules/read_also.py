"""Links to other stories in the middle of a story ("Read also: ...").

Removes a short line, bracket or last sentence that begins with such a label. In any language, removes a line between
paragraphs that is one link and not a sentence, with or without a label and a colon before it (the headline of another
story), and a final bracket or sentence that is a label, a colon and the only link of its block.
Spares "read more" inside a sentence, links inside paragraphs, list items, and linked lines one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.finders import by_phrase
from newscrawl.strip.view import View, view_of
from newscrawl.text import ends_sentence

#: Fewest and most words of another story's headline.
MIN_WORDS, MAX_WORDS = 4, 25
#: Most linked lines that are removed. A story with more of them is about them.
MAX_LINES = 3
#: A label of one to five words, a colon, and what follows: alone, in a final bracket, and as a last sentence.
_LABEL = r"(?:[^\s:：()\[\].!?]{2,24}\s){0,4}[^\s:：()\[\].!?]{2,24}\s?[:：]\s?"
_LINE = re.compile(_LABEL + r"(\S.{8,220})")
_BRACKET = re.compile(r"\s{0,9}[(\[（【]" + _LABEL + r"([^()\[\]（）【】]{8,200})[)\]）】]\s{0,9}$")
_SENTENCE = re.compile(r"(?<=[.!?…»”\"])\s+" + _LABEL + r"([^.:]{8,200})$")


def removals(article: Article) -> Iterator[Removal]:
    """Lines, brackets and last sentences that link to another story."""
    yield from by_phrase(article, "read_also")
    view = view_of(article)
    linked = [index for index in range(view.first_prose + 1, len(view.blocks)) if view.blocks[index].words_in_links]
    lines = [index for index in linked if _is_linked_title(view, index)]
    if len(lines) <= MAX_LINES:
        for index in lines:
            yield Removal(view.blocks[index], "a line that is one link: the headline of another story")
    yield from _labelled(view)
    for match in view.phrases("read_also.label"):
        block = view.blocks[match.index]
        if block.kind is Kind.HEADING and len(match.text.split()) >= MIN_WORDS and block.words_in_links >= MIN_WORDS:
            yield Removal(block, "a label and another story's headline")


def _labelled(view: View) -> Iterator[Removal]:
    """Lines, final brackets and last sentences that are a label, a colon and a link over all the rest."""
    for index, (block, size) in enumerate(zip(view.blocks, view.sizes, strict=True)):
        if block.words_in_links < MIN_WORDS or block.kind is not Kind.PARAGRAPH or "\n" in block.text:
            continue
        line = _LINE.fullmatch(block.text) if size <= MAX_WORDS + 6 and not ends_sentence(block.text) else None
        if line:
            if abs(len(line[1].split()) - block.words_in_links) <= 1 and _is_within_story(view, index):
                yield Removal(block, "a label and a link: the headline of another story")
            continue
        start = max(0, len(block.text) - 240)
        tail = _BRACKET.search(block.text, start) or _SENTENCE.search(block.text, start)
        if (
            tail
            and tail.start()
            and MIN_WORDS <= len(tail[1].split()) <= block.words_in_links + 1 <= len(tail[0].split()) + 2
        ):
            yield Removal(block, "a label and a link at the end: the headline of another story", tail.span())


def _is_linked_title(view: View, index: int) -> bool:
    block = view.blocks[index]
    if block.kind is not Kind.PARAGRAPH or block.link_density < 0.9 or not MIN_WORDS <= view.sizes[index] <= MAX_WORDS:
        return False
    if "\n" in block.text or ends_sentence(block.text):
        return False
    return _is_within_story(view, index)


def _is_within_story(view: View, index: int) -> bool:
    """Is there story text right before the block, and story text, a heading or nothing right after it?"""
    after = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    return (
        index > 0
        and _is_text(view.blocks[index - 1])
        and (after is None or after.kind is Kind.HEADING or _is_text(after))
    )


def _is_text(block: Block) -> bool:
    return block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and ends_sentence(block.text)
