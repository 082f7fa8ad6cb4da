"""A first sentence that repeats the headline is no path to the page."""

from __future__ import annotations

import pytest

from newscrawl.article import Article, Block, Kind
from newscrawl.strip import strip

HEADLINE = "The weir costs four million"


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("The weir costs four million – or so said the clerk before the vote on the mill…", True),
        ("The weir costs four million – “and about time”", False),  # no sentence ends here
        ("The weir costs four million – so said the clerk, “and about time.”", True),
        ("The weir costs four million / 反対八人。", True),
        ("Home / News / The weir costs four million", False),
        ("Home » News » The weir costs four million.", False),
    ],
)
def test_a_sentence_stays_and_a_path_goes(text: str, stays: bool) -> None:
    more = "The council met on Tuesday evening and heard the engineers, who had looked at the old timber for a month."
    blocks = (Block(0, Kind.PARAGRAPH, text), Block(1, Kind.PARAGRAPH, more))
    stripped = strip(Article("https://a.example/x", headline=HEADLINE, blocks=blocks))
    assert (text in [block.text for block in stripped.blocks]) is stays
