"""Requests to report an error in the text.

Removes lines that ask for it, and boxes named after it.
Spares a correction of the story itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.finders import by_box, by_phrase, where_found

_BOX_NAMES = re.compile(r"error-?report|report-?(?:error|typo|mistake)|orphus|mistape")


@where_found(phrases="error_report", boxes=_BOX_NAMES)
def removals(article: Article) -> Iterator[Removal]:
    """Requests to report an error."""
    yield from by_phrase(article, "error_report")
    yield from by_box(article, _BOX_NAMES, prose=False)
