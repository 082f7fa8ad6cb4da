"""Buttons to print, mail or save the story.

Strikes short lines that are such a button.
Spares sentences about printing and mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"(?<![a-z])(?:print|email|mail)-?(?:button|link|btn|icon|this|tools?)(?![a-z])|article-?tools")


def removals(article: Article) -> Iterator[Removal]:
    """Short lines that are such a button."""
    yield from worded(article, "print_mail", "wording of print mail")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
