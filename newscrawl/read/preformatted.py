"""<pre>: code and poems keep their lines; prose that is only wrapped becomes paragraphs."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from newscrawl.read.layout import Layout

#: Characters of one <pre>, and the least mean length of the lines of wrapped prose.
_MOST, _WRAPPED = 50_000, 45
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)]?$")
_INSIDE = "p, div, table, ul, ol, blockquote, img, h1, h2, h3, h4, h5, h6"


def add_preformatted(layout: Layout, node: LexborNode, element: int) -> bool:
    """Add the text of a <pre> to a layout; False where it holds other blocks, and is to be walked like any element."""
    if node.css_first(_INSIDE) is not None:
        return False
    for line_end in node.css("br"):
        line_end.insert_before("\n")
    raw = dedent(node.text().replace("\r\n", "\n").replace("\t", "    ")).strip("\n")[:_MOST].rstrip()
    if not raw.strip():
        return False
    if _is_prose(raw):
        for paragraph in _BLANK_LINE.split(raw):
            _add(layout, clean(paragraph), element)
    else:
        lines = [clean(line) for line in raw.split("\n")]
        text = "\n".join(line for line in lines if line)
        if text:
            layout.raw[len(layout.texts)] = "\n".join(line.rstrip() for line in raw.split("\n"))
            _add(layout, text, element)
    layout.closes[element] = len(layout.texts)
    return True


def _add(layout: Layout, text: str, element: int) -> None:
    if text:
        layout.characters += len(text)
        layout.add_block(text, element, 0.0)


def _is_prose(raw: str) -> bool:
    """Are its paragraphs sentences that are wrapped at the end of a line?"""
    paragraphs = [clean(part) for part in _BLANK_LINE.split(raw) if part.strip()]
    lines = [line for line in raw.split("\n") if line.strip()]
    if sum(map(len, lines)) / len(lines) < _WRAPPED:
        return False
    return sum(_ENDS.search(part) is not None for part in paragraphs) >= 0.7 * len(paragraphs)
