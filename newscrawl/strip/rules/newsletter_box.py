"""Boxes in which a newsletter is ordered.

Strikes blocks of a box named so.
Spares a story about newsletters, whose paragraphs stand in no such box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"newsletter|mailing-?list|(?<![a-z])(?:email-?)?sign-?up(?:-?(?:form|box|widget))?(?![a-z])|mc4wp|mailchimp|mc_embed"
)


def removals(article: Article) -> Iterator[Removal]:
    """Blocks of a box named so."""
    yield from worded(article, "newsletter_box", "wording of newsletter box")
    yield from boxed(article, _NAMED, "stands in a box named so", judged=True)
