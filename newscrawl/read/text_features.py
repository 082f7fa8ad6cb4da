"""The features of blocks that depend on their text alone, computed for all blocks of a page at once.

All texts together are one array of characters; a table gives the properties of each character, and sums over them give
the counts. The vocabulary only counts through common function words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin

Column = NDArray[np.float64]

#: Names of the columns, in order.
TEXT_FEATURES = (
    "words",
    "word_length",
    "ends_sentence",
    "ends_colon",
    "sentences",
    "commas",
    "digit_share",
    "capital_words",
    "all_caps",
    "quotes",
    "starts_capital",
    "odd_marks",
    "copyright",
    "date",
    "stop_share",
    "lines",
)

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|年")
_ENDS = frozenset(".!?…。！？؟।")
_CLOSERS = "\"'”“’»«)]›」』"
_COMMAS = frozenset(",、，")
_QUOTES = frozenset('"“”„«»「」‘')
_ODD_MARKS = frozenset("|»›•→")

#: The properties of a character, one bit each. A character may have several.
(
    _SPACE,
    _DIGIT,
    _NUMBER,
    _UPPER,
    _LOWER,
    _CASED,
    _WIDE_CHARACTER,
    _COMMA,
    _QUOTE,
    _STOP,
    _WIDE_STOP,
    _ODD_MARK,
    _COPYRIGHT,
    _LINE,
    _END,
    _CLOSER,
    _COLON,
    _YEAR,
) = (1 << n for n in range(18))
_COUNTED = np.array([_DIGIT, _WIDE_CHARACTER, _COMMA, _QUOTE, _LINE, _WIDE_STOP], dtype=np.uint32)


def _properties_of(character: str) -> int:
    is_upper, lower = character.isupper(), character.lower()
    has = {
        _SPACE: character.isspace(),
        _DIGIT: character in "0123456789",
        _NUMBER: character.isdecimal(),
        _YEAR: character == "年",
        _UPPER: is_upper,
        _LOWER: character.islower() or (character.istitle() and not is_upper),
        _CASED: lower != character or lower != character.upper(),
        _WIDE_CHARACTER: _WIDE.match(character) is not None,
        _COMMA: character in _COMMAS,
        _QUOTE: character in _QUOTES,
        _STOP: character in ".!?…",
        _WIDE_STOP: character in "。！？",
        _ODD_MARK: character in _ODD_MARKS,
        _COPYRIGHT: character == "©",
        _LINE: character == "\n",
        _END: character in _ENDS,
        _CLOSER: character in _CLOSERS,
        _COLON: character in ":：",
    }
    return sum(bit for bit, is_set in has.items() if is_set)


class _Properties:
    """The properties of every character, computed in rows of 256 when one of the row is needed."""

    def __init__(self) -> None:
        self.table = np.zeros(0x110000, dtype=np.uint32)
        self.is_known = np.zeros(0x1100, dtype=np.bool_)

    def of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The properties of characters, given by their code points."""
        counts = np.bincount(codes >> 8)
        for row in np.flatnonzero((counts > 0) & ~self.is_known[: len(counts)]).tolist():
            start, stop = row << 8, (row + 1) << 8
            self.table[start:stop] = [_properties_of(chr(code)) for code in range(start, stop)]
            self.is_known[row] = True
        return self.table.take(codes)


_properties = _Properties()


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Common function words of many languages."""
    return frozenset(files("newscrawl.read").joinpath("stopwords.txt").read_text("utf-8").split())


class TextFeatures:
    """The texts of a page and what can be counted in them.

    texts: cleaned (`newscrawl.text.clean`, lines separated by line feeds), none of them empty.
    tokens: the words of all texts, in lower case; those of text n are `tokens[first[n] : first[n + 1]]`.
    sizes: lengths in characters.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        whole = "\n".join(texts) + "\n"
        self.sizes = np.fromiter(map(len, texts), np.intp, len(texts))
        self._ends = np.cumsum(self.sizes + 1) - 1  # positions of the line feeds after the texts
        self._starts = self._ends - self.sizes
        self._properties = _properties.of(np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32))
        self._properties[self._ends] = _SPACE
        spaces = np.flatnonzero(self._properties & _SPACE)
        # clean texts have exactly one white space character between two words
        self._word_starts = np.concatenate([[0], spaces[:-1] + 1])
        self.first = np.concatenate([[0], np.searchsorted(spaces, self._ends) + 1])
        self._lower = whole.lower()
        self.tokens = self._lower.split()

    def count_of(self, words: frozenset[str] | set[str]) -> NDArray[np.intp]:
        """For each text, how many of its tokens are among `words`."""
        return _counts(np.fromiter(map(words.__contains__, self.tokens), np.bool_, len(self.tokens)), self.first)

    def columns(self) -> dict[str, Column | NDArray[np.bool_] | NDArray[np.intp]]:
        """The columns by name (`TEXT_FEATURES`)."""
        properties, sizes, texts = self._properties, self.sizes, self.texts
        any_of = np.bitwise_or.reduceat(properties, self._starts)  # properties of any character of each text
        marks = np.flatnonzero(properties & (_STOP | np.bitwise_or.reduce(_COUNTED)))
        kinds = properties[marks]
        is_stop = (kinds & _STOP > 0) & (properties[marks + 1] & _SPACE > 0)
        bounds = np.concatenate([[0], np.searchsorted(marks, self._ends)])
        digits, wide, commas, quotes, lines, wide_stops, stops = _counts(
            np.concatenate([kinds & _COUNTED[:, None] > 0, is_stop[None]]), bounds
        )
        spaced_words = np.diff(self.first)
        words = spaced_words + wide / 2
        is_cased = any_of & _CASED > 0  # scripts without upper case say nothing by it
        last = properties[self._ends - 1]
        for n in np.flatnonzero(last & _CLOSER).tolist():
            bare = texts[n].rstrip(_CLOSERS)
            last[n] = _properties_of(bare[-1]) if bare else _COLON
        ends = last & _END > 0
        has_copyright = any_of & _COPYRIGHT > 0
        if "copyright" in self._lower:
            has_copyright |= np.fromiter(("copyright" in text.lower() for text in texts), np.bool_, len(texts))
        starts_upper = properties[self._word_starts] & _UPPER > 0
        return {
            "words": words,
            "word_length": np.where(wide > 0, 5.0, sizes / np.maximum(1.0, words)),
            "ends_sentence": ends,
            "ends_colon": last & _COLON > 0,
            "sentences": np.where(sizes > 20, stops + wide_stops, ends),
            "commas": commas,
            "digit_share": digits / sizes,
            "capital_words": np.where(is_cased, _counts(starts_upper, self.first) / spaced_words, 0.15),
            "all_caps": (any_of & _UPPER > 0) & (any_of & _LOWER == 0),
            "quotes": np.where(sizes < 2000, quotes, 4.0),
            "starts_capital": (properties[self._starts] & _UPPER > 0) | ~is_cased,
            "odd_marks": any_of & _ODD_MARK > 0,
            "copyright": has_copyright,
            "date": self._dated(any_of),
            "stop_share": np.where(wide > 0, 0.4, self.count_of(stopwords()) / spaced_words),
            "lines": lines,
        }

    def _dated(self, any_of: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which short texts contain a year or a time of day."""
        pairs = np.flatnonzero(self._properties[:-1] & self._properties[1:] & _NUMBER)  # two adjacent digits
        may_be_dated = (any_of & _YEAR > 0) | (np.diff(np.searchsorted(pairs, self._ends), prepend=0) > 0)
        dated = np.zeros(len(any_of), dtype=np.bool_)
        for n in np.flatnonzero(may_be_dated & (self.sizes < 200)).tolist():
            dated[n] = _DATE.search(self.texts[n]) is not None
        return dated


@twin
def text_columns(texts: Sequence[str]) -> Column:
    """The columns of `TEXT_FEATURES`, columns × texts; none of the texts is empty."""
    columns = TextFeatures(texts).columns()
    return np.stack([columns[name] for name in TEXT_FEATURES]).astype(np.float64)


@twin
def title_overlap(texts: Sequence[str], title_words: set[str]) -> Column:
    """The similarity of each short text to the headline, whose words are given in lower case: 0..1."""
    overlap = np.zeros(len(texts))
    if title_words:
        text_features = TextFeatures(texts)
        for n in np.flatnonzero((text_features.sizes < 300) & (text_features.count_of(title_words) > 0)).tolist():
            own = set(text_features.tokens[text_features.first[n] : text_features.first[n + 1]])
            common = len(own & title_words)
            overlap[n] = common / (len(own) + len(title_words) - common)
    return overlap


def _counts(flags: NDArray[np.bool_], bounds: NDArray[np.intp]) -> NDArray[np.intp]:
    """How many flags are set between each bound and the next, along the last axis."""
    sums = np.zeros((*flags.shape[:-1], flags.shape[-1] + 1), dtype=np.intp)
    np.cumsum(flags, axis=-1, out=sums[..., 1:])
    at = sums[..., bounds]
    result: NDArray[np.intp] = at[..., 1:] - at[..., :-1]
    return result
