"""One process at a time per memory: a lock that the system releases when its holder dies, however it dies."""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone

from newscrawl.memory.interface import MemoryBusy

try:
    import fcntl
except ImportError:  # Windows has no fcntl
    fcntl = None  # type: ignore[assignment]


class Lock:
    """Locks PATH.lock beside the memory. Raises MemoryBusy, with what the other process wrote there, if it is locked.

    Where the system has no fcntl, the file is written but locks nothing.
    """

    def __init__(self, path: str) -> None:
        name = path + ".lock"
        self._file = os.open(name, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = _read(self._file)
            os.close(self._file)
            raise MemoryBusy(
                path, int(str(holder.get("pid", 0))), str(holder.get("started", "at an unknown time"))
            ) from None
        os.ftruncate(self._file, 0)
        about = {"pid": os.getpid(), "started": datetime.now(timezone.utc).isoformat(timespec="seconds")}
        os.pwrite(self._file, json.dumps(about).encode(), 0)

    def release(self) -> None:
        """Release the lock. The file stays: if it were deleted, two processes could lock two files of the same name."""
        os.close(self._file)


def _read(file: int) -> dict[str, object]:
    try:
        found = json.loads(os.pread(file, 1000, 0))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
