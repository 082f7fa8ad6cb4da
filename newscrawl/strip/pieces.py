"""The parts of blocks that may be furniture (lines, brackets, last sentences), looked up in the wording at once for all rules.

A piece is compared with a phrase only if the piece has the phrase's first word, so that most of an article's text is
passed over by a look into a dictionary.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newscrawl.article import Article, Block, Kind
from newscrawl.strip.wording import Phrase, key_of, keys_of, phrase_index, undotted
from newscrawl.text import fold, length

#: Words that a line, a bracket, and a sentence at a paragraph's end may have to be looked at.
LINE, BRACKET, TAIL = 48, 30, 26
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】\n]{4,220})[)\]）】]")
_SENTENCE = re.compile(r"(?<=[.!?…»”\"')])\s+(?=\S)|(?<=[。！？])\s?(?=\S)")
_EDGE = " \t:.,;!?…\"'»«>›<‹→►▶●•*|/[](){}-_+=~#&👉➡📰📲🔴⬇️↓▼·：。！？、【】（）「」『』"
_AFTER_LABEL = re.compile(r"\s{0,3}(?:[:>›→►▶|/\-：》】\]]|\n|$)")
_SKIPPED = frozenset({Kind.TABLE, Kind.PREFORMATTED, Kind.CAPTION})


@dataclass(frozen=True)
class Said:
    """A phrase of the wording as it stands in an article.

    index: of the block in `article.blocks`. span: of the piece in the block's text, None when the piece is the whole block.
    text: the piece, folded, without marks at its edges. start, end: of the phrase in `text`. form: "line", "bracket" or "tail".
    """

    index: int
    span: tuple[int, int] | None
    text: str
    start: int
    end: int
    form: str


def find_said(article: Article, sizes: Sequence[float]) -> dict[str, list[Said]]:
    """Kind -> where the article says a phrase of that kind."""
    starts, anywhere = phrase_index(article)
    found: dict[str, list[Said]] = defaultdict(list)
    for index, block in enumerate(article.blocks):
        if block.kind in _SKIPPED:
            continue
        for form, span, raw in _pieces(block, sizes[index]):
            folded = undotted(fold(raw))
            text = folded.strip(_EDGE)
            if not text:
                continue
            for phrase in starts.get(key_of(text), ()):
                match = phrase.pattern.match(text)
                if match and _fits(phrase, text, folded, match.end(), form, block, raw):
                    found[phrase.kind].append(Said(index, span, text, 0, match.end(), form))
            if block.kind is Kind.HEADING and form == "line" and len(text) > 60:
                continue
            if form == "line" and folded[0] in "\"'":
                continue
            for key in anywhere.keys() & (keys_of(text) if form == "line" else {key_of(text)}):
                for phrase in anywhere[key]:
                    match = phrase.pattern.search(text) if form == "line" else phrase.pattern.match(text)
                    if match:
                        found[phrase.kind].append(Said(index, span, text, match.start(), match.end(), form))
    return found


def _fits(phrase: Phrase, text: str, folded: str, end: int, form: str, block: Block, raw: str) -> bool:
    if phrase.role == "line":
        return end == len(text) and form != "tail"
    if phrase.role == "label":
        if end == len(text):
            return form == "line"
        at = folded.find(text)
        return _AFTER_LABEL.match(folded, at + end) is not None or (
            form == "line" and (block.link_density > 0.4 or raw.strip(_EDGE)[: end - 1].isupper())
        )
    return True


def _pieces(block: Block, size: float) -> Iterator[tuple[str, tuple[int, int] | None, str]]:
    text = block.text
    if "\n" in text:
        start = 0
        for line in text.split("\n"):
            if length(line) <= LINE:
                yield "line", (start, start + len(line)), line
            start += len(line) + 1
    elif size <= LINE:
        yield "line", None, text
    if block.kind is Kind.HEADING:
        return
    if "(" in text or "[" in text or "（" in text or "【" in text:
        for match in _BRACKET.finditer(text):
            if match.end() - match.start() < len(text) and length(match[1]) <= BRACKET:
                yield "bracket", match.span(), match[1]
    if size > 12:
        after = max(0, len(text) - 240)
        for match in _SENTENCE.finditer(text, after):
            tail = text[match.end() :]
            if tail and "\n" not in tail and length(tail) <= TAIL:
                yield "tail", (match.start(), len(text)), tail
