"""Text helpers: cleaning, folding for comparison, word counts and similarity."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from newscrawl._native import twin

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u180e\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Typographic quotes and dashes, and their ASCII equivalents.
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
}
_MARKS = re.compile(f"[{''.join(_PLAIN)}]")
_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
#: Characters of scripts written without spaces: Japanese kana, CJK ideographs and Thai.
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


class _Unstated(tzinfo):
    """tzinfo of a date whose page states no offset. Counts as UTC, but is never written out."""

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


#: tzinfo of dates whose page states no offset ("-00:00" in RFC 3339).
UNSTATED: tzinfo = _Unstated()


@twin
def clean(text: str) -> str:
    """Collapse white space; drop control and zero-width characters, soft hyphens and lone surrogates."""
    text = " ".join(text.split())
    if text.isprintable():  # implemented in C, and true for nearly every block of a page
        return text
    return " ".join(_INVISIBLE.sub("", text).split())


@twin
def fold(text: str) -> str:
    """Normalise a text for comparison: NFKC, plain quotes and dashes, case folded, white space collapsed."""
    if text.isascii():
        return clean(text.lower())
    # str.translate would be ten times slower than the regular expression
    return clean(_MARKS.sub(lambda mark: _PLAIN[mark[0]], unicodedata.normalize("NFKC", text)).casefold())


@twin
def plain(text: str) -> str:
    """Like `fold`, but keep upper and lower case."""
    if text.isascii():
        return clean(text)
    return clean(_MARKS.sub(lambda mark: _PLAIN[mark[0]], unicodedata.normalize("NFKC", text)))


@twin
def words(text: str) -> list[str]:
    """The words of the folded text: runs of letters, digits and underscores."""
    return _WORD.findall(text.lower() if text.isascii() and text.isprintable() else fold(text))


@lru_cache(maxsize=1)
def plain_words(text: str) -> str:
    """The words of a text, separated by spaces. Kept for the last text: several ask for the same body in turn."""
    return " ".join(words(text))


@twin
def length(text: str) -> float:
    """Length of a text in words. In scripts without spaces, two characters count as one word."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide / 2 if wide else float(len(text.split()))


@twin
def folded_length(text: str) -> float:
    """`length`, computed faster, for text whose white space is already collapsed, as that of blocks is.

    Words must be separated by exactly one space or line feed.
    """
    if not text:
        return 0.0
    count = text.count(" ") + text.count("\n") + 1
    return float(count) if text.isascii() else count + len(_WIDE.findall(text)) / 2


def ends_sentence(text: str) -> bool:
    """Does the text end with a full stop, question or exclamation mark, perhaps followed by quotes or brackets?"""
    return text.rstrip("\"'”’»)] 」』）").endswith(_SENTENCE_ENDS)


def likeness(a: str, b: str) -> float:
    """Jaccard similarity of the two sets of words, 0..1; 0 if either text has no words."""
    left, right = set(words(a)), set(words(b))
    return len(left & right) / len(left | right) if left and right else 0.0
