"""Plain text -> Article, so that text extracted by another program can be stripped by the same rules.

Blocks are separated by empty lines. A block that begins with Markdown's "#" marks is a heading. If two consecutive
lines are nearly the same, such as a caption printed twice, each line of the paragraph becomes a block of its own.
"""

from __future__ import annotations

import itertools
import re

from newscrawl.article import Article, Block, Kind
from newscrawl.text import clean, likeness, words

_HEADING = re.compile(r"^(#{1,6})\s+\S")


def read_text(text: str, url: str = "") -> Article:
    """The blocks of a plain text, and its headline.

    The headline is the first short block that another of the first blocks repeats or contains; otherwise the first
    block, if it is short and does not end like a sentence.
    """
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n")):
        for part in _parts(paragraph):
            heading = _HEADING.match(part)
            blocks.append(
                Block(
                    len(blocks),
                    Kind.HEADING if heading else Kind.PARAGRAPH,
                    part,
                    level=len(heading[1]) if heading else 0,
                )
            )
    return Article(url=url, headline=_headline(blocks), blocks=tuple(blocks))


def _parts(paragraph: str) -> list[str]:
    lines = [line for line in map(clean, paragraph.split("\n")) if line]
    has_repetition = any(likeness(a, b) > 0.8 for a, b in itertools.pairwise(lines))
    return lines if has_repetition else ["\n".join(lines)] if lines else []


def _headline(blocks: list[Block]) -> str | None:
    candidates = [block for block in blocks[:5] if 3 <= len(words(block.text)) <= 30 and "\n" not in block.text]
    for block in candidates:
        if any(
            block.text in other.text and len(other.text) < 3 * len(block.text)
            for other in blocks[:5]
            if other is not block
        ):
            return block.text
    first = candidates[0] if candidates and candidates[0].index == 0 else None
    return first.text if first and not first.text.endswith((".", "!", "?", "”", '"', "»")) else None
