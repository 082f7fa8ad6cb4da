"""Buttons to print, mail or save the story.

Removes short lines that are such a button, and boxes named after them.
Spares sentences about printing or mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"(?<![a-z])(?:print|email|mail)-?(?:button|link|btn|icon|this|tools?)(?![a-z])|article-?tools")


@where_found(phrases="print_mail", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Buttons to print, mail or save the story."""
    yield from by_phrase(article, "print_mail")
    yield from by_box(article, _BOX_NAMES, prose=False)
