"""What one run passes on to the next.

That is: what was seen, what waits, how listings and articles behave, and which records are not on disk yet.

    memory = open_memory("news.sqlite")        # locked for this process until close()
    memory.known(key), memory.waiting(site), memory.listings(site) ...
    memory.commit(Batch(...))                  # all of it or nothing

Knows nothing of the crawl. The data classes and the interface are in `interface`; `sqlite` is the only implementation,
a file in WAL mode. The interface asks nothing that only a local file can do, so a database server could take its
place.
"""

from newscrawl.memory.interface import (
    ArticleState,
    Batch,
    FeedState,
    HostState,
    LastOutcome,
    ListingState,
    Memory,
    MemoryBusy,
    MemoryUnusable,
    State,
    Waiting,
)
from newscrawl.memory.sqlite import open_memory

__all__ = [
    "ArticleState",
    "Batch",
    "FeedState",
    "HostState",
    "LastOutcome",
    "ListingState",
    "Memory",
    "MemoryBusy",
    "MemoryUnusable",
    "State",
    "Waiting",
    "open_memory",
]
