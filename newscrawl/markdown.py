"""Article -> Markdown (CommonMark, with tables as GitHub has them), for people and for language models."""

from __future__ import annotations

import re

from newscrawl.article import BODY_KINDS, Article, Block, Kind
from newscrawl.moments import as_stated
from newscrawl.record import record

#: Characters that would be markup inside a line, and at the beginning of one.
_INLINE = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s{0,3})(#{1,6}(?=\s)|[-+](?=\s)|=+$|-+$|\|)|^(\s{0,3}\d{1,9})([.)])(?=\s)")


def markdown(article: Article) -> str:
    """The headline as the first heading, a line with authors and date, and the body. Ends with a line break."""
    stated = as_stated(record(article))
    line = ", ".join([*(person.name for person in article.authors), *([stated] if stated else [])])
    parts = [f"# {_plain(article.headline)}" if article.headline else "", f"*{_plain(line)}*" if line else ""]
    was_item = False
    for block in article.blocks:
        if block.kind not in BODY_KINDS:
            continue
        is_item = block.kind is Kind.LIST_ITEM
        if is_item and was_item:
            parts[-1] += "\n" + _block(block)
        else:
            parts.append(_block(block))
        was_item = is_item
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(text: str) -> str:
    """A line of text, with everything escaped that Markdown would read as markup."""
    text = _INLINE.sub(r"\\\1", text)
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[3]}\\{found[4]}", text)


def _lines(text: str, joint: str) -> str:
    return joint.join(map(_plain, text.split("\n")))


def _block(block: Block) -> str:
    if block.kind is Kind.HEADING:
        return "#" * min(max(block.level, 2), 6) + " " + _lines(block.text, " ")
    if block.kind is Kind.LIST_ITEM:
        return "- " + _lines(block.text, "  \n  ")
    if block.kind is Kind.QUOTE:
        return "> " + _lines(block.text, "  \n> ")
    if block.kind is Kind.PREFORMATTED:
        return f"```\n{block.text}\n```"
    if block.kind is Kind.TABLE:
        return _table(block.text)
    return _lines(block.text, "  \n")


def _table(text: str) -> str:
    rows = [row.split(" | ") for row in text.split("\n")]
    width = max(map(len, rows))
    cells = [[_plain(cell).replace("|", "\\|") for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
