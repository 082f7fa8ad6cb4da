"""Words that differ by a typing error."""

from __future__ import annotations

import pytest

from newscrawl.memory.typos import is_near


@pytest.mark.parametrize(
    ("a", "b"), [("council", "councel"), ("form", "from"), ("NATO", "Nato"), ("Tarow", "Tarrow"), ("Müller", "Muller")]
)
def test_words_that_differ_by_a_typing_error(a: str, b: str) -> None:
    assert is_near(a, b) and is_near(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("12", "21"), ("a", "b"), ("bridge", "tunnel"), ("5th", "6th"), ("million", "billions")]
)
def test_words_that_differ_otherwise(a: str, b: str) -> None:
    assert not is_near(a, b)
