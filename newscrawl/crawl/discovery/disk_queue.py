"""The disk queue: visits that do not fit into the frontiers' memory, in one temporary SQLite database a run.

The database is gone with the process, however that ends. Shared by the frontiers of all sites; knows no order but the
places that it is given.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Sequence

from newscrawl.article import Link
from newscrawl.crawl.nouns.visit import Visit, VisitKind

#: The place of a visit: its stage, its age, and the number in which it came.
Place = tuple[int, float, int]
#: Rows that are written at once.
_BATCH = 1000
_SET_UP = (
    "PRAGMA journal_mode=OFF",
    "PRAGMA synchronous=OFF",
    "PRAGMA cache_size=-8000",
    "PRAGMA temp_store=FILE",
    """CREATE TABLE waiting (site INTEGER, url TEXT, stage INTEGER, age REAL, number INTEGER, visit BLOB,
       PRIMARY KEY (site, url)) WITHOUT ROWID""",
    "CREATE INDEX by_age ON waiting (site, stage, age, number)",
    "BEGIN",
)
_IN_ORDER = "FROM waiting WHERE site = ? ORDER BY stage, age, number LIMIT ?"


class DiskQueue:
    """The waiting visits of all sites. site: the number of a site's frontier."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in _SET_UP:
            self._base.execute(statement)
        self._buffer: list[tuple[int, str, int, float, int, bytes]] = []

    def add(self, site: int, visits: Sequence[tuple[Place, Visit]]) -> int:
        """Store visits, each at its place; returns their number. None of them may be stored already."""
        self._buffer += [(site, visit.url, *place, _pack(visit)) for place, visit in visits]
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
        return _unpack(row[0]) if row else None

    def remove(self, site: int, url: str) -> bool:
        """Take one out; False when it is not there."""
        self._flush()
        return self._base.execute("DELETE FROM waiting WHERE site = ? AND url = ?", (site, url)).rowcount > 0

    def take(self, site: int, count: int) -> list[tuple[Place, Visit]]:
        """Take out the first ones, in order."""
        self._flush()
        rows = self._base.execute(f"SELECT stage, age, number, url, visit {_IN_ORDER}", (site, count)).fetchall()
        self._base.executemany("DELETE FROM waiting WHERE site = ? AND url = ?", ((site, row[3]) for row in rows))
        return [((row[0], row[1], row[2]), _unpack(row[4])) for row in rows]

    def first(self, site: int) -> Place | None:
        """The place of the first visit that waits."""
        self._flush()
        row = self._base.execute(f"SELECT stage, age, number {_IN_ORDER}", (site, 1)).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def drain(self, site: int) -> Iterator[Visit]:
        """Take out all visits of a site, some at a time."""
        while rows := self.take(site, 500):
            yield from (visit for _, visit in rows)

    def close(self) -> None:
        """Close the database, which deletes it."""
        self._base.close()


def _pack(visit: Visit) -> bytes:
    link = visit.link
    of_link = (link.url, link.published, link.headline, link.source, link.found_on, link.modified, link.language)
    of_page = (visit.page, visit.guessed, visit.sure, visit.branch, visit.again, visit.depth)
    return pickle.dumps((visit.site, of_link, visit.kind.value, visit.around, *of_page), protocol=5)


def _unpack(packed: bytes) -> Visit:
    site, of_link, kind, *rest = pickle.loads(packed)
    return Visit(site, Link(*of_link), VisitKind(kind), *rest)
