"""The player that reads the story aloud.

Removes lines that offer to listen to the article, and the player's labels and time display.
Spares a paragraph about radio or listening, and the time of an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase

_BOX_NAMES = re.compile(
    r"audio-?player|listen-?(?:button|bar|widget)|text-?to-?speech|readspeaker|speechkit|beyondwords|trinity-?player"
)
#: "0:00 / 4:35 1x": positions and speed.
_TIME_DISPLAY = re.compile(
    r"\d{1,2}:\d\d(?: ?[/|-] ?\d{1,2}:\d\d(?: ?\d(?:[.,]\d{1,2})? ?[x×])?| ?\d(?:[.,]\d{1,2})? ?[x×])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Offers to listen to the article, and the labels of the player."""
    yield from by_phrase(article, "audio_player")
    for block in article.blocks:
        if block.kind is Kind.PARAGRAPH and len(block.text) <= 30 and _TIME_DISPLAY.fullmatch(block.text):
            yield Removal(block, "the time display of a player")
    yield from by_box(article, _BOX_NAMES, prose=False)
