"""The record of an item, made once for all who ask: exporters, memory and filters ask for the same one in turn."""

from __future__ import annotations

from typing import Any

from newscrawl.article import Article
from newscrawl.record import record

#: The article whose record was made last, that record, and what had been added to it.
_last: list[Any] = [None, None, {}]


def record_of(item: Any) -> Any:
    """The record of an Article, which callers must not change; any other item as it came."""
    if not isinstance(item, Article):
        return item
    if _last[0] is not item or _last[2] != item.extras:
        _last[:] = item, record(item), dict(item.extras)
    return _last[1]
