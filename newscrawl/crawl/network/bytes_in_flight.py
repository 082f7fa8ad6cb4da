"""A bound on the bytes of large responses in memory at once, over all hosts: those arriving and those not yet read.

Each response has a bound of its own; sixty at once would still be too much. Once `MAX_BYTES` are in memory, only
`MAX_OVER_LIMIT` large responses keep arriving, and none at all while unread responses alone reach that bound. The other
connections are paused, so that their servers wait. Compressed bodies are decompressed when there is room, one after
another.

An unread response may itself wait for one that is paused. Therefore, when nothing has moved for some seconds, one more
connection resumes. Responses of usual size are not counted and never wait.
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

#: Bytes in memory from which on large responses wait for each other, and how many of them go on arriving all the same.
MAX_BYTES, MAX_OVER_LIMIT = 48 * 1024 * 1024, 4
#: Bytes from which on a response is large, and bytes of a compressed body that may become a large response.
LARGE, LARGE_COMPRESSED = 1024 * 1024, 16 * 1024
#: Seconds without a change after which one more connection resumes, or one more body is decompressed.
_STALLED = 5.0


class Connection(Protocol):
    """A connection on which a response arrives."""

    def pause(self) -> None:
        """Stop reading from it for now."""

    def resume(self) -> None:
        """Read from it again."""


class BytesInFlight:
    """The bytes of one crawl. call_later: calls a function after so many seconds; by default, the event loop's."""

    def __init__(
        self,
        max_bytes: int = MAX_BYTES,
        call_later: Callable[[float, Callable[[], None]], object] | None = None,
    ) -> None:
        self._max_bytes = max_bytes
        self._call_later = call_later or (lambda seconds, call: asyncio.get_running_loop().call_later(seconds, call))
        self._received: dict[Connection, int] = {}
        self._bytes_arriving = 0
        self._bytes_unread = 0
        #: connections that are read from although the bound is reached
        self._over_limit: set[Connection] = set()
        self._paused: dict[Connection, None] = {}
        self._changes = 0
        self._is_watched = False
        self._decompression_turn = asyncio.Lock()
        self._changed_event = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Is the bound reached?"""
        return self._bytes_arriving + self._bytes_unread >= self._max_bytes

    def received(self, connection: Connection, count: int) -> None:
        """Another `count` bytes of a response have arrived on `connection`, which may be paused for it."""
        total = self._received[connection] = self._received.get(connection, 0) + count
        if total < LARGE:
            return
        self._bytes_arriving += total if total - count < LARGE else count
        if not self.is_full or connection in self._over_limit or connection in self._paused:
            return
        if self._may_go_over_limit():
            self._over_limit.add(connection)
            return
        self._paused[connection] = None
        connection.pause()
        self._watch()

    def ended(self, connection: Connection) -> None:
        """The response on `connection` is complete or was abandoned."""
        total = self._received.pop(connection, 0)
        self._paused.pop(connection, None)
        self._over_limit.discard(connection)
        if total >= LARGE:
            self._bytes_arriving -= total
            self._changed()

    def track(self, response: Response) -> None:
        """Count a response as unread for as long as anything refers to it."""
        if (size := len(response.body)) >= LARGE:
            self._bytes_unread += size
            weakref.finalize(response, self._released, size).atexit = False

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """A block that is entered when there is room or nothing moves, by one task at a time."""
        async with self._decompression_turn:
            before = -1
            while self.is_full and before != self._changes:
                before = self._changes
                self._changed_event.clear()
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._changed_event.wait(), _STALLED)
            yield

    def _may_go_over_limit(self) -> bool:
        return len(self._over_limit) < MAX_OVER_LIMIT and self._bytes_unread < self._max_bytes

    def _released(self, size: int) -> None:
        self._bytes_unread -= size
        self._changed()

    def _changed(self) -> None:
        self._changes += 1
        self._changed_event.set()
        while self._paused and (not self.is_full or self._may_go_over_limit()):
            self._resume_next()

    def _resume_next(self) -> None:
        connection = next(iter(self._paused))
        del self._paused[connection]
        if self.is_full:
            self._over_limit.add(connection)
        connection.resume()

    def _watch(self) -> None:
        """Check every few seconds whether anything has moved, for as long as a connection is paused."""
        if self._is_watched:
            return
        self._is_watched = True
        before = self._changes

        def check() -> None:
            self._is_watched = False
            if self._paused:
                if self._changes == before:
                    self._resume_next()
                if self._paused:
                    self._watch()

        self._call_later(_STALLED, check)


def bytes_in_flight_of(crawler: Crawler) -> BytesInFlight:
    """The one bound of a crawl."""
    return shared(crawler, BytesInFlight)
