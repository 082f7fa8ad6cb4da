"""A visit as the memory stores it: plain values, under a 64-bit key."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from newscrawl.article import Link
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.discover.address import same_article_key
from newscrawl.discover.when import parse_when
from newscrawl.keys import url_key
from newscrawl.memory import Waiting
from newscrawl.text import UNSTATED


def visit_key(kind: VisitKind, url: str) -> int:
    """The key under which a visit is stored. Variants of an article's URL share one."""
    return url_key(same_article_key(url)) if kind is VisitKind.ARTICLE else url_key(url)


def pack(visit: Visit) -> list[Any]:
    """The values of a visit, for JSON."""
    link = visit.link
    dates = _date(link.published), _date(link.modified)
    named = link.headline, link.source, link.found_on
    return [visit.kind.value, link.url, dates[0], *named, dates[1], link.language, visit.page, visit.sure, visit.branch]


def unpack(site: str, row: Waiting) -> Visit | None:
    """The visit of a row, for a site as this run names it; None when its values cannot be read."""
    try:
        kind, url, published, headline, source, found_on, modified, language, page, sure, branch = row.visit
        link = Link(url, parse_when(published), headline, source, found_on, parse_when(modified), language)
        around = datetime.fromtimestamp(row.around, timezone.utc)
        return Visit(site, link, VisitKind(kind), around, page, False, sure, branch)
    except (TypeError, ValueError):
        return None


def _date(date: datetime | None) -> str | None:
    if date is None:
        return None
    return (date.replace(tzinfo=None) if date.tzinfo is UNSTATED else date).isoformat()
