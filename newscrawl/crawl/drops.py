"""The exceptions that carry a reason: for items (Scrapy's DropItem) and for requests (Scrapy's IgnoreRequest).

There is one DropItem subclass for each reason in `newscrawl.outcomes.REASONS`. Scrapy counts drops by class name, so
the stat `item_dropped_reasons_count/Duplicate` and the ledger use the same word.
"""

from __future__ import annotations

from scrapy.exceptions import DropItem, IgnoreRequest

from newscrawl.outcomes import REASONS


class ReasonedDrop(DropItem):
    """Base of all drops of newscrawl. reason: a name in `newscrawl.outcomes.REASONS`."""

    reason = "OtherPage"


class ReasonedIgnore(IgnoreRequest):
    """A request that newscrawl does not send, or a response that it does not accept.

    reason: a name in `newscrawl.outcomes.REASONS`. status: the HTTP status, where there is one.
    """

    def __init__(self, reason: str, detail: str, status: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.status = status


_CLASSES: dict[str, type[ReasonedDrop]] = {
    name: type(name, (ReasonedDrop,), {"__doc__": row.meaning, "__module__": __name__, "reason": name})
    for name, row in REASONS.items()
}


def drop(reason: str, detail: str = "") -> ReasonedDrop:
    """The exception to raise for `reason`; KeyError for a word that is not a reason."""
    return _CLASSES[reason](detail or REASONS[reason].meaning)


def drop_class(reason: str) -> type[ReasonedDrop]:
    """The class of `reason`, for `except` and `isinstance`; KeyError for a word that is not a reason."""
    return _CLASSES[reason]
