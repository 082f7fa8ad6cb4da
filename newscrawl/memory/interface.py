"""The nouns of the memory, and what a store of them must be able to do. Stores nothing itself.

Keys are 64-bit numbers (`newscrawl.outcomes.url_key`); moments are whole seconds since 1970, UTC; a site is the name its addresses share
(`newscrawl.discover.address.site_of`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol


class MemoryUnusable(Exception):
    """The memory cannot be used: it is no memory of newscrawl, is damaged, or of a newer version."""


class MemoryBusy(Exception):
    """Another process works with this memory. pid, started: that process, and when it began (ISO 8601)."""

    def __init__(self, path: str, pid: int, started: str) -> None:
        super().__init__(f"{path} is in use by process {pid}, which began {started}")
        self.pid, self.started = pid, started


class State(IntEnum):
    """What is known of an address."""

    #: an article record was written of it
    RECORDED = 1
    #: it was fetched and is no article, or none that is wanted; not asked for again
    REFUSED = 2
    #: its article is older than a run asked for; `due` is when it was published
    OLD = 3
    #: it failed again and again, or is gone
    GONE = 4
    #: another name of a recorded article: its canonical address, or the fingerprint of its text
    TWIN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that a run met and did not bring to its end. visit: plain values, the crawl's own. not_before: it has failed, and waits until then."""

    key: int
    site: str
    around: float
    visit: Sequence[Any]
    attempts: int = 0
    not_before: int = 0


@dataclass(slots=True)
class ListingState:
    """A front page, section, feed or sitemap. Empty strings and 0: unknown.

    lastmod: what its index said when it was last asked for. since: the bound of the run that walked it (0: none), for a wider bound must walk it
    anew. floor: seconds that it asks not to be asked within. absent: a usual place that holds nothing. verified: when it was last asked without its validators. rhythm: see `newscrawl.memory.rhythm`.
    """

    key: int
    site: str
    url: str
    kind: str
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    asked: int = 0
    changed: int = 0
    due: int = 0
    failures: int = 0
    absent: bool = False
    verified: int = 0
    floor: int = 0
    since: int = 0
    lastmod: str = ""
    rhythm: str = ""


@dataclass(slots=True)
class ArticleState:
    """A recorded article that is visited again. url: the address to ask for. number: of its newest version, from 1. removed: it was gone last time."""

    key: int
    site: str
    url: str
    first: int
    due: int
    visits: int = 0
    changes: int = 0
    number: int = 1
    etag: str = ""
    modified: str = ""
    removed: bool = False


@dataclass(slots=True)
class HostState:
    """What is known of a host's answers. checks: unchanged answers that were looked into and were true. distrusted: one was not."""

    host: str
    checks: int = 0
    checked: int = 0
    distrusted: bool = False


@dataclass(slots=True)
class FeedState:
    """One output of one run.

    template: as the person wrote it; uri: with its placeholders filled. at_end: it counts only when it is whole, so that records are owed to it
    until then. local: the path of a file on this machine, or "". start: its size when it was opened; confirmed: bytes that are on disk and
    remembered. state: "open", "storing" (handed to its store), "stored" (whole, and its run has not ended yet), "done".
    """

    number: int
    template: str
    uri: str
    format: str
    local: str = ""
    at_end: bool = False
    overwrite: bool = False
    start: int = 0
    confirmed: int = 0
    state: str = "open"


@dataclass
class Batch:
    """What is committed at once: all of it or nothing.

    known: (key, site, state, due or None). versions: (key, number, moment, record). outbox: (sequence number, record), with the feeds each is owed
    to in `owed` (feed's number, sequence number). paid: feeds to which nothing is owed any more. counts: (site, new records, changed ones) in the
    hour of `now`. renderings: kind of page -> (site, pages in a row that a browser has made more of, and that it has not).
    """

    now: int = 0
    known: list[tuple[int, str, State, int | None]] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)
    listings: list[ListingState] = field(default_factory=list)
    articles: list[ArticleState] = field(default_factory=list)
    versions: list[tuple[int, int, int, Mapping[str, Any]]] = field(default_factory=list)
    hosts: list[HostState] = field(default_factory=list)
    robots: list[tuple[str, int, Mapping[str, Any]]] = field(default_factory=list)
    feeds: list[FeedState] = field(default_factory=list)
    outbox: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)
    owed: list[tuple[int, int]] = field(default_factory=list)
    paid: list[int] = field(default_factory=list)
    counts: list[tuple[str, int, int]] = field(default_factory=list)
    renderings: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(value for name, value in vars(self).items() if name != "now")


class Memory(Protocol):
    """A store of all this. One process at a time writes. Reading and writing may happen in different threads."""

    def commit(self, batch: Batch) -> None:
        """Write a batch, so that it outlives a power cut. OSError when it cannot be written; then nothing of it is."""

    def known(self, key: int) -> tuple[State, int | None] | None:
        """What is known of an address; None when nothing is."""

    def wait(self, key: int) -> Waiting | None:
        """The visit that waits under a key."""

    def waiting(self, site: str, now: int, at_most: int, after: tuple[float, int] | None = None) -> list[Waiting]:
        """Visits of a site that wait and may be made now, newest first; after: (around, key) of the one to go on from."""

    def listings(self, site: str) -> list[ListingState]:
        """All listings of a site."""

    def article(self, key: int) -> ArticleState | None:
        """The state of an article that is visited again."""

    def due_articles(self, site: str, now: int, at_most: int) -> list[ArticleState]:
        """Articles of a site whose next visit is due, the longest due first."""

    def count_articles(self, site: str) -> int:
        """About how many articles of a site are recorded."""

    def versions(self, key: int) -> list[tuple[datetime, dict[str, Any]]]:
        """All kept versions of an article, oldest first."""

    def host(self, host: str) -> HostState:
        """What is known of a host."""

    def renderings(self, site: str) -> list[tuple[str, int, int]]:
        """What is known of a site's kinds of page and the browser: (kind, helped, useless)."""

    def robots(self, origin: str) -> tuple[int, dict[str, Any]] | None:
        """When the robots.txt of an origin was last had, and what it said."""

    def feeds(self) -> list[FeedState]:
        """Outputs of earlier runs that are not done."""

    def owed(self, feed: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Records that are owed to an output, in their order."""

    def next_numbers(self) -> tuple[int, int]:
        """The next free number of a feed, and of a record in the outbox."""

    def new_records(self, site: str, since: int) -> int:
        """New records of a site since a moment, by the hour."""

    def prune(self, before: int) -> int:
        """Forget what is older than a moment and not needed any more; the number of rows."""

    def close(self) -> None:
        """Let go of the store and its lock."""
