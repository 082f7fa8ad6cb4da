"""Python programs as processes of their own that need not import Scrapy and newscrawl first.

Importing them and loading the models takes most of the CPU of a small crawl. One process for each test worker has done
so, and each program runs in a fork of it (`warm_server.py`): with its own process id, output, environment, signals and
exit status. What is about the start of a program, or changes modules before they are imported, needs `subprocess`. So
does what measures: crawls of the helpers are warm under pytest only, see `IN_USE`.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
#: Whether this is a run of the tests, rather than a benchmark that counts the CPU of all that a crawl does.
IN_USE = False


class Process:
    """A running program, with the methods of subprocess.Popen that tests use."""

    def __init__(
        self,
        words: list[str],
        output: IO[Any] | None = None,
        errors: IO[Any] | None = None,
        *,
        given: str = "",
        folder: Path = ROOT,
    ) -> None:
        """Start `python WORDS` in a folder. output: where it writes; without one, `communicate` returns it.

        errors: its standard error, which is `output` unless given. given: its standard input.
        """
        self._kept = tempfile.TemporaryFile() if output is None else None  # noqa: SIM115
        self._answers, theirs = os.pipe()
        request = {"words": words, "folder": str(folder), "environment": dict(os.environ)}
        data = f"{json.dumps(request)}\n".encode()
        written: Any = output or self._kept
        with tempfile.TemporaryFile() as file:
            file.write(given.encode())
            file.seek(0)
            _, requests = _server()
            files = [file.fileno(), written.fileno(), (errors or written).fileno(), theirs]
            sent = socket.send_fds(requests, [data], files)
            requests.sendall(data[sent:])
        os.close(theirs)
        self.pid = int(self._line())
        self.returncode: int | None = None

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            part = os.read(self._answers, 1)
            if not part:
                raise RuntimeError("the server of warm processes has ended")
            line += part
        return line

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._answers], [], [], 0)[0]:
            self.returncode = int(self._line())
            os.close(self._answers)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None and not select.select([self._answers], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("python", timeout or 0)
        status = self.poll()
        assert status is not None
        return status

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Wait, and return what it has written."""
        self.wait(timeout)
        assert self._kept is not None
        with self._kept as file:
            file.seek(0)
            return file.read().decode(), None

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def run(words: list[str], *, given: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run `python WORDS` to its end, as subprocess.run does."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        status = Process(words, output, errors, given=given, folder=folder).wait()
        output.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(words, status, output.read().decode(), errors.read().decode())


@cache
def _server() -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tests.support.warm_server"]
        return subprocess.Popen(command, cwd=ROOT, stdin=theirs), ours


def stop() -> None:
    """End the server, if there is one."""
    if _server.cache_info().currsize:
        process, requests = _server()
        requests.close()
        process.wait()
        _server.cache_clear()
