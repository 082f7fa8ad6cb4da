"""Visits that wait on disk: what one site's frontier cannot keep in memory. One temporary SQLite database a run, gone with the process however it ends.

Knows no order but the one it is given; made by the spider, shared by all its frontiers.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Sequence

from newscrawl.article import Link
from newscrawl.crawl.visit import As, Visit

#: Where a visit stands: its stage, its age, and the number in which it came.
Place = tuple[int, float, int]
#: Rows that are written at once.
_BATCH = 1000


class Spill:
    """The table of all sites' waiting visits. site: a number for each frontier."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for line in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "PRAGMA cache_size=-8000",
            "PRAGMA temp_store=FILE",
        ):
            self._base.execute(line)
        self._base.execute(
            "CREATE TABLE waiting (site INTEGER, url TEXT, stage INTEGER, age REAL, number INTEGER, visit BLOB, PRIMARY KEY (site, url)) WITHOUT ROWID"
        )
        self._base.execute("CREATE INDEX by_age ON waiting (site, stage, age, number)")
        self._base.execute("BEGIN")
        self._buffer: list[tuple[int, str, int, float, int, bytes]] = []

    def add(self, site: int, visits: Sequence[tuple[Place, Visit]]) -> int:
        """Put visits on disk, each at its place; their number. None of them may be there already."""
        self._buffer += [(site, visit.url, *place, _packed(visit)) for place, visit in visits]
        if len(self._buffer) >= _BATCH:
            self._flush()
        return len(visits)

    def _flush(self) -> None:
        if self._buffer:
            self._base.executemany("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?)", sorted(self._buffer))
            self._buffer.clear()

    def get(self, site: int, url: str) -> Visit | None:
        """The visit that waits for a URL."""
        self._flush()
        row = self._base.execute("SELECT visit FROM waiting WHERE site = ? AND url = ?", (site, url)).fetchone()
        return _unpacked(row[0]) if row else None

    def remove(self, site: int, url: str) -> bool:
        """Take one out; False when it is not there."""
        self._flush()
        return self._base.execute("DELETE FROM waiting WHERE site = ? AND url = ?", (site, url)).rowcount > 0

    def take(self, site: int, count: int) -> list[tuple[Place, Visit]]:
        """Take out the first ones, in their order."""
        self._flush()
        rows = self._base.execute(
            "SELECT stage, age, number, url, visit FROM waiting WHERE site = ? ORDER BY stage, age, number LIMIT ?",
            (site, count),
        ).fetchall()
        self._base.executemany("DELETE FROM waiting WHERE site = ? AND url = ?", ((site, row[3]) for row in rows))
        return [((row[0], row[1], row[2]), _unpacked(row[4])) for row in rows]

    def first(self, site: int) -> Place | None:
        """The place of the first that waits."""
        self._flush()
        row = self._base.execute(
            "SELECT stage, age, number FROM waiting WHERE site = ? ORDER BY stage, age, number LIMIT 1", (site,)
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def drain(self, site: int) -> Iterator[Visit]:
        """Take out all of a site, some at a time."""
        while rows := self.take(site, 500):
            yield from (visit for _, visit in rows)

    def close(self) -> None:
        """Give the file back."""
        self._base.close()


def _packed(visit: Visit) -> bytes:
    link = visit.link
    fields = (link.url, link.published, link.headline, link.source, link.found_on, link.modified, link.language)
    return pickle.dumps(
        (
            visit.site,
            fields,
            visit.kind.value,
            visit.around,
            visit.page,
            visit.guessed,
            visit.sure,
            visit.branch,
            visit.again,
            visit.depth,
        ),
        protocol=5,
    )


def _unpacked(packed: bytes) -> Visit:
    site, fields, kind, *rest = pickle.loads(packed)
    return Visit(site, Link(*fields), As(kind), *rest)
