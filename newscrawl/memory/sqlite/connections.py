"""The two connections to the memory's file: one that reads, on the crawl's thread, and one that writes, on any."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newscrawl.memory.interface import MemoryUnusable
from newscrawl.memory.lock import Lock
from newscrawl.memory.sqlite.schema import prepare


class Connections:
    """Opens the file at `path` and prepares it. Takes over `lock`, and releases it on close()."""

    def __init__(self, path: str, lock: Lock | None, read_only: bool = False) -> None:
        self.path = path
        self._lock = lock
        uri = Path(path).resolve().as_uri() + ("?mode=ro" if read_only else "?mode=rwc")
        self._writer = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            prepare(self._writer, path, read_only)
            self._reader = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
            self._reader.execute("PRAGMA query_only=ON")
        except BaseException:
            self._writer.close()
            raise

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all that the block executes, or nothing of it. Raises OSError if it cannot be written."""
        connection = self._writer
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise OSError(f"{self.path}: {error}") from error

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises MemoryUnusable if the file cannot be read."""
        try:
            return self._reader.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise MemoryUnusable(f"{self.path} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the file and release its lock."""
        self._reader.close()
        self._writer.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
