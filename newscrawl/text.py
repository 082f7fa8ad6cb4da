"""Words and likeness of texts. Knows nothing of pages, and takes nothing away."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, tzinfo

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u180e\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
}
_MARKS = re.compile(f"[{''.join(_PLAIN)}]")
_WORD = re.compile(r"\w+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


class _Unstated(tzinfo):
    """The offset of a page that states none: counts as UTC, is written as nothing."""

    def utcoffset(self, dt: datetime | None) -> timedelta:
        return timedelta(0)

    def dst(self, dt: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, dt: datetime | None) -> str:
        return "-00:00"

    def __repr__(self) -> str:
        return "newscrawl.text.UNSTATED"

    def __reduce__(self) -> str:
        return "UNSTATED"


#: tzinfo of dates whose page states no offset (RFC 3339's "-00:00").
UNSTATED: tzinfo = _Unstated()


def clean(text: str) -> str:
    """Fold every run of white space to one space; drop control, zero-width and soft-hyphen characters and lone surrogates."""
    text = " ".join(text.split())
    if text.isprintable():  # in C, and true for nearly every block of a page
        return text
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str) -> str:
    """For comparing: compatibility forms, quotes and dashes made plain, case folded, spaces folded."""
    if text.isascii():
        return clean(text.lower())
    return clean(
        _MARKS.sub(lambda mark: _PLAIN[mark[0]], unicodedata.normalize("NFKC", text)).casefold()
    )  # str.translate is ten times as slow


def plain(text: str) -> str:
    """`fold`, but case stays: compatibility forms, quotes and dashes made plain, spaces folded."""
    return clean(
        text if text.isascii() else _MARKS.sub(lambda mark: _PLAIN[mark[0]], unicodedata.normalize("NFKC", text))
    )


def words(text: str) -> list[str]:
    """The words of the folded text: runs of letters and digits."""
    return _WORD.findall(text.lower() if text.isascii() and text.isprintable() else fold(text))


def length(text: str) -> float:
    """How much a text says, in words; where a script has no spaces, two characters count as one word."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide / 2 if wide else float(len(text.split()))


def folded_length(text: str) -> float:
    """`length` of a text whose white space is folded (lines parted by a line feed), as that of blocks is: the spaces are counted."""
    if not text:
        return 0.0
    count = text.count(" ") + text.count("\n") + 1
    return float(count) if text.isascii() else count + len(_WIDE.findall(text)) / 2


def likeness(a: str, b: str) -> float:
    """How alike two texts are by their sets of words (Jaccard index), 0..1; two texts without words are unlike."""
    left, right = set(words(a)), set(words(b))
    return len(left & right) / len(left | right) if left and right else 0.0


def containment(a: str, b: str) -> float:
    """The share of the words of `a` that stand in `b` too, 0..1."""
    left, right = set(words(a)), set(words(b))
    return len(left & right) / len(left) if left else 0.0
