"""A process that crawls gives large blocks of memory back when they are free."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from newscrawl.crawl.commands import process_memory
from newscrawl.crawl.commands.process_memory import give_back_large_blocks

#: Frees a large block, after which glibc keeps blocks up to its size; then many of two megabytes, with a small one
#: behind each; says by how many megabytes the process is larger than before.
GROWS = """
import sys
from newscrawl.crawl.commands.process_memory import give_back_large_blocks

def size():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 // 1_000_000

if "give" in sys.argv:
    assert give_back_large_blocks()
del_me = bytearray(30_000_000)
del del_me
before, small, large = size(), [], []
for number in range(60):
    large.append(bytearray(b"x") * 2_000_000)
    small.append(bytearray(b"x") * 5_000)
large.clear()
print(size() - before)
"""
on_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the malloc of this system is not glibc's")


def growth(*arguments: str) -> int:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    command = [sys.executable, "-c", GROWS, *arguments]
    return int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


@on_glibc
def test_freed_large_blocks_do_not_stay_with_the_process() -> None:
    assert growth("give") < 20 < growth()


@on_glibc
def test_what_the_environment_says_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "65536")
    assert not give_back_large_blocks()


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_another_malloc_is_left_as_it_is(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: None) -> None:
        raise error

    monkeypatch.setattr(process_memory.ctypes, "CDLL", fail)
    monkeypatch.delenv("MALLOC_MMAP_THRESHOLD_", raising=False)
    assert not give_back_large_blocks()
