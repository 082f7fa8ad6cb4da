"""Objects that the parts of one crawl share, though none of them builds the others: the ledger, the bytes in flight ...

Scrapy builds download handlers, middlewares and extensions apart, and has a place for extensions only
(`crawler.get_extension`). These objects must be there whichever of them a project switches on.
"""

from __future__ import annotations

from typing import Any, TypeVar

from scrapy.crawler import Crawler

T = TypeVar("T")


def shared(crawler: Crawler, kind: type[T]) -> T:
    """The one object of class `kind` of this crawl, made (without arguments) when it is first asked for."""
    objects: dict[type, Any] = vars(crawler).setdefault("newscrawl_shared", {})  # goes when the crawler goes
    if kind not in objects:
        objects[kind] = kind()
    found: T = objects[kind]
    return found
