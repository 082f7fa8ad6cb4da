"""Does the page show the whole text, or only a stub in front of a paywall?"""

from __future__ import annotations

import re

from newscrawl.read.layout import Layout
from newscrawl.read.structured import Node

_WALL = re.compile(
    r"pay-?wall|reg-?wall|piano-?(offer|inline|container)|offer-?container|premium-?(wall|teaser|overlay|box)"
    r"|subscri\w{0,40}-?(wall|prompt|gate|overlay)|meter-?(wall|prompt)|locked-?content|tp-container|leaky",
    re.I,
)
#: An article that is not free and has fewer words is taken for a stub.
STUB_WORDS = 250


def is_partial(article: Node, is_free: bool | None, layout: Layout, words: float) -> bool:
    """Whether the page shows only part of its text.

    True if the page says that it is not free, and shows far fewer words than it states, hardly any text, or a paywall.
    """
    if is_free is not False:
        return False
    stated = article.get("wordCount")
    if isinstance(stated, str) and stated.isdigit():
        stated = int(stated)
    if isinstance(stated, int | float) and stated > 0:
        return words < 0.7 * stated
    return words < STUB_WORDS or any(
        _WALL.search(f"{a.get('class') or ''} {a.get('id') or ''}") for a in layout.attributes if a
    )
