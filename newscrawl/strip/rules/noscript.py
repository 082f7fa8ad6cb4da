"""What a page shows when scripts are off.

Removes blocks inside <noscript> or a box named after it, and lines that ask the reader to turn on scripts.
Spares a paragraph about the programming language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found
from newscrawl.strip.view import view_of

_BOX_NAMES = re.compile(r"(?<![a-z])noscript(?![a-z])|no-?js-?(?:message|warning|notice)")
_SCRIPT = re.compile(r"java-?\s?script|جافا\s?سكر[يب]|джаваскрипт")


@where_found(phrases="noscript", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Blocks inside <noscript>, and lines that ask for scripts."""
    yield from by_phrase(article, "noscript")
    yield from by_box(article, _BOX_NAMES)
    view = view_of(article)
    for index in view.inside(_BOX_NAMES):
        if view.blocks[index].kind in BODY_KINDS and view.sizes[index] <= 40 and _SCRIPT.search(view.folded[index]):
            yield Removal(view.blocks[index], "mentions JavaScript, in a box for readers without it")
