"""Slots of a template that were never filled, and short codes that were never carried out.

Strikes, as parts of a block or whole: "{{ad}}", "$$box_1$$", "%%slot%%", "##AD1##", "${ad.slot}", "[[nid:12]]", and short codes
with attributes or a closing mark ("[gallery ids="1,2"]", "[embedyt]https://…[/embedyt]": an address between them goes too).
Spares a remark in brackets, prices, percentages, and code in PREFORMATTED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal

_SLOTS = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}|<%[^<>\n]{1,80}%>|\$\$[\w:.-]{4,60}\$\$|%%[\w:.-]{3,60}%%|##[A-Z][\w:.-]{1,40}##"
    r"|\$\{[a-zA-Z_][\w.:-]{1,60}\}|\[\[[a-z_]{2,20}[:=][^\[\]\n]{1,120}\]\]"
)
_NAME = r"[a-zA-Z][\w-]{1,40}"
_CODE = re.compile(
    rf"\[({_NAME})(?:\s[^\[\]\n]{{0,300}})?\]\s?https?://[^\s\[\]]{{1,300}}\s?\[/\1\]"
    rf"|\[{_NAME}(?:\s{{1,3}}[\w-]{{1,40}}\s?=\s?(?:[\"'“”„″][^\"'“”„″\]\n]{{0,200}}[\"'“”„″]|[\w.-]{{1,80}}))+\s?/?\]|\[/{_NAME}\]"
)


def removals(article: Article) -> Iterator[Removal]:
    """Slots and short codes, by span; the mark that opens what "[/name]" closes goes with it."""
    for block in article.blocks:
        text = block.text
        if block.kind is Kind.PREFORMATTED or not ("[" in text or "{" in text or "$$" in text or "%%" in text or "##" in text or "<%" in text):
            continue
        for match in _SLOTS.finditer(text):
            yield Removal(block, "a slot of a template, left unfilled", match.span())
        for match in _CODE.finditer(text):
            yield Removal(block, "a short code left as text", match.span())
            opening = f"[{match[0][2:]}" if match[0].startswith("[/") else ""
            at = text.rfind(opening, 0, match.start()) if opening else -1
            if at >= 0:
                yield Removal(block, "a short code left as text", (at, at + len(opening)))
