"""The player that reads the story out.

Strikes lines that offer to listen to the article, and the words and the clock of the player.
Spares a paragraph that tells of radio or of listening, and the time of a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"audio-?player|listen-?(?:button|bar|widget)|text-?to-?speech|readspeaker|speechkit|beyondwords|trinity-?player"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: ?[/|-] ?\d{1,2}:\d\d(?: ?\d(?:[.,]\d{1,2})? ?[x×])?| ?\d(?:[.,]\d{1,2})? ?[x×])")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that offer to listen to the article, and the words of the player."""
    yield from worded(article, "audio_player", "wording of audio player")
    for block in article.blocks:
        if block.kind is Kind.PARAGRAPH and len(block.text) <= 30 and _CLOCK.fullmatch(block.text):
            yield Removal(block, "the clock of a player")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
