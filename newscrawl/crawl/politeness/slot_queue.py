"""The queue of requests by download slot: Scrapy's own order, found without asking every slot for each request.

Scrapy's queue counts the downloads of each slot that has requests, each time that it takes one out, and the requests of
each when it is asked for its length. With a thousand sites that is a tenth of a crawl's time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface


class SlotQueue(DownloaderAwarePriorityQueue):
    """Takes the next request of the slot with the fewest downloads; of several, of the next one by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._downloader_interface = _NoCounts(self.crawler)
        #: the slots in order; those that are empty by now stay until they are come upon
        self._names = sorted(self.pqueues)
        self._count = super().__len__()

    def __len__(self) -> int:
        return self._count

    def push(self, request: Request) -> None:
        """Add a request to the queue of its slot."""
        slot = self._downloader_interface.get_slot_key(request)
        at = bisect_left(self._names, slot)
        if at == len(self._names) or self._names[at] != slot:
            insort(self._names, slot)
        super().push(request)
        self._count += 1

    def pop(self) -> Request | None:
        """Take out the next request; None where there is none."""
        request = super().pop()
        self._count -= request is not None
        return request

    def close(self) -> dict[str, list[int]]:
        """Close the queue of each slot; returns the priorities that each has left."""
        self._names.clear()
        self._count = 0
        return super().close()

    def _next_slot(self, stats: Any, *, update_state: bool) -> str:
        # none has fewer downloads than one without any: the first of those after the last slot that was taken
        names, last = self._names, self._last_selected_slot
        at = bisect_right(names, last) if last is not None else 0
        left = len(names)
        while left:
            at = at if at < len(names) else 0
            slot = names[at]
            left -= 1
            if slot not in self.pqueues:
                del names[at]
            elif self._downloader_interface._active_downloads(slot):
                at += 1
            else:
                if update_state:
                    self._last_selected_slot = slot
                return slot
        counts = DownloaderInterface.stats(self._downloader_interface, self.pqueues)
        return super()._next_slot(counts, update_state=update_state)


class _NoCounts(DownloaderInterface):
    """Counts nothing beforehand."""

    def stats(self, possible_slots: Iterable[str]) -> Any:
        return possible_slots
