"""Does the page show the whole text, or a stub before a paywall?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.read.structured import Node

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

_WALL = re.compile(
    r"pay-?wall|reg-?wall|piano-?(offer|inline|container)|offer-?container|premium-?(wall|teaser|overlay|box)|subscri\w{0,40}-?(wall|prompt|gate|overlay)|meter-?(wall|prompt)|locked-?content|tp-container|leaky",
    re.I,
)
#: Words of a text that is called closed below which it is taken for a stub.
STUB_WORDS = 250


def is_partial(article: Node, is_free: bool | None, layout: Layout, words: float) -> bool:
    """True when the page calls itself closed and shows a wall or far fewer words than it states."""
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
