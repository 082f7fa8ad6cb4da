"""What changed between two clean records of one article. Pure: works on plain records, and decides nothing about visits.

White space, quotation marks, letter case, the order of keywords, the size of an image, counters and a changed date of change alone are no change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from newscrawl.text import fold

#: Fields that are compared, in the order in which they are told.
FIELDS = (
    "headline", "alternativeHeadline", "description", "articleBody", "authors", "datePublished", "articleSection", "keywords", "images",
    "isAccessibleForFree",
)  # fmt: skip
_NUMBER = re.compile(r"\d+")
_SIZE = re.compile(r"\d+")
_COUNTER_WORDS = 4
#: A changed word is a mended spelling when it is at least so like the one before (0 to 1); so many words may be mended.
_NEAR, _MENDED = 0.6, 6
#: The share of the old words that an update may take away, and of a long paragraph that must be new for it to be one.
_TAKEN = 0.1
_NOTICE_WORDS = 80


@dataclass(frozen=True)
class Change:
    """kind: "correction", "headline", "typo", "update", "body" or "metadata". correction: the text of the notice, where one appeared."""

    kind: str
    changed_fields: tuple[str, ...]
    correction: str | None = None


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    """What changed from one record to the next; None where nothing did that counts."""
    changed = tuple(name for name in FIELDS if _plain(name, old.get(name)) != _plain(name, new.get(name)))
    if not changed:
        return None
    notice = _new_notice(str(old.get("articleBody") or ""), str(new.get("articleBody") or ""))
    if notice is not None:
        return Change("correction", changed, notice)
    if "articleBody" in changed:
        return Change(_kind_of_body(_paragraphs(old.get("articleBody")), _paragraphs(new.get("articleBody"))), changed)
    return Change("headline" if "headline" in changed else "metadata", changed)


def _plain(name: str, value: Any) -> Any:
    """A field without what does not count."""
    if not value:
        return None
    if name == "articleBody":
        return _paragraphs(value)
    if name == "authors":
        return [fold(str(person.get("name") or "")) for person in value]
    if name == "keywords":
        return sorted({fold(str(word)) for word in value})
    if name == "images":
        return [(_SIZE.sub("", urlsplit(str(image.get("url") or "")).path.rpartition("/")[2]), fold(str(image.get("caption") or ""))) for image in value]
    return fold(value) if isinstance(value, str) else value


def _paragraphs(text: Any) -> list[str]:
    """Paragraphs, folded; in one of a few words a number does not count."""
    found = []
    for paragraph in str(text or "").split("\n"):
        words = fold(paragraph)
        if words:
            found.append(_NUMBER.sub("#", words) if len(words.split()) <= _COUNTER_WORDS else words)
    return found


def _kind_of_body(old: Sequence[str], new: Sequence[str]) -> str:
    before, after = " ".join(old).split(), " ".join(new).split()
    mended = taken = added = 0
    for action, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if action == "equal":
            continue
        left, right = before[i1:i2], after[j1:j2]
        if action == "replace" and SequenceMatcher(None, "".join(left), "".join(right)).ratio() >= _NEAR and len(left) <= _MENDED:
            mended += max(len(left), len(right))
        else:
            taken += len(left)
            added += len(right)
    if not taken and not added and mended <= _MENDED:
        return "typo"
    fresh = [paragraph for paragraph in new if paragraph not in set(old)]
    has_new_paragraph = len(new) > len(old) and bool(fresh)
    return "update" if has_new_paragraph and added and taken + mended <= max(3, _TAKEN * len(before)) else "body"


@lru_cache(maxsize=1)
def _wording() -> tuple[tuple[str, ...], tuple[str, ...]]:
    starts, says = [], []
    for line in files("newscrawl.memory").joinpath("corrections.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            _, where, words = line.split(" ", 2)
            (starts if where == "starts" else says).append(fold(words))
    return tuple(starts), tuple(says)


def is_notice(paragraph: str) -> bool:
    """Does a paragraph tell of a correction?"""
    starts, says = _wording()
    text = fold(paragraph).lstrip("*•-–([ ")
    for words in starts:
        if text.startswith(words) and (len(text) == len(words) or text[len(words)] in ":.-–|,;(（：。 「" and _ends_label(text[len(words) :])):
            return True
    return len(text.split()) <= _NOTICE_WORDS and any(words in text for words in says)


def _ends_label(rest: str) -> bool:
    """Is what follows the first words of a notice the end of a label: a sign, or a date in brackets and a sign?"""
    return re.match(r"\s*(?:\([^)]{0,40}\)|,? ?[\w. ]{0,24}\d{4})?\s*[:.–—：。|-]", rest) is not None


def _new_notice(old: str, new: str) -> str | None:
    known = {fold(paragraph) for paragraph in old.split("\n")}
    fresh = [paragraph.strip() for paragraph in new.split("\n") if paragraph.strip() and fold(paragraph) not in known]
    return next((paragraph for paragraph in fresh if is_notice(paragraph)), None)
