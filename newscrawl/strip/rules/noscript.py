"""What is shown without scripts.

Strikes blocks inside <noscript>, and lines that ask for scripts.
Spares a paragraph about a language of programming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Removal
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import view

_NAMED = re.compile(r"(?<![a-z])noscript(?![a-z])|no-?js-?(?:message|warning|notice)")
_SCRIPT = re.compile(r"java-?\s?script|جافا\s?سكر[يب]|джаваскрипт")


def removals(article: Article) -> Iterator[Removal]:
    """Blocks inside <noscript>, and lines that ask for scripts."""
    yield from worded(article, "noscript", "wording of noscript")
    yield from boxed(article, _NAMED, "stands in a box named so")
    seen = view(article)
    for index in seen.inside(_NAMED):
        if seen.blocks[index].kind in BODY_KINDS and seen.sizes[index] <= 40 and _SCRIPT.search(seen.folded[index]):
            yield Removal(seen.blocks[index], "asks for scripts, in a box that is shown without them")
