"""Agencies' furniture: who contributed and edited, where the text came from.

Strikes lines that say nothing else.
Spares a paragraph that ends with an agency in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say nothing else."""
    yield from worded(article, "agency", "wording of agency")
