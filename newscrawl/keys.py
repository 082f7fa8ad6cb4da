"""A set of 64-bit keys in 17 bytes each or less, where Python's own takes seventy: what a crawl has seen may be millions of addresses."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable


class KeySet:
    """Adds and looks up keys (0 to 2**64 - 1); forgets none. Open addressing, doubled at three fifths full."""

    __slots__ = ("_count", "_mask", "_slots")

    def __init__(self, keys: Iterable[int] = ()) -> None:
        self._slots = array("Q", bytes(8 * 256))
        self._mask = 255
        self._count = 0
        for key in keys:
            self.add(key)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: int) -> bool:
        key = key or 1  # an empty slot is 0
        slots, mask = self._slots, self._mask
        at = key & mask
        while (held := slots[at]) != 0:
            if held == key:
                return True
            at = (at + 1) & mask
        return False

    def add(self, key: int) -> None:
        """Take a key in."""
        key = key or 1
        slots, mask = self._slots, self._mask
        at = key & mask
        while (held := slots[at]) != 0:
            if held == key:
                return
            at = (at + 1) & mask
        slots[at] = key
        self._count += 1
        if 5 * self._count > 3 * mask:
            self._grow()

    def _grow(self) -> None:
        old = self._slots
        size = 2 * len(old)
        self._slots, self._mask = slots, mask = array("Q", bytes(8 * size)), size - 1
        for key in old:
            if key:
                at = key & mask
                while slots[at] != 0:
                    at = (at + 1) & mask
                slots[at] = key


def url_key(url: str) -> int:
    """The 64-bit key of a URL. Sets of keys are a small memory of many URLs."""
    return int.from_bytes(hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
