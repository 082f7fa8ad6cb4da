"""The processes of a browser and their memory, read from /proc: on systems other than Linux, none are found.

A browser that no longer responds, or a page that eats memory, cannot be asked to stop; their processes are killed.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process. command: its command line. resident: bytes of its memory, without what it shares."""

    pid: int
    parent: int
    command: bytes
    resident: int

    @property
    def is_renderer(self) -> bool:
        """Is it a Chromium process that renders pages?"""
        return b"--type=renderer" in self.command

    @property
    def is_driver(self) -> bool:
        """Is it Playwright's driver, which starts the browser?"""
        return b"run-driver" in self.command


def descendants(pid: int) -> list[Process]:
    """All processes that a process has started, directly or not; [] without /proc."""
    children: dict[int, list[int]] = {}
    if not _PROC.is_dir():
        return []
    for entry in os.listdir(_PROC):
        if not entry.isdigit():
            continue
        try:
            stat = (_PROC / entry / "stat").read_text("utf-8", "replace")
        except OSError:
            continue
        rest = stat.rpartition(")")[2]
        children.setdefault(int(rest.split()[1]), []).append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        for child in children.get(parent, ()):
            waiting.append(child)
            found.append(_process(child, parent))
    return found


def _process(pid: int, parent: int) -> Process:
    try:
        command = (_PROC / str(pid) / "cmdline").read_bytes()
        numbers = (_PROC / str(pid) / "statm").read_text().split()
        resident = max(0, int(numbers[1]) - int(numbers[2])) * _PAGE
    except (OSError, IndexError, ValueError):
        command, resident = b"", 0
    return Process(pid, parent, command, resident)


def kill(pids: list[int]) -> None:
    """Kill these processes; ignores those that are gone already."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        except (ProcessLookupError, PermissionError):
            continue
