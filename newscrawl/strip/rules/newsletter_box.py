"""Sign-up boxes for a newsletter.

Removes short blocks in a box named after one.
Spares a story about newsletters, whose paragraphs are in no such box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"newsletter|mailing-?list|(?<![a-z])(?:email-?)?sign-?up(?:-?(?:form|box|widget))?(?![a-z])"
    r"|mc4wp|mailchimp|mc_embed"
)


@where_found(phrases="newsletter_box", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Sign-up boxes for a newsletter."""
    yield from by_phrase(article, "newsletter_box")
    yield from by_box(article, _BOX_NAMES)
