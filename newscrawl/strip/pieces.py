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
from newscrawl.strip.wording import EDGE, Index, Phrase, key_of, phrase_index, plain_i
from newscrawl.text import fold, folded_length

#: Words that a line, a bracket, and a sentence at a paragraph's end may have to be looked at.
LINE, BRACKET, TAIL = 48, 30, 26
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】\n]{4,220})[)\]）】]")
#: The mark that ends a sentence, and the white space behind it.
_SENTENCE = re.compile(r"[.!?…»”\"')]\s+(?=\S)|[。！？]\s?(?=\S)")
_AFTER_LABEL = re.compile(r"\s{0,3}(?:[:>›→►▶|/\-：》】\]]|\n|$)")
_SKIPPED = frozenset({Kind.TABLE, Kind.PREFORMATTED, Kind.CAPTION})
_HEADING = Kind.HEADING


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


def find_said(article: Article, sizes: Sequence[float], folded: Sequence[str]) -> dict[str, list[Said]]:
    """Kind -> where the article says a phrase of that kind. sizes, folded: words, and text for comparing, of the article's blocks.

    A settled block (`is_settled`) is asked only for phrases that it, or its last sentence, begins with.
    """
    index_of = phrase_index(article)
    found: dict[str, list[Said]] = defaultdict(list)
    for index, block in enumerate(article.blocks):
        if block.kind in _SKIPPED:
            continue
        settled = is_settled(block, sizes[index])
        for form, span, raw in _pieces(block, sizes[index], index_of):
            begins = span is None and settled
            if begins and not index_of.may_begin(raw):
                continue
            whole = plain_i(folded[index] if span is None else fold(raw))
            text = whole.strip(EDGE)
            if not text:
                continue
            key = key_of(text)
            for phrase in index_of.starts.get(key, ()):
                match = phrase.pattern.match(text) if phrase.letters in text else None
                if match and _fits(phrase, text, whole, match.end(), form, block, raw):
                    found[phrase.kind].append(Said(index, span, text, 0, match.end(), form))
            if form != "line":
                for phrase in index_of.anywhere.get(key, ()):
                    match = phrase.pattern.match(text)
                    if match:
                        found[phrase.kind].append(Said(index, span, text, 0, match.end(), form))
            elif not begins and not (block.kind is _HEADING and len(text) > 60) and whole[0] not in "\"'":
                for phrase in index_of.said_in(text):
                    match = phrase.search(text)
                    if match:
                        found[phrase.kind].append(Said(index, span, text, match.start(), match.end(), form))
    return found


#: Words from which on a block that the content model is sure of is settled.
SETTLED = 20


def is_sure(block: Block) -> bool:
    """Was the content model all but certain that the block is story?"""
    return block.score is not None and 0.9 < block.score < 1.0


def is_settled(block: Block, size: float) -> bool:
    """Is the block story whatever phrase it has somewhere?"""
    return size > SETTLED and is_sure(block)


def _fits(phrase: Phrase, text: str, folded: str, end: int, form: str, block: Block, raw: str) -> bool:
    if phrase.role == "line":
        return end == len(text) and form != "tail"
    if phrase.role == "label":
        if end == len(text):
            return form == "line"
        at = folded.find(text)
        return _AFTER_LABEL.match(folded, at + end) is not None or (
            form == "line"
            and (block.link_density > 0.4 or (raw.strip(EDGE)[: end - 1].isupper() and not raw.isupper()))
        )
    return True


def _pieces(block: Block, size: float, index_of: Index) -> Iterator[tuple[str, tuple[int, int] | None, str]]:
    text = block.text
    if "\n" in text:
        start = 0
        for line in text.split("\n"):
            if folded_length(line) <= LINE:
                yield "line", (start, start + len(line)), line
            start += len(line) + 1
    elif size <= LINE:
        yield "line", None, text
    if block.kind is _HEADING:
        return
    if "(" in text or "[" in text or "（" in text or "【" in text:
        for match in _BRACKET.finditer(text):
            if match.end() - match.start() < len(text) and folded_length(match[1].strip()) <= BRACKET:
                yield "bracket", match.span(), match[1]
    if size > 12:
        for end, start in _last_sentences(text):
            tail = text[start:]
            if "\n" not in tail and index_of.may_begin(tail) and folded_length(tail) <= TAIL:
                yield "tail", (end, len(text)), tail


def _last_sentences(text: str) -> list[tuple[int, int]]:
    """Where a sentence ends, and where the next one starts, in the last characters of a text."""
    first = max(0, len(text) - 241)
    if not text.isascii() or "\n" in text:
        return [(match.start() + 1, match.end()) for match in _SENTENCE.finditer(text, first)]
    found = []
    for mark in (
        ". ",
        "? ",
        "! ",
        '" ',
        "' ",
        ") ",
    ):  # far quicker than the expression, and the same where white space is folded
        at = text.find(mark, first)
        while at >= 0:
            found.append((at + 1, at + 2))
            at = text.find(mark, at + 1)
    return sorted(found)
