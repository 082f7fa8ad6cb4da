"""What counts as a repetition of a caption, and what is compared of a pull quote."""

from __future__ import annotations

import pytest

from newscrawl.strip.rules.caption import _repeats, _Words
from newscrawl.strip.rules.pull_quote import _without_edges

CAPTION = "the old ferry leaves the harbour of kelm at dawn on monday".split()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("the old ferry leaves", True),  # its beginning, of four words
        ("the old ferry", False),
        ("the old ferry leaves the harbour of kelm at dawn on monday", True),
        ("at dawn the ferry leaves the old harbour of kelm on monday", True),  # other order, the same words
        ("an old boat of the council leaves the town at noon on monday", False),
    ],
)
def test_a_text_repeats_a_caption_with_its_words_or_its_beginning(text: str, is_one: bool) -> None:
    assert _repeats(text.split(), CAPTION) is is_one


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("the mayor spoke", True),  # the first word is the caption's
        ("yesterday old ferry harbour kelm dawn", True),  # five words are
        ("yesterday old ferry harbour kelm", False),  # four are
    ],
)
def test_only_texts_with_enough_words_of_a_caption_are_compared_with_it(text: str, may_be: bool) -> None:
    assert _Words(text).may_repeat([(CAPTION, set(CAPTION))], set(CAPTION)) is may_be


@pytest.mark.parametrize(("text", "inner"), [("“We knew!”", "We knew"), ("…", ""), ("", ""), ("a", "a"), ("(7", "7")])
def test_a_quotation_is_compared_from_its_first_letter_to_its_last(text: str, inner: str) -> None:
    assert _without_edges(text) == inner
