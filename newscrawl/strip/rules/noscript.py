"""What is shown without scripts.

Strikes blocks inside <noscript>, and lines that ask for scripts.
Spares a paragraph about a language of programming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"(?<![a-z])noscript(?![a-z])|no-?js-?(?:message|warning|notice)")


def removals(article: Article) -> Iterator[Removal]:
    """Blocks inside <noscript>, and lines that ask for scripts."""
    yield from worded(article, "noscript", "wording of noscript")
    yield from boxed(article, _NAMED, "stands in a box named so")
