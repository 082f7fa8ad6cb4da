"""Comment threads (WordPress, wpDiscuz, Disqus, Facebook, Coral, Hyvor, Discourse) and the links to them.

Removes labels, counts, and the contents of boxes named after a comment system.
Spares a paragraph about comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(
    r"(?<![a-z])(?:comments|comment|comment-?(?:list|thread|section|area|body|content|text|meta|author|count|wrap\w*)s?"
    r"|commentlist|disqus\w*|wpdiscuz\w*|wpd-\w+|fb-comments|coral\w*|hyvor\w*|discourse\w*|livefyre|spot-?im|openweb"
    r"|viafoura|kommentare?|commentaires?|comentarios|commenti|yorumlar)(?![a-z])"
)


@where_found(phrases="comments", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Labels and counts of comments, and comment threads."""
    yield from by_phrase(article, "comments")
    yield from by_box(article, _BOX_NAMES, max_words=400, max_share=0.9)
