"""Requests to report an error.

Strikes lines that ask for it.
Spares a correction of the story itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import boxed, worded

_NAMED = re.compile(r"error-?report|report-?(?:error|typo|mistake)|orphus|mistape")


def removals(article: Article) -> Iterator[Removal]:
    """Lines that ask for it."""
    yield from worded(article, "error_report", "wording of error report")
    yield from boxed(article, _NAMED, "stands in a box named so", prose=False)
