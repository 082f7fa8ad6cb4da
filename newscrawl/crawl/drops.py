"""DropItem subclasses, one for each reason in `newscrawl.fate.REASONS`.

Scrapy counts drops by class name, so the stat `item_dropped_reasons_count/Duplicate` and the ledger say the
same word. Makes the classes from the list; decides nothing.
"""

from __future__ import annotations

from scrapy.exceptions import DropItem

from newscrawl.fate import REASONS


class ReasonedDrop(DropItem):
    """Base of all drops of newscrawl. reason: a name in `newscrawl.fate.REASONS`."""

    reason = "OtherPage"


_CLASSES: dict[str, type[ReasonedDrop]] = {
    name: type(name, (ReasonedDrop,), {"__doc__": row.meaning, "__module__": __name__, "reason": name})
    for name, row in REASONS.items()
}


def drop(reason: str, detail: str = "") -> ReasonedDrop:
    """The exception to raise for `reason`; KeyError for a word that is no reason."""
    return _CLASSES[reason](detail or REASONS[reason].meaning)


def drop_class(reason: str) -> type[ReasonedDrop]:
    """The class of `reason`, for `except` and `isinstance`; KeyError for a word that is no reason."""
    return _CLASSES[reason]
