"""The labels of a video player.

Removes lines that are one of its buttons, and short blocks in boxes named after a player.
Spares a paragraph about a video.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:vjs|jw|jwplayer|plyr|brightcove|mejs|video-?js|video-?(?:player|title|embed|headline|teaser)"
    r"|player-?(?:controls?|overlay|ui)|c-video)(?:-\w+)*(?![a-z])"
)


@where_found(phrases="video_player", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Buttons and boxes of a video player."""
    yield from by_phrase(article, "video_player")
    yield from by_box(article, _BOX_NAMES, prose=False)
