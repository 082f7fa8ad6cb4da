"""What the texts of blocks alone tell: counts of words, signs and letters, for all blocks of a page at once.

The texts are looked at as one array of characters: a table says what each character is, and sums over it give the counts.
Wording itself counts only through common function words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

#: The columns, in order.
WORDING = (
    "words", "word_length", "ends_sentence", "ends_colon", "sentences", "commas", "digit_share", "capital_words", "all_caps",
    "quotes", "starts_capital", "odd_marks", "copyright", "date", "stop_share", "lines",
)  # fmt: skip

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|年")
_ENDS = frozenset(".!?…。！？؟।")
_CLOSERS = "\"'”“’»«)]›」』"
_COMMAS = frozenset(",、，")
_QUOTES = frozenset('"“”„«»「」‘')
_ODD_MARKS = frozenset("|»›•→")

# What a character is, a bit each.
(
    _SPACE,
    _DIGIT,
    _NUMBER,
    _UPPER,
    _LOWER,
    _CASED,
    _WIDE_ONE,
    _COMMA,
    _QUOTE,
    _STOP,
    _WIDE_STOP,
    _ODD,
    _RIGHTS,
    _LINE,
    _END,
    _CLOSER,
    _COLON,
    _YEAR,
) = (1 << n for n in range(18))
_COUNTED = np.array([_DIGIT, _WIDE_ONE, _COMMA, _QUOTE, _LINE, _WIDE_STOP], dtype=np.uint32)


def _nature(character: str) -> int:
    is_upper, lower = character.isupper(), character.lower()
    return (
        _SPACE * character.isspace() | _DIGIT * (character in "0123456789") | _NUMBER * character.isdecimal() | _YEAR * (character == "年") | _UPPER * is_upper
        | _LOWER * (character.islower() or (character.istitle() and not is_upper)) | _CASED * (lower != character or lower != character.upper())
        | _WIDE_ONE * (_WIDE.match(character) is not None) | _COMMA * (character in _COMMAS) | _QUOTE * (character in _QUOTES)
        | _STOP * (character in ".!?…") | _WIDE_STOP * (character in "。！？") | _ODD * (character in _ODD_MARKS) | _RIGHTS * (character == "©")
        | _LINE * (character == "\n") | _END * (character in _ENDS) | _CLOSER * (character in _CLOSERS)
        | _COLON * (character in ":：")
    )  # fmt: skip


class _Natures:
    """The nature of every character, worked out by rows of 256 when one of them is met."""

    def __init__(self) -> None:
        self.table = np.zeros(0x110000, dtype=np.uint32)
        self.is_known = np.zeros(0x1100, dtype=np.bool_)

    def of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The nature of each character, given by its number."""
        met = np.bincount(codes >> 8)
        for row in np.flatnonzero((met > 0) & ~self.is_known[: len(met)]).tolist():
            self.table[row << 8 : (row + 1) << 8] = [_nature(chr(code)) for code in range(row << 8, (row + 1) << 8)]
            self.is_known[row] = True
        return self.table.take(codes)


_natures = _Natures()


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Common function words of many languages."""
    return frozenset(files("newscrawl.read").joinpath("stopwords.txt").read_text("utf-8").split())


class Wording:
    """The texts of a page, none of them empty and all of them clean (`newscrawl.text.clean`; lines are parted by a line feed).

    tokens: the lower-case words, parted by white space, of all texts; those of the text n are tokens[first[n]:first[n + 1]].
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        whole = "\n".join(texts) + "\n"
        self.sizes = np.fromiter(map(len, texts), np.intp, len(texts))
        self.ends = np.cumsum(self.sizes + 1) - 1  # of the line feed behind each
        self.starts = self.ends - self.sizes
        self.natures = _natures.of(np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32))
        self.natures[self.ends] = _SPACE
        self.spaces = np.flatnonzero(self.natures & _SPACE)
        self.words_open = np.concatenate(
            [[0], self.spaces[:-1] + 1]
        )  # clean texts have one white space between two words
        self.first = np.concatenate([[0], np.searchsorted(self.spaces, self.ends) + 1])
        self.lower = whole.lower()
        self.tokens = self.lower.split()

    def known(self, words: frozenset[str] | set[str]) -> NDArray[np.intp]:
        """How many tokens of each text are among some words."""
        return _between(np.fromiter(map(words.__contains__, self.tokens), np.bool_, len(self.tokens)), self.first)

    def columns(self) -> dict[str, Column | NDArray[np.bool_] | NDArray[np.intp]]:
        """The measures by the names of `WORDING`."""
        natures, sizes, texts = self.natures, self.sizes, self.texts
        held = np.bitwise_or.reduceat(natures, self.starts)  # the natures of all characters of a text
        signs = np.flatnonzero(natures & (_STOP | np.bitwise_or.reduce(_COUNTED)))
        kinds = natures[signs]
        is_stop = (kinds & _STOP > 0) & (natures[signs + 1] & _SPACE > 0)
        bounds = np.concatenate([[0], np.searchsorted(signs, self.ends)])
        digits, wide, commas, quotes, lines, wide_stops, stops = _between(
            np.concatenate([kinds & _COUNTED[:, None] > 0, is_stop[None]]), bounds
        )
        plain = np.diff(self.first)
        words = plain + wide / 2
        cased = held & _CASED > 0  # scripts without upper case say nothing by it
        last = natures[self.ends - 1]
        for n in np.flatnonzero(last & _CLOSER).tolist():
            bare = texts[n].rstrip(_CLOSERS)
            last[n] = _nature(bare[-1]) if bare else _COLON
        ends = last & _END > 0
        rights = held & _RIGHTS > 0
        if "copyright" in self.lower:
            rights |= np.fromiter(("copyright" in text.lower() for text in texts), np.bool_, len(texts))
        return {
            "words": words,
            "word_length": np.where(wide > 0, 5.0, sizes / np.maximum(1.0, words)),
            "ends_sentence": ends,
            "ends_colon": last & _COLON > 0,
            "sentences": np.where(sizes > 20, stops + wide_stops, ends),
            "commas": commas,
            "digit_share": digits / sizes,
            "capital_words": np.where(cased, _between(natures[self.words_open] & _UPPER > 0, self.first) / plain, 0.15),
            "all_caps": (held & _UPPER > 0) & (held & _LOWER == 0),
            "quotes": np.where(sizes < 2000, quotes, 4.0),
            "starts_capital": (natures[self.starts] & _UPPER > 0) | ~cased,
            "odd_marks": held & _ODD > 0,
            "copyright": rights,
            "date": self._dated(held),
            "stop_share": np.where(wide > 0, 0.4, self.known(stopwords()) / plain),
            "lines": lines,
        }

    def _dated(self, held: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which short texts have a year or a time of day; only those with two digits side by side are looked at."""
        pairs = np.flatnonzero(self.natures[:-1] & self.natures[1:] & _NUMBER)
        may = (held & _YEAR > 0) | (np.diff(np.searchsorted(pairs, self.ends), prepend=0) > 0)
        dated = np.zeros(len(held), dtype=np.bool_)
        for n in np.flatnonzero(may & (self.sizes < 200)).tolist():
            dated[n] = _DATE.search(self.texts[n]) is not None
        return dated


def _between(flags: NDArray[np.bool_], bounds: NDArray[np.intp]) -> NDArray[np.intp]:
    """How many flags are set between one bound and the next, along the last axis."""
    sums = np.zeros((*flags.shape[:-1], flags.shape[-1] + 1), dtype=np.intp)
    np.cumsum(flags, axis=-1, out=sums[..., 1:])
    at = sums[..., bounds]
    result: NDArray[np.intp] = at[..., 1:] - at[..., :-1]
    return result
