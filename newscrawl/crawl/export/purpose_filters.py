"""Outputs for one purpose: item filters that leave out what its publisher reserves for that purpose.

Name one in the options of a feed: `"item_filter": "newscrawl.crawl.export.purpose_filters.ForTraining"`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from scrapy.extensions.feedexport import ItemFilter

from newscrawl.article import Article
from newscrawl.rights import reserved


def reserved_of(item: Any) -> Collection[str]:
    """The purposes that an item is reserved for: of an Article, or as stated in a record; none for any other item."""
    if isinstance(item, Article):
        return reserved(item.rights)
    rights = item.get("rights") if isinstance(item, Mapping) else None
    found = rights.get("reserved") if isinstance(rights, Mapping) else None
    return found if isinstance(found, list) else ()


class PurposeFilter(ItemFilter):
    """Accepts what is not reserved for `purpose`."""

    purpose = ""

    def accepts(self, item: Any) -> bool:
        """Does the item belong in this output?"""
        return bool(super().accepts(item)) and self.purpose not in reserved_of(item)


class ForSearch(PurposeFilter):
    """For an output that a search is built from."""

    purpose = "search"


class ForArchive(PurposeFilter):
    """For an output that is kept and shown as a copy."""

    purpose = "archive"


class ForTraining(PurposeFilter):
    """For an output that models are trained on."""

    purpose = "train"
