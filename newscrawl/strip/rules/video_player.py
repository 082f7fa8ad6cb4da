"""Words of a video player.

Strikes lines that are a button of it, and short blocks of a box named so.
Spares a paragraph that tells of a video.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:vjs|jw|jwplayer|plyr|brightcove|mejs|video-?js|video-?(?:player|title|embed|headline|teaser)|player-?(?:controls?|overlay|ui)|c-video)(?:-\w+)*(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that are a button of it, and short blocks of a box named so."""
    yield from worded(article, "video_player", "wording of video player")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
