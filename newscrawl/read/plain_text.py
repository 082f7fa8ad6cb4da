"""Plain text -> Article: blocks are what empty lines part, so that the same rules can strip what another program wrote.

There is no tree here: a line that opens with Markdown's "#" signs is a heading; two lines that say nearly the same
one under the other are blocks of their own (a caption printed twice).
"""

from __future__ import annotations

import itertools
import re

from newscrawl.article import Article, Block, Kind
from newscrawl.text import clean, likeness, words

_HEADING = re.compile(r"^(#{1,6})\s+\S")


def read_text(text: str, url: str = "") -> Article:
    """The blocks of a plain text. The first short block that another one repeats or contains is taken as the headline."""
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
    alike = any(likeness(a, b) > 0.8 for a, b in itertools.pairwise(lines))
    return lines if alike else ["\n".join(lines)] if lines else []


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
