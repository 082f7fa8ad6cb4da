"""The memory as one SQLite file in WAL mode.

Safe to copy with `VACUUM INTO`, or as a file while no run is going on. Every commit is synced to disk
(`synchronous=FULL`), so that an output's confirmed length still holds after a power cut.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newscrawl.memory.interface import Batch, Memory, MemoryUnusable
from newscrawl.memory.lock import Lock
from newscrawl.memory.sqlite.connections import Connections
from newscrawl.memory.sqlite.queries import Queries
from newscrawl.memory.sqlite.upkeep import Upkeep
from newscrawl.memory.sqlite.writes import write

__all__ = ["SqliteMemory", "open_memory"]


def open_memory(path: str, read_only: bool = False) -> SqliteMemory:
    """Open the memory at `path`; create it if it does not exist, unless `read_only`.

    Raises MemoryUnusable if the file is damaged, is not a memory of newscrawl, or is of a newer version; MemoryBusy if
    another process has it (never when `read_only`); OSError if it cannot be opened or written.
    """
    if read_only and not Path(path).is_file():
        raise MemoryUnusable(f"there is no memory at {path}")
    lock = None if read_only else Lock(path)
    try:
        return SqliteMemory(path, lock, read_only)
    except sqlite3.OperationalError as error:  # a full disk or a missing permission, not damage
        if lock is not None:
            lock.release()
        raise OSError(f"{path} cannot be opened or written: {error}") from error
    except sqlite3.Error as error:
        if lock is not None:
            lock.release()
        raise MemoryUnusable(
            f"{path} is damaged or not a memory of newscrawl ({error}); it was left unchanged. Restore a copy of it, "
            f"recover what is readable with `sqlite3 {path} .recover`, or name another file to start afresh"
        ) from error
    except BaseException:
        if lock is not None:
            lock.release()
        raise


class SqliteMemory(Queries, Upkeep, Memory):
    """See `newscrawl.memory.interface.Memory`, and `open_memory`."""

    def __init__(self, path: str, lock: Lock | None, read_only: bool = False) -> None:
        Connections.__init__(self, path, lock, read_only)
        self._sites: dict[str, int] = {}

    def commit(self, batch: Batch) -> None:
        """Write a batch so that it survives a power cut. Raises OSError if it cannot, and then writes nothing."""
        with self._transaction() as connection:
            write(connection, batch, self._sites)

    def __enter__(self) -> SqliteMemory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
