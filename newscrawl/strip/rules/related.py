"""Boxes of related stories.

Removes their headings, and the contents of boxes named after them.
Spares a sub-heading of the story, and a list with links in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:related|relacionad[ao]s?|verwandt\w*|similar|see-?also|read-?(?:more|also|next)"
    r"|more-?(?:stories|news|on|articles)|jp-relatedposts|yarpp|crp_related|teaser|teasers|rp4wp)"
    r"(?:-?(?:posts?|articles?|stor(?:y|ies)|news|content|links?|box|items?|list"
    r"|widget|wrap\w*|container|block|topics?))?(?![a-z])"
)


@where_found(phrases="related", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Headings and boxes of related stories."""
    yield from by_phrase(article, "related")
    yield from by_box(article, _BOX_NAMES)
