"""Boxes of related stories.

Strikes their headings, and what stands in a box named so.
Spares a sub-heading of the story, a list with links in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(
    r"(?<![a-z])(?:related|relacionad[ao]s?|verwandt\w*|similar|see-?also|read-?(?:more|also|next)|more-?(?:stories|news|on|articles)|jp-relatedposts|yarpp|crp_related|teaser|teasers|rp4wp)(?:-?(?:posts?|articles?|stor(?:y|ies)|news|content|links?|box|items?|list|widget|wrap\w*|container|block|topics?))?(?![a-z])"
)


def removals(article: Article) -> Iterator[Removal]:
    """Their headings, and what stands in a box named so."""
    yield from worded(article, "related", "wording of related")
    yield from boxed(article, _NAMED, "stands in a box named so")
