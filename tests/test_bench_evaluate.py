"""The measure of bench.evaluate that says what a reader would: blocks that are wrong and blocks that are lost."""

import pytest

from bench.evaluate import wrong_blocks

STORY = ["The council voted for a new bridge.", "It will cost forty million crowns.", "The end."]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (STORY, (0, 0)),
        ([*STORY, "Read more about the ferry."], (1, 0)),
        (STORY[1:], (0, 1)),
        (["The council voted for a new bridge. It will cost forty million crowns.", "The end."], (0, 0)),  # joined
        (["The council voted for a new ferry, they said."], (0, 2)),  # half of it is there
        ([], (0, 3)),
    ],
)
def test_blocks_are_compared_by_half_of_their_words_in_a_row(body, wrong):
    assert wrong_blocks(body, STORY) == wrong
