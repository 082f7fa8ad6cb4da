"""The byline word lists are well-formed, and each pattern matches its example."""

from __future__ import annotations

import re

import pytest

from newscrawl.read.byline_wording import (
    AGENCIES,
    ALONE,
    BOX,
    DATE_WORDS,
    FILLERS,
    INSIDE,
    NO_NAMES,
    OPENING,
    REGIONS,
    ROLE,
    entries,
)

PATTERNS = {"opening": OPENING, "alone": ALONE, "box": BOX, "inside": INSIDE, "role": ROLE}


@pytest.mark.parametrize("kind", PATTERNS)
def test_every_pattern_matches_its_example(kind: str) -> None:
    wrong = [
        f"{pattern!r} does not match {example!r}"
        for pattern, example in entries()[kind]
        if not re.search(rf"(?<!\w)(?:{pattern})(?!\w)", example, re.IGNORECASE)
        or not PATTERNS[kind].search(example if kind in ("alone", "role") else f"{example} Jane Roe")
    ]
    assert not wrong, "\n".join(wrong)


def test_all_kinds_of_entries_are_known() -> None:
    assert set(entries()) == {*PATTERNS, "filler", "date", "title", "region"}


def test_plain_words_are_in_lower_case() -> None:
    for words in (FILLERS, DATE_WORDS, NO_NAMES, REGIONS, AGENCIES):
        assert words and all(word == word.lower().strip() for word in words)
