"""How a process that crawls keeps and gives back memory: set once, before the crawl, for the whole process."""

from __future__ import annotations

import ctypes
import gc
import os

#: Collections of garbage among what is new for one among all there is: Python's own is 10.
_SELDOM = 50
#: Bytes of a block that is given back to the system as soon as it is free, and the name of that in malloc.h.
LARGE, _M_MMAP_THRESHOLD = 1_048_576, -3


def collect_seldom() -> None:
    """Have Python look for garbage in what is old seldom, and never in what is loaded by now.

    It looks through all of that at once, which stops the event loop: with a thousand sites for a tenth of a second.
    What a crawl throws away is nearly all freed at once, or found among what is new.
    """
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)


def give_back_large_blocks() -> bool:
    """Have large blocks of memory given back when they are free. Returns whether it is so.

    glibc otherwise keeps them after the first large one was freed, up to 32 MB each, and a crawl that has read a few
    large pages at once stays as large. What MALLOC_MMAP_THRESHOLD_ says is left as it is.
    """
    if "MALLOC_MMAP_THRESHOLD_" in os.environ:
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE))
    except (AttributeError, OSError, TypeError):  # another malloc, or another system
        return False
