"""Calls to follow the site elsewhere (Google News, WhatsApp, Telegram and the like).

Removes a short line that asks the reader to follow, and boxes named after it. In any language, also removes a few
words without a full stop that name such a service.
Spares a sentence in which somebody follows somebody, and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_box, by_phrase
from newscrawl.strip.view import view_of
from newscrawl.text import ends_sentence

_BOX_NAMES = re.compile(r"follow-?us|google-?news-?(?:follow|link|btn|button|box)|social-?follow")
_SERVICE = re.compile(
    r"\b(?:WhatsApp|Whatsapp|Google News|Google\s?新闻|Googleニュース"
    r"|Telegram|Instagram|Bluesky|Mastodon|Flipboard|Threads)"
)
#: A number or somebody's account: a detail that belongs to the story.
_DETAIL = re.compile(r"[\d@]")
#: Most words of a line that names a service.
MAX_WORDS = 9


def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes that ask the reader to follow the site."""
    yield from by_phrase(article, "follow_us")
    yield from by_box(article, _BOX_NAMES, prose=False)
    view = view_of(article)
    for index, block in enumerate(view.blocks):
        if (
            block.kind is Kind.PARAGRAPH
            and view.sizes[index] <= MAX_WORDS
            and _SERVICE.search(block.text)
            and not (ends_sentence(block.text) or _DETAIL.search(block.text))
        ):
            yield Removal(block, "a few words that name a service to follow the site on")
