"""Calls to follow the site elsewhere (Google News, WhatsApp, Telegram …).

Strikes a short line that asks for it, and boxes named so.
Spares a sentence in which somebody follows somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"follow-?us|google-?news-?(?:follow|link|btn|button|box)|social-?follow")


def removals(article: Article) -> Iterator[Removal]:
    """A short line that asks for it, and boxes named so."""
    yield from worded(article, "follow_us", "wording of follow us")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
