"""How many bytes of large answers a crawl has in hand at once, over all its hosts: those that are coming in, and those that wait to be read.

One answer is bounded by its size; sixty at once are not. Where there are more bytes in hand than `MOST`, answers larger than `FREE` come in a few
at a time, and none while what waits to be read is that much by itself: their connections are not read from meanwhile, which lets their servers
wait. What is packed is unpacked when there is room, one after the other. What waits to be read may itself wait for another answer: where nothing
moves for some seconds, one more comes in. Answers of usual size are not counted, and never wait.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.nouns.shared import shared

#: Bytes in hand from which on large answers wait for each other, bytes of an answer that is not large, and large ones that come in then.
MOST, FREE, FEW = 48 * 1024 * 1024, 1024 * 1024, 4
#: Bytes of a packed answer that may unpack to a large one.
PACKED = 16 * 1024
#: Seconds without a change after which one answer more comes in, or is unpacked.
_STILL = 5.0


class Source(Protocol):
    """A connection that an answer comes in by."""

    def pause(self) -> None:
        """Read nothing more for the present."""

    def resume(self) -> None:
        """Read on."""


class BytesInFlight:
    """Of one crawl. later: calls a function after so many seconds."""

    def __init__(self, most: int = MOST, later: Callable[[float, Callable[[], None]], object] | None = None) -> None:
        self._most = most
        self._later = later or (lambda seconds, call: asyncio.get_running_loop().call_later(seconds, call))
        self._coming: dict[Source, int] = {}
        self._bytes_coming = 0
        self._bytes_held = 0
        #: of what is coming in: what is read from though there is no room, and what is not
        self._running: set[Source] = set()
        self._paused: dict[Source, None] = {}
        self._changes = 0
        self._is_watched = False
        self._unpacking = asyncio.Lock()
        self._lighter = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Are there as many bytes in hand as there may be?"""
        return self._bytes_coming + self._bytes_held >= self._most

    def received(self, source: Source, count: int) -> None:
        """So many bytes more have come in of the answer of `source`, which may have to wait now."""
        had = self._coming[source] = self._coming.get(source, 0) + count
        if had < FREE:
            return
        self._bytes_coming += had if had - count < FREE else count
        if not self.is_full or source in self._running or source in self._paused:
            return
        if self._may_run():
            self._running.add(source)
            return
        self._paused[source] = None
        source.pause()
        self._watch()

    def ended(self, source: Source) -> None:
        """The answer of `source` is in, or is given up."""
        had = self._coming.pop(source, 0)
        self._paused.pop(source, None)
        self._running.discard(source)
        if had >= FREE:
            self._bytes_coming -= had
            self._changed()

    def hold(self, response: Response) -> None:
        """Count a response for as long as anyone has it."""
        if (size := len(response.body)) >= FREE:
            self._bytes_held += size
            weakref.finalize(response, self._let_go, size).atexit = False

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """Entered when there is room, or nothing moves; by one at a time."""
        async with self._unpacking:
            before = -1
            while self.is_full and before != self._changes:
                before = self._changes
                self._lighter.clear()
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._lighter.wait(), _STILL)
            yield

    def _may_run(self) -> bool:
        return len(self._running) < FEW and self._bytes_held < self._most

    def _let_go(self, size: int) -> None:
        self._bytes_held -= size
        self._changed()

    def _changed(self) -> None:
        self._changes += 1
        self._lighter.set()
        while self._paused and (not self.is_full or self._may_run()):
            self._read_on()

    def _read_on(self) -> None:
        source = next(iter(self._paused))
        del self._paused[source]
        if self.is_full:
            self._running.add(source)
        source.resume()

    def _watch(self) -> None:
        """Look again in a while whether anything has moved."""
        if self._is_watched:
            return
        self._is_watched = True
        before = self._changes

        def look() -> None:
            self._is_watched = False
            if self._paused:
                if self._changes == before:
                    self._read_on()
                if self._paused:
                    self._watch()

        self._later(_STILL, look)


def bytes_in_flight_of(crawler: Crawler) -> BytesInFlight:
    """The one of a crawl."""
    return shared(crawler, BytesInFlight)
