"""A compact set of 64-bit integers, for crawls that have seen millions of URLs.

It needs at most 17 bytes a key; Python's built-in set of integers needs about seventy.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable


class KeySet:
    """A set of integers from 0 to 2**64 - 1 that supports `add`, `in` and `len`, but no removal.

    A hash table with open addressing, doubled in size once it is three fifths full. 0 and 1 are the same key, because 0
    marks an empty slot.
    """

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
        key = key or 1
        slots, mask = self._slots, self._mask
        at = key & mask
        while (found := slots[at]) != 0:
            if found == key:
                return True
            at = (at + 1) & mask
        return False

    def add(self, key: int) -> None:
        """Add a key; no effect if it is present."""
        key = key or 1
        slots, mask = self._slots, self._mask
        at = key & mask
        while (found := slots[at]) != 0:
            if found == key:
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
