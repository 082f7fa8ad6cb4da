"""Finds the phrases of the wording files in an article, once for all rules.

Phrases are compared with pieces of blocks that may be boilerplate: lines, brackets and last sentences. A piece is
compared with a phrase only when it contains the phrase's first word, so most of an article's text costs no more than
a dictionary lookup.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newscrawl.article import Article, Block, Kind
from newscrawl.strip.scores import is_long_story
from newscrawl.strip.wording import EDGE, Index, Phrase, key_of, phrase_index, plain_i
from newscrawl.text import fold, folded_length

#: Most words of a line, of a bracket, and of a last sentence that is compared with the phrases.
LINE_WORDS, BRACKET_WORDS, TAIL_WORDS = 48, 30, 26
_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】\n]{4,220})[)\]）】]")
#: The mark that ends a sentence and the white space after it.
_SENTENCE = re.compile(r"[.!?…»”\"')]\s+(?=\S)|[。！？]\s?(?=\S)")
#: The same where all white space is spaces, and no sign of scripts without spaces occurs: three times as fast.
_SPACED_SENTENCE = re.compile(r" (?<=[.!?…»”\"')] ) *(?=\S)")
_AFTER_LABEL = re.compile(r"\s{0,3}(?:[:>›→►▶|/\-：》】\]]|\n|$)")
_SKIPPED = frozenset({Kind.TABLE, Kind.PREFORMATTED, Kind.CAPTION})
_HEADING = Kind.HEADING


@dataclass(frozen=True)
class PhraseMatch:
    """A phrase of the wording files, found in an article.

    index: position of the block in `article.blocks`. span: the piece's range in the block's text, None when the piece
    is the whole block. text: the piece, folded and without marks at its edges. start, end: the phrase's range in
    `text`. form: "line", "bracket" or "tail" (a last sentence).
    """

    index: int
    span: tuple[int, int] | None
    text: str
    start: int
    end: int
    form: str


def find_phrases(article: Article, sizes: Sequence[float], folded: Sequence[str]) -> dict[str, list[PhraseMatch]]:
    """Kind of phrase -> its matches in the article.

    sizes, folded: number of words, and folded text, of each of the article's blocks. A long block that is certainly
    story (`is_long_story`) is compared only with phrases that it, or its last sentence, begins with.
    """
    index_of = phrase_index(article)
    found: dict[str, list[PhraseMatch]] = defaultdict(list)
    for index, block in enumerate(article.blocks):
        if block.kind in _SKIPPED:
            continue
        long_story = is_long_story(block, sizes[index])
        for form, span, raw in _pieces(block, sizes[index], index_of):
            only_opening = span is None and long_story
            if only_opening and not index_of.may_begin(raw):
                continue
            whole = plain_i(folded[index] if span is None else fold(raw))
            text = whole.strip(EDGE)
            if not text:
                continue
            key = key_of(text)
            for phrase in index_of.starts.get(key, ()):
                match = phrase.pattern.match(text) if phrase.letters in text else None
                if match and _fits(phrase, text, whole, match.end(), form, block, raw):
                    found[phrase.kind].append(PhraseMatch(index, span, text, 0, match.end(), form))
            if form != "line":
                for phrase in index_of.anywhere.get(key, ()):
                    match = phrase.pattern.match(text)
                    if match:
                        found[phrase.kind].append(PhraseMatch(index, span, text, 0, match.end(), form))
            elif not only_opening and not (block.kind is _HEADING and len(text) > 60) and whole[0] not in "\"'":
                for phrase in index_of.may_contain(text):
                    match = phrase.search(text)
                    if match:
                        found[phrase.kind].append(PhraseMatch(index, span, text, match.start(), match.end(), form))
    return found


def _fits(phrase: Phrase, text: str, folded: str, end: int, form: str, block: Block, raw: str) -> bool:
    """Does the piece meet the conditions of the phrase's role? end: where the phrase ends in `text`."""
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
    """(form, span, text) of each piece of a block; see `PhraseMatch`."""
    text = block.text
    if "\n" in text:
        start = 0
        for line in text.split("\n"):
            if folded_length(line) <= LINE_WORDS:
                yield "line", (start, start + len(line)), line
            start += len(line) + 1
    elif size <= LINE_WORDS:
        yield "line", None, text
    if block.kind is _HEADING:
        return
    if "(" in text or "[" in text or "（" in text or "【" in text:
        for match in _BRACKET.finditer(text):
            if match.end() - match.start() < len(text) and folded_length(match[1].strip()) <= BRACKET_WORDS:
                yield "bracket", match.span(), match[1]
    if size > 12:
        for end, start in _last_sentences(text):
            tail = text[start:]
            if "\n" not in tail and index_of.may_begin(tail) and folded_length(tail) <= TAIL_WORDS:
                yield "tail", (end, len(text)), tail


def _last_sentences(text: str) -> list[tuple[int, int]]:
    """(end of a sentence, start of the next one) for the sentence borders in the last 241 characters of a text."""
    first = max(0, len(text) - 241)
    tail = text[first:]
    if not tail.isprintable() or "。" in tail or "！" in tail or "？" in tail:
        return [(match.start() + 1, match.end()) for match in _SENTENCE.finditer(text, first)]
    return [match.span() for match in _SPACED_SENTENCE.finditer(text, first + 1)]
