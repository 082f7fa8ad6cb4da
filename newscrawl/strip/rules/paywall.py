"""Prompts to subscribe or to register.

Removes lines that ask the reader to subscribe or log in to read on, and boxes named after a paywall.
Spares a story about subscribers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"pay-?wall|reg-?wall|subscri(?:be|ption)-?(?:box|banner|teaser|offer|promo|wall|prompt)|metered"
    r"|forgot-?password|login-?(?:form|box)|social-?login"
)


@where_found(phrases="paywall", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Lines and boxes that ask the reader to subscribe or log in."""
    yield from by_phrase(article, "paywall")
    yield from by_box(article, _BOX_NAMES)
