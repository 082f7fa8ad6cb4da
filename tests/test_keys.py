"""Sets of keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.keys import KeySet


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 20)))
def test_a_key_set_has_the_keys_that_a_set_has(keys: list[int]) -> None:
    known, wanted = KeySet(keys[::2]), set(keys[::2])
    assert all((key in known) is (key in wanted) or key <= 1 for key in keys)
    assert len(known) == len({key or 1 for key in wanted})
