"""The word lists of `newscrawl.read` are well-formed, and each of their patterns matches its example."""

from __future__ import annotations

import re

import pytest

from newscrawl.read.byline_wording import AGENCIES, ALONE, BOX, DATE_WORDS, FILLERS, INSIDE, OPENING, ROLE, entries

WHOLE = {"opening": OPENING, "alone": ALONE, "box": BOX, "inside": INSIDE, "role": ROLE}


@pytest.mark.parametrize("kind", WHOLE)
def test_every_pattern_matches_its_example(kind: str) -> None:
    wrong = [
        f"{pattern!r} does not match {example!r}"
        for pattern, example in entries()[kind]
        if not re.search(rf"(?<!\w)(?:{pattern})(?!\w)", example, re.IGNORECASE)
        or not WHOLE[kind].search(example if kind in ("alone", "role") else f"{example} Jane Roe")
    ]
    assert not wrong, "\n".join(wrong)


def test_kinds_are_known() -> None:
    assert set(entries()) == {*WHOLE, "filler", "date"}


def test_words_are_lower_case() -> None:
    for words in (FILLERS, DATE_WORDS, AGENCIES):
        assert words and all(word == word.lower().strip() for word in words)
