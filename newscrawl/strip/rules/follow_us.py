"""Calls to follow the site elsewhere (Google News, WhatsApp, Telegram …).

Strikes a short line that asks for it, boxes named so, and, in any language, a few words without a full stop that name such a place.
Spares a sentence in which somebody follows somebody, and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import boxed, worded
from newscrawl.strip.view import ends_sentence, view

_NAMED = re.compile(r"follow-?us|google-?news-?(?:follow|link|btn|button|box)|social-?follow")

_PLACE = re.compile(
    r"\b(?:WhatsApp|Whatsapp|Google News|Google\s?新闻|Googleニュース|Telegram|Instagram|Bluesky|Mastodon|Flipboard|Threads)"
)
#: Of an address or somebody else's account: a detail that the story tells.
_DETAIL = re.compile(r"[\d@]")
#: Words of such a line at most.
LONGEST = 9


def removals(article: Article) -> Iterator[Removal]:
    """A short line that asks for it, and boxes named so."""
    yield from worded(article, "follow_us", "wording of follow us")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
    seen = view(article)
    for index, block in enumerate(seen.blocks):
        if (
            block.kind is Kind.PARAGRAPH
            and seen.sizes[index] <= LONGEST
            and _PLACE.search(block.text)
            and not (ends_sentence(block.text) or _DETAIL.search(block.text))
        ):
            yield Removal(block, "names a place to follow the site, in a few words")
