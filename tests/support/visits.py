"""Visits, for tests of the frontier and the scheduler."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from newscrawl.article import Link
from newscrawl.crawl.nouns.visit import Visit, VisitKind

NOW = datetime(2024, 11, 21, tzinfo=timezone.utc)


def visit(name: str, hours: float = 0, kind: VisitKind = VisitKind.ARTICLE, **fields: Any) -> Visit:
    """A visit to https://a.example/NAME, dated so many hours before NOW."""
    return Visit("a.example", Link(f"https://a.example/{name}"), kind, NOW - timedelta(hours=hours), **fields)
