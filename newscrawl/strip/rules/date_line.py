"""Dates of publication and of changes: they have fields of their own.

Strikes short lines that begin with "published" or "updated" and hold a figure.
Spares a sentence that begins with a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.removing import worded


def removals(article: Article) -> Iterator[Removal]:
    """Short lines that begin with "published" or "updated" and hold a figure."""
    yield from worded(article, "date_line", "wording of date line")
