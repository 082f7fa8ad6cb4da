"""The player that reads the story out.

Strikes lines that offer to listen to the article, and the words of the player.
Spares a paragraph that tells of radio or of listening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"audio-?player|listen-?(?:button|bar|widget)|text-?to-?speech|readspeaker|speechkit|beyondwords|trinity-?player")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that offer to listen to the article, and the words of the player."""
    yield from worded(article, "audio_player", "wording of audio player")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
