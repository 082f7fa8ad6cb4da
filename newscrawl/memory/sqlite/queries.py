"""The questions that a crawl asks the memory. What each method returns: see `newscrawl.memory.interface.Memory`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from newscrawl.memory.interface import ArticleState, FeedState, HostState, LastOutcome, ListingState, State, Waiting
from newscrawl.memory.sqlite.connections import Connections
from newscrawl.memory.sqlite.rows import (
    WAITING,
    article_of,
    feed_of,
    host_of,
    listing_of,
    signed,
    unpacked,
    waiting_of,
)

#: Records that are read at a time.
_PAGE = 500
#: No pause is longer than eight days. A moment further ahead was written by a wrong clock, and counts as due now.
_FAR = 8 * 86400


class Queries(Connections):
    """The reading half of the memory."""

    def known(self, key: int) -> tuple[State, int | None] | None:
        """(state, due) of a URL; None if nothing is known."""
        rows = self._rows("SELECT state, due FROM known WHERE key = ?", signed(key))
        return (State(rows[0][0]), rows[0][1]) if rows else None

    def last_outcome(self, key: int) -> LastOutcome | None:
        """What became of a URL the last time; None if nothing is known of it."""
        if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'outcome'"):
            return None  # a file of an older version, opened for reading
        rows = self._rows(
            "SELECT site.name, reason, status, detail, source.name, url, moment FROM outcome "
            "JOIN site ON site.number = outcome.site JOIN source ON source.number = outcome.source WHERE key = ?",
            signed(key),
        )
        return LastOutcome(key, *rows[0]) if rows else None

    def wait(self, key: int) -> Waiting | None:
        """The visit that waits under a key."""
        rows = self._rows(f"SELECT {WAITING} FROM waiting WHERE key = ?", signed(key))
        return waiting_of(rows[0]) if rows else None

    def waiting(self, site: str, now: int, at_most: int, after: tuple[float, int] | None = None) -> list[Waiting]:
        """Waiting visits of a site that may be made now, newest first."""
        around, key = (after[0], signed(after[1])) if after is not None else (9e18, 0)
        query = (
            f"SELECT {WAITING} FROM waiting "
            "WHERE site = ? AND (not_before <= ? OR not_before > ?) AND (around, -key) < (?, ?) "
            "ORDER BY around DESC, key LIMIT ?"
        )
        return [waiting_of(row) for row in self._rows(query, site, now, now + _FAR, around, -key, at_most)]

    def listings(self, site: str) -> list[ListingState]:
        """All listings of a site."""
        return [listing_of(row) for row in self._rows("SELECT * FROM listing WHERE site = ?", site)]

    def article(self, key: int) -> ArticleState | None:
        """The state of an article that is visited again."""
        rows = self._rows("SELECT * FROM article WHERE key = ?", signed(key))
        return article_of(rows[0]) if rows else None

    def due_articles(self, site: str, now: int, at_most: int) -> list[ArticleState]:
        """Articles whose next visit is due, the longest overdue first."""
        query = "SELECT * FROM article WHERE site = ? AND (due <= ? OR due > ?) ORDER BY due LIMIT ?"
        return [article_of(row) for row in self._rows(query, site, now, now + 4 * _FAR, at_most)]

    def count_articles(self, site: str) -> int:
        """About how many articles of a site are recorded."""
        return int(self._rows("SELECT total(new) FROM hourly WHERE site = ?", site)[0][0])

    def versions(self, key: int) -> list[tuple[datetime, dict[str, Any]]]:
        """(moment, record) of all versions kept of an article, oldest first."""
        rows = self._rows("SELECT moment, record FROM version WHERE key = ? ORDER BY number", signed(key))
        return [(datetime.fromtimestamp(moment, timezone.utc), unpacked(record)) for moment, record in rows]

    def renderings(self, site: str) -> list[tuple[str, int, int]]:
        """How a browser did on a site's kinds of page."""
        return [
            (str(kind), int(helped), int(useless))
            for kind, helped, useless in self._rows("SELECT kind, helped, useless FROM rendering WHERE site = ?", site)
        ]

    def host(self, host: str) -> HostState:
        """What is known of a host."""
        rows = self._rows("SELECT * FROM host WHERE host = ?", host)
        return host_of(rows[0]) if rows else HostState(host)

    def robots(self, origin: str) -> tuple[int, dict[str, Any]] | None:
        """When the robots.txt of an origin was last fetched, and the answer."""
        rows = self._rows("SELECT moment, answer FROM robots WHERE origin = ?", origin)
        return (rows[0][0], unpacked(rows[0][1])) if rows else None

    def feeds(self) -> list[FeedState]:
        """Outputs that are not done."""
        return [feed_of(row) for row in self._rows("SELECT * FROM feed ORDER BY number")]

    def owed(self, feed: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """(sequence number, record) of the records owed to an output, read a few hundred at a time."""
        last = -1
        query = "SELECT seq, record FROM owed JOIN outbox USING (seq) WHERE feed = ? AND seq > ? ORDER BY seq LIMIT ?"
        while rows := self._rows(query, feed, last, _PAGE):
            for seq, record in rows:
                yield seq, unpacked(record)
            last = rows[-1][0]

    def next_numbers(self) -> tuple[int, int]:
        """The next free number of a feed, and of a record in the outbox."""
        row = self._rows(
            "SELECT (SELECT max(number) FROM feed), (SELECT max(seq) FROM outbox), (SELECT max(feed) FROM owed)"
        )[0]
        return 1 + max(row[0] or 0, row[2] or 0), 1 + (row[1] or 0)

    def new_records(self, site: str, since: int) -> int:
        """New records of a site since a moment, to the hour."""
        return int(self._rows("SELECT total(new) FROM hourly WHERE site = ? AND hour >= ?", site, since // 3600)[0][0])
