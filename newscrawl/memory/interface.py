"""The data classes of the memory, and the interface that a store of them must have. Stores nothing itself.

Keys are 64-bit numbers (`newscrawl.keys.url_key`). Moments are whole seconds since 1970, UTC. A site is the name that
its URLs share (`newscrawl.discover.address.site_of`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol


class MemoryUnusable(Exception):
    """The memory cannot be used: the file is not a memory of newscrawl, is damaged, or is of a newer version."""


class MemoryBusy(Exception):
    """Another process uses this memory. pid: that process. started: when it began (ISO 8601)."""

    def __init__(self, path: str, pid: int, started: str) -> None:
        super().__init__(f"{path} is in use by process {pid}, which began {started}")
        self.pid, self.started = pid, started


class State(IntEnum):
    """What is known of a URL."""

    #: an article record was written from it
    RECORDED = 1
    #: it was fetched and is not an article, or not a wanted one; it is not fetched again
    REFUSED = 2
    #: its article is older than a run asked for; `due` is when it was published
    OLD = 3
    #: it failed repeatedly, or is gone
    GONE = 4
    #: another URL of a recorded article, by its canonical URL or the fingerprint of its text
    TWIN = 5
    #: a run fetched it and did not want it, for its language or words; `due` is the key of what that run wanted
    UNWANTED = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that a run discovered and did not finish.

    around: the moment that its content is, or is guessed to be, from; visits are ordered by it. visit: plain values,
    defined by the crawl. attempts: how often it has failed. not_before: the moment until which it waits after that.
    """

    key: int
    site: str
    around: float
    visit: Sequence[Any]
    attempts: int = 0
    not_before: int = 0


@dataclass(slots=True)
class ListingState:
    """A front page, section, feed or sitemap. Empty strings and 0 mean unknown.

    etag, modified: its validators. asked, changed: when it was last fetched, and when it last brought something new.
    due: not to be fetched before. failures: in a row. absent: a usual place that holds nothing. verified: when it was
    last fetched without its validators. floor: the fewest seconds that it wants between two requests. since: the
    bound of the run that walked it (0: none); a run with a wider bound must walk it again. lastmod: what its index
    said when it was last fetched. rhythm: see `newscrawl.memory.rhythm`.
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
    """A recorded article that is visited again.

    url: the URL to fetch. first: when it was first recorded. due: when to visit it next; 0: never again. number: of
    its newest version, from 1. removed: it was gone at the last visit.
    """

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
    """Whether a host's validators (ETag, Last-Modified) can be trusted.

    checks: how often they were verified. checked: when, the last time. distrusted: they once claimed that nothing had
    changed when something had.
    """

    host: str
    checks: int = 0
    checked: int = 0
    distrusted: bool = False


@dataclass(slots=True)
class FeedState:
    """One output of one run.

    template: the URI as the user wrote it. uri: with its placeholders filled in. local: the path of a file on this
    machine, or "". at_end: it counts only when it is complete, so until then records are owed to it. start: its size
    when it was opened. confirmed: how many of its bytes are on disk and remembered. state: "open", "storing" (handed
    to its storage), "stored" (complete, but its run has not ended), or "done".
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


@dataclass(frozen=True, slots=True)
class LastOutcome:
    """What became of a URL the last time that a run met it, and what had named it.

    key, site: as for a known URL. reason: a name in `newscrawl.outcomes.REASONS`. source, found_on: see
    `newscrawl.article.Link`. moment: when.
    """

    key: int
    site: str
    reason: str
    status: int | None
    detail: str
    source: str
    found_on: str
    moment: int


@dataclass
class Batch:
    """What is committed together: all of it or nothing.

    known: (key, site, state, due or None). settled: keys of visits that no longer wait. versions: (key, number,
    moment, record). robots: (origin, moment, answer). outbox: (sequence number, record). owed: (number of a feed,
    sequence number) of records that a feed still has to get. paid: feeds to which nothing is owed any more.
    counts: (site, new records, changed records) in the hour of `now`. renderings: kind of page -> (site, pages in a
    row of which a browser made more, pages in a row of which it did not). outcomes: the newest of each URL.
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
    outcomes: list[LastOutcome] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(value for name, value in vars(self).items() if name != "now")


class Memory(Protocol):
    """A store of all this. Only one process may write; reading and writing may happen in different threads."""

    def commit(self, batch: Batch) -> None:
        """Write a batch so that it survives a power cut. Raises OSError if it cannot, and then writes nothing."""

    def known(self, key: int) -> tuple[State, int | None] | None:
        """(state, due) of a URL; None if nothing is known."""

    def last_outcome(self, key: int) -> LastOutcome | None:
        """What became of a URL the last time; None if nothing is known of it."""

    def wait(self, key: int) -> Waiting | None:
        """The visit that waits under a key."""

    def waiting(self, site: str, now: int, at_most: int, after: tuple[float, int] | None = None) -> list[Waiting]:
        """Waiting visits of a site that may be made now, newest first. after: (around, key) of the last one had."""

    def listings(self, site: str) -> list[ListingState]:
        """All listings of a site."""

    def article(self, key: int) -> ArticleState | None:
        """The state of an article that is visited again."""

    def due_articles(self, site: str, now: int, at_most: int) -> list[ArticleState]:
        """Articles of a site whose next visit is due, the longest overdue first."""

    def count_articles(self, site: str) -> int:
        """About how many articles of a site are recorded."""

    def versions(self, key: int) -> list[tuple[datetime, dict[str, Any]]]:
        """(moment, record) of all versions kept of an article, oldest first."""

    def host(self, host: str) -> HostState:
        """What is known of a host."""

    def renderings(self, site: str) -> list[tuple[str, int, int]]:
        """How a browser did on a site's kinds of page: (kind, helped, useless), both in pages in a row."""

    def robots(self, origin: str) -> tuple[int, dict[str, Any]] | None:
        """When the robots.txt of an origin was last fetched, and the answer."""

    def feeds(self) -> list[FeedState]:
        """Outputs of earlier runs that are not done."""

    def owed(self, feed: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """(sequence number, record) of the records owed to an output, in order."""

    def next_numbers(self) -> tuple[int, int]:
        """The next free number of a feed, and of a record in the outbox."""

    def new_records(self, site: str, since: int) -> int:
        """New records of a site since a moment, to the hour."""

    def prune(self, before: int) -> int:
        """Forget what is older than a moment and no longer needed. Returns the number of rows deleted."""

    def close(self) -> None:
        """Release the store and its lock."""
