"""Differences between two texts."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.memory.diff import key, paragraph_pairs, word_parts
from newscrawl.memory.revision import compare
from tests.support.record_versions import made

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
_TEXTS = st.lists(st.text(_LETTERS, min_size=1, max_size=60), max_size=8)


@given(_TEXTS, st.integers(0, 2**16))
@settings(max_examples=150, deadline=None)
def test_white_space_is_never_a_change(paragraphs: list[str], seed: int) -> None:
    chance = random.Random(seed)
    wrapped = [
        re.sub(r"\s", lambda _: chance.choice((" ", "\n", "\t", "  ", "\u00a0", "\r\n")), one) for one in paragraphs
    ]
    body = " ".join(paragraphs)
    assert compare(made(articleBody=body), made(articleBody=" ".join(wrapped) + chance.choice(("", " ", "\n")))) is None


@given(_TEXTS, _TEXTS)
@settings(max_examples=150, deadline=None)
def test_both_texts_can_be_restored_from_their_difference(old: list[str], new: list[str]) -> None:
    left, right = " ".join(old), " ".join(new)
    parts = word_parts(left, right)
    assert key("".join(part.text for part in parts if part.state != "added")) == key(left)
    assert "".join(part.text for part in parts if part.state != "removed") == right.strip()
    pairs = list(paragraph_pairs(old, new))
    assert [before for before, _ in pairs if before is not None] == old
    assert [after for _, after in pairs if after is not None] == new
    change = compare(made(articleBody="\n\n".join(old)), made(articleBody="\n\n".join(new)))
    assert (change is None) or change.kind in ("typo", "update", "body", "correction")


def test_the_comparison_of_a_long_rewritten_text_is_bounded() -> None:
    chance = random.Random(1)
    left, right = (" ".join(chance.choice("abcdefgh") for _ in range(3000)) for _ in range(2))
    assert [part.state for part in word_parts("x " + left, "x " + right)] == ["same", "removed", "added"]
