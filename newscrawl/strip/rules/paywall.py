"""Teasers for a subscription or a registration.

Strikes lines that ask to subscribe or log in to read on, and boxes named so.
Spares a story about subscribers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"pay-?wall|reg-?wall|subscri(?:be|ption)-?(?:box|banner|teaser|offer|promo|wall|prompt)|metered|forgot-?password|login-?(?:form|box)|social-?login"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that ask to subscribe or log in to read on, and boxes named so."""
    yield from worded(article, "paywall", "wording of paywall")
    yield from boxed(article, _NAMED, "stands in a box named so")
