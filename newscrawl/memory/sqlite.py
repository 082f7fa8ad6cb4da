"""The memory as one SQLite file in WAL mode: standard library, safe to copy with `VACUUM INTO` or when no run is going on.

Every commit is synced to disk (`synchronous=FULL`), so that what an output's confirmed length stands for outlives a power cut. One connection
reads, on the thread of the crawl; another writes, on whatever thread commits.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from newscrawl.memory.interface import (
    ArticleState,
    Batch,
    FeedState,
    HostState,
    ListingState,
    Memory,
    MemoryUnusable,
    State,
    Waiting,
)
from newscrawl.memory.lock import Lock

#: "nwsc": marks the file as a memory of newscrawl.
_APPLICATION = 0x6E777363
_TURN = 500
#: No pause is longer than eight days: what is due later than that was written by a clock that went wrong, and is due now.
_FAR = 8 * 86400

#: The schema, a step a version; a memory of an older version takes the steps that it lacks. Never change a step: add one.
_STEPS: tuple[str, ...] = (
    """
    CREATE TABLE site (number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
    CREATE TABLE known (key INTEGER PRIMARY KEY, site INTEGER NOT NULL, state INTEGER NOT NULL, due INTEGER);
    CREATE TABLE waiting (key INTEGER PRIMARY KEY, site TEXT NOT NULL, around REAL NOT NULL, attempts INTEGER NOT NULL,
        not_before INTEGER NOT NULL, visit TEXT NOT NULL);
    CREATE INDEX waiting_by_age ON waiting (site, around DESC);
    CREATE TABLE listing (key INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, etag TEXT, modified TEXT,
        body_hash TEXT, asked INTEGER, changed INTEGER, due INTEGER, failures INTEGER, absent INTEGER, verified INTEGER, floor INTEGER, since INTEGER,
        lastmod TEXT, rhythm TEXT);
    CREATE INDEX listing_by_site ON listing (site);
    CREATE TABLE article (key INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, first INTEGER NOT NULL, due INTEGER NOT NULL,
        visits INTEGER, changes INTEGER, number INTEGER, etag TEXT, modified TEXT, removed INTEGER);
    CREATE INDEX article_by_due ON article (site, due);
    CREATE TABLE version (key INTEGER, number INTEGER, moment INTEGER, record BLOB, PRIMARY KEY (key, number)) WITHOUT ROWID;
    CREATE INDEX version_by_moment ON version (moment);
    CREATE TABLE host (host TEXT PRIMARY KEY, checks INTEGER, checked INTEGER, distrusted INTEGER) WITHOUT ROWID;
    CREATE TABLE robots (origin TEXT PRIMARY KEY, moment INTEGER, answer BLOB) WITHOUT ROWID;
    CREATE TABLE feed (number INTEGER PRIMARY KEY, template TEXT, uri TEXT, format TEXT, local TEXT, at_end INTEGER, overwrite INTEGER,
        start INTEGER, confirmed INTEGER, state TEXT);
    CREATE TABLE outbox (seq INTEGER PRIMARY KEY, record BLOB);
    CREATE TABLE owed (feed INTEGER, seq INTEGER, PRIMARY KEY (feed, seq)) WITHOUT ROWID;
    CREATE INDEX owed_by_seq ON owed (seq);
    CREATE TABLE hourly (site TEXT, hour INTEGER, new INTEGER, changed INTEGER, PRIMARY KEY (site, hour)) WITHOUT ROWID;
    """,
    """
    CREATE TABLE rendering (site TEXT, kind TEXT, helped INTEGER, useless INTEGER, PRIMARY KEY (site, kind)) WITHOUT ROWID;
    """,
)
VERSION = len(_STEPS)


def open_memory(path: str, read_only: bool = False) -> SqliteMemory:
    """Open the memory at `path`, and make it where there is none.

    MemoryUnusable: it is damaged, no memory of newscrawl, or of a newer version. MemoryBusy: another process has it (not when read_only).
    OSError: it cannot be opened or written.
    """
    if read_only and not Path(path).is_file():
        raise MemoryUnusable(f"there is no memory at {path}")
    lock = None if read_only else Lock(path)
    try:
        return SqliteMemory(path, lock, read_only)
    except sqlite3.OperationalError as error:  # a full disk, a missing right, not a damage
        if lock is not None:
            lock.release()
        raise OSError(f"{path} cannot be opened or written: {error}") from error
    except sqlite3.Error as error:
        if lock is not None:
            lock.release()
        raise MemoryUnusable(
            f"{path} is damaged or no memory of newscrawl ({error}); it is left as it is. Bring back a copy of it, save what can be saved with "
            f"`sqlite3 {path} .recover`, or name another file to begin anew"
        ) from error
    except BaseException:
        if lock is not None:
            lock.release()
        raise


class SqliteMemory(Memory):
    """See `newscrawl.memory.interface.Memory`, and `open_memory`."""

    def __init__(self, path: str, lock: Lock | None, read_only: bool = False) -> None:
        self.path = path
        self._lock = lock
        self._sites: dict[str, int] = {}
        where = Path(path).resolve().as_uri() + ("?mode=ro" if read_only else "?mode=rwc")
        self._writer = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
        try:
            self._prepare(read_only)
            self._reader = sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
            self._reader.execute("PRAGMA query_only=ON")
        except BaseException:
            self._writer.close()
            raise

    def _prepare(self, read_only: bool) -> None:
        version = self._writer.execute("PRAGMA user_version").fetchone()[0]
        application = self._writer.execute("PRAGMA application_id").fetchone()[0]
        tables = self._writer.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application != _APPLICATION:
            raise MemoryUnusable(f"{self.path} is another program's database; it is left as it is. Name another file")
        if version > VERSION:
            raise MemoryUnusable(
                f"{self.path} is of version {version}, and this newscrawl knows versions to {VERSION}: use a newer newscrawl"
            )
        if read_only:
            return
        self._writer.execute("PRAGMA journal_mode=WAL")
        self._writer.execute("PRAGMA synchronous=FULL")
        self._writer.execute("PRAGMA cache_size=-8000")
        if version < VERSION:
            steps = "".join(_STEPS[version:])
            self._writer.executescript(
                f"BEGIN; {steps} PRAGMA application_id={_APPLICATION}; PRAGMA user_version={VERSION}; COMMIT;"
            )

    # -- writing --------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written in the block, or nothing of it; OSError when it cannot be written."""
        base = self._writer
        try:
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
                base.execute("COMMIT")
            except BaseException:
                if base.in_transaction:
                    base.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise OSError(f"{self.path}: {error}") from error

    def commit(self, batch: Batch) -> None:
        """Write a batch; see the interface."""
        with self._transaction() as base:
            self._write(base, batch)

    def _write(self, base: sqlite3.Connection, batch: Batch) -> None:
        many = base.executemany
        for name in {one[1] for one in batch.known} - self._sites.keys():
            base.execute("INSERT OR IGNORE INTO site (name) VALUES (?)", (name,))
            self._sites[name] = base.execute("SELECT number FROM site WHERE name = ?", (name,)).fetchone()[0]
        many(
            "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)",
            ((_signed(key), self._sites[site], int(state), due) for key, site, state, due in batch.known),
        )
        many(
            "DELETE FROM waiting WHERE key = ?", ((_signed(key),) for key in batch.settled)
        )  # first: what failed waits again
        many(
            "INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    _signed(one.key),
                    one.site,
                    one.around,
                    one.attempts,
                    one.not_before,
                    json.dumps(one.visit, ensure_ascii=False),
                )
                for one in batch.waiting
            ),
        )
        many(
            f"INSERT OR REPLACE INTO listing VALUES ({_marks(17)})",
            (
                (
                    _signed(one.key), one.site, one.url, one.kind, one.etag, one.modified, one.body_hash, one.asked, one.changed, one.due,
                    one.failures, one.absent, one.verified, one.floor, one.since, one.lastmod, one.rhythm,
                )
                for one in batch.listings
            ),
        )  # fmt: skip
        for one in batch.articles:
            if one.due:
                base.execute(
                    f"INSERT OR REPLACE INTO article VALUES ({_marks(11)})",
                    (
                        _signed(one.key), one.site, one.url, one.first, one.due, one.visits, one.changes, one.number, one.etag, one.modified,
                        one.removed,
                    ),
                )  # fmt: skip
            else:  # it is not visited any more, and a text that never changed is no history
                base.execute("DELETE FROM article WHERE key = ?", (_signed(one.key),))
                if one.number == 1:
                    base.execute("DELETE FROM version WHERE key = ?", (_signed(one.key),))
        many(
            "INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?)",
            ((_signed(key), number, moment, _packed(record)) for key, number, moment, record in batch.versions),
        )
        many(
            "INSERT OR REPLACE INTO rendering VALUES (?, ?, ?, ?)",
            ((site, kind, helped, useless) for kind, (site, helped, useless) in batch.renderings.items()),
        )
        many(
            "INSERT OR REPLACE INTO host VALUES (?, ?, ?, ?)",
            ((one.host, one.checks, one.checked, one.distrusted) for one in batch.hosts),
        )
        many(
            "INSERT OR REPLACE INTO robots VALUES (?, ?, ?)",
            ((origin, moment, _packed(answer)) for origin, moment, answer in batch.robots),
        )
        self._write_outputs(base, batch)
        hour = batch.now // 3600
        many(
            "INSERT INTO hourly VALUES (?, ?, ?, ?) ON CONFLICT (site, hour) DO UPDATE SET new = new + excluded.new, changed = changed + excluded.changed",
            ((site, hour, new, changed) for site, new, changed in batch.counts),
        )

    def _write_outputs(self, base: sqlite3.Connection, batch: Batch) -> None:
        for feed in batch.feeds:
            if feed.state == "done":
                base.execute("DELETE FROM feed WHERE number = ?", (feed.number,))
            else:
                base.execute(
                    f"INSERT OR REPLACE INTO feed VALUES ({_marks(10)})",
                    (
                        feed.number, feed.template, feed.uri, feed.format, feed.local, feed.at_end, feed.overwrite, feed.start,
                        feed.confirmed, feed.state,
                    ),
                )  # fmt: skip
        base.executemany(
            "INSERT OR REPLACE INTO outbox VALUES (?, ?)", ((seq, _packed(record)) for seq, record in batch.outbox)
        )
        base.executemany("INSERT OR IGNORE INTO owed VALUES (?, ?)", batch.owed)
        if batch.paid:
            base.executemany("DELETE FROM owed WHERE feed = ?", ((number,) for number in batch.paid))
            base.execute("DELETE FROM outbox WHERE seq NOT IN (SELECT seq FROM owed)")

    # -- reading --------------------------------------------------------------------------------

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._reader.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise MemoryUnusable(f"{self.path} cannot be read: {error}") from error

    def known(self, key: int) -> tuple[State, int | None] | None:
        """What is known of an address."""
        rows = self._rows("SELECT state, due FROM known WHERE key = ?", _signed(key))
        return (State(rows[0][0]), rows[0][1]) if rows else None

    def wait(self, key: int) -> Waiting | None:
        """The visit that waits under a key."""
        rows = self._rows(f"SELECT {_WAITING} FROM waiting WHERE key = ?", _signed(key))
        return _waiting(rows[0]) if rows else None

    def waiting(self, site: str, now: int, at_most: int, after: tuple[float, int] | None = None) -> list[Waiting]:
        """Visits of a site that may be made now, newest first."""
        around, key = (after[0], _signed(after[1])) if after is not None else (9e18, 0)
        query = (
            f"SELECT {_WAITING} FROM waiting WHERE site = ? AND (not_before <= ? OR not_before > ?) AND (around, -key) < (?, ?) "
            "ORDER BY around DESC, key LIMIT ?"
        )
        return [_waiting(row) for row in self._rows(query, site, now, now + _FAR, around, -key, at_most)]

    def listings(self, site: str) -> list[ListingState]:
        """All listings of a site."""
        rows = self._rows("SELECT * FROM listing WHERE site = ?", site)
        return [ListingState(*_typed(row, 11, key=0)) for row in rows]

    def article(self, key: int) -> ArticleState | None:
        """The state of an article that is visited again."""
        rows = self._rows("SELECT * FROM article WHERE key = ?", _signed(key))
        return _article(rows[0]) if rows else None

    def due_articles(self, site: str, now: int, at_most: int) -> list[ArticleState]:
        """Articles whose next visit is due."""
        query = "SELECT * FROM article WHERE site = ? AND (due <= ? OR due > ?) ORDER BY due LIMIT ?"
        return [_article(row) for row in self._rows(query, site, now, now + 4 * _FAR, at_most)]

    def count_articles(self, site: str) -> int:
        """About how many articles of a site are recorded."""
        return int(self._rows("SELECT total(new) FROM hourly WHERE site = ?", site)[0][0])

    def versions(self, key: int) -> list[tuple[datetime, dict[str, Any]]]:
        """All kept versions of an article, oldest first."""
        rows = self._rows("SELECT moment, record FROM version WHERE key = ? ORDER BY number", _signed(key))
        return [(datetime.fromtimestamp(moment, timezone.utc), _unpacked(record)) for moment, record in rows]

    def renderings(self, site: str) -> list[tuple[str, int, int]]:
        """What is known of a site's kinds of page and the browser."""
        return [
            (str(kind), int(helped), int(useless))
            for kind, helped, useless in self._rows("SELECT kind, helped, useless FROM rendering WHERE site = ?", site)
        ]

    def host(self, host: str) -> HostState:
        """What is known of a host."""
        rows = self._rows("SELECT * FROM host WHERE host = ?", host)
        return HostState(host, rows[0][1], rows[0][2], bool(rows[0][3])) if rows else HostState(host)

    def robots(self, origin: str) -> tuple[int, dict[str, Any]] | None:
        """The robots.txt of an origin as it was last had."""
        rows = self._rows("SELECT moment, answer FROM robots WHERE origin = ?", origin)
        return (rows[0][0], _unpacked(rows[0][1])) if rows else None

    def feeds(self) -> list[FeedState]:
        """Outputs that are not done."""
        rows = self._rows("SELECT * FROM feed ORDER BY number")
        return [FeedState(*_typed(row, 5, 6)) for row in rows]

    def owed(self, feed: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Records that are owed to an output, some at a time."""
        last = -1
        while rows := self._rows(
            "SELECT seq, record FROM owed JOIN outbox USING (seq) WHERE feed = ? AND seq > ? ORDER BY seq LIMIT ?",
            feed,
            last,
            _TURN,
        ):
            for seq, record in rows:
                yield seq, _unpacked(record)
            last = rows[-1][0]

    def next_numbers(self) -> tuple[int, int]:
        """Numbers that nothing has yet, of a feed and of a record in the outbox."""
        row = self._rows(
            "SELECT (SELECT max(number) FROM feed), (SELECT max(seq) FROM outbox), (SELECT max(feed) FROM owed)"
        )[0]
        return 1 + max(row[0] or 0, row[2] or 0), 1 + (row[1] or 0)

    def new_records(self, site: str, since: int) -> int:
        """New records of a site since a moment."""
        return int(self._rows("SELECT total(new) FROM hourly WHERE site = ? AND hour >= ?", site, since // 3600)[0][0])

    # -- upkeep ---------------------------------------------------------------------------------

    def figures(self) -> dict[str, int]:
        """Rows of each table, and the size of the file in bytes."""
        tables = ("known", "waiting", "listing", "article", "version", "host", "robots", "feed", "outbox", "owed")
        counts = {table: int(self._rows(f"SELECT count(*) FROM {table}")[0][0]) for table in tables}
        pages, size = self._rows("PRAGMA page_count")[0][0], self._rows("PRAGMA page_size")[0][0]
        return {**counts, "bytes": pages * size}

    def sites(self) -> list[str]:
        """The sites that anything is known of."""
        tables = ("waiting", "listing", "article", "hourly")
        return [
            row[0]
            for row in self._rows(
                " UNION ".join(f"SELECT site FROM {table}" for table in tables)
                + " UNION SELECT name FROM site ORDER BY 1"
            )
        ]

    def count_waiting(self, site: str) -> int:
        """Visits of a site that wait."""
        return int(self._rows("SELECT count(*) FROM waiting WHERE site = ?", site)[0][0])

    def check(self) -> list[str]:
        """What is wrong with the file, a line each; empty when nothing is."""
        try:
            lines = [row[0] for row in self._reader.execute("PRAGMA integrity_check(20)").fetchall()]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        lost = self._rows("SELECT count(*) FROM owed WHERE seq NOT IN (SELECT seq FROM outbox)")[0][0]
        return [line for line in lines if line != "ok"] + (
            [f"{lost} records are owed to outputs and not there"] if lost else []
        )

    def forget_site(self, site: str) -> int:
        """Forget all that is known of a site; the number of rows."""
        with self._transaction() as base:
            base.execute(
                "DELETE FROM version WHERE key IN (SELECT key FROM known JOIN site ON site = number WHERE name = ?)",
                (site,),
            )
            count = base.execute(
                "DELETE FROM known WHERE site = (SELECT number FROM site WHERE name = ?)", (site,)
            ).rowcount
            for table in ("article", "waiting", "listing", "hourly"):
                count += base.execute(f"DELETE FROM {table} WHERE site = ?", (site,)).rowcount
        return count

    def forget(self, keys: Iterable[int]) -> int:
        """Forget addresses: their next meeting is the first."""
        with self._transaction() as base:
            return sum(
                base.execute(f"DELETE FROM {table} WHERE key = ?", (_signed(key),)).rowcount
                for key in keys
                for table in ("known", "waiting", "article", "version")
            )

    def prune(self, before: int) -> int:
        """Forget versions from before a moment, but never the newest of an article that is visited still; waiting visits and counts too."""
        needed = "key IN (SELECT key FROM article) AND number >= (SELECT number FROM article WHERE article.key = version.key)"
        with self._transaction() as base:
            count = base.execute(f"DELETE FROM version WHERE moment < ? AND NOT ({needed})", (before,)).rowcount
            count += base.execute("DELETE FROM waiting WHERE around < ?", (before,)).rowcount
            return count + base.execute("DELETE FROM hourly WHERE hour < ?", (before // 3600,)).rowcount

    def all_versions(self) -> Iterator[tuple[datetime, dict[str, Any]]]:
        """Every kept version, by key and number."""
        for moment, record in self._reader.execute("SELECT moment, record FROM version ORDER BY key, number"):
            yield datetime.fromtimestamp(moment, timezone.utc), _unpacked(record)

    def copy_to(self, path: str) -> None:
        """A whole and compact copy of the memory in a new file."""
        try:
            self._reader.execute("PRAGMA query_only=OFF")
            self._reader.execute("VACUUM INTO ?", (path,))
        except sqlite3.Error as error:
            raise OSError(f"{path}: {error}") from error

    def __enter__(self) -> SqliteMemory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and its lock."""
        self._reader.close()
        self._writer.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


_WAITING = "key, site, around, visit, attempts, not_before"


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _signed(key: int) -> int:
    """A 64-bit key as SQLite's integer."""
    return key - 2**64 if key >= 2**63 else key


def _unsigned(key: int) -> int:
    return key + 2**64 if key < 0 else key


def _packed(record: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace"), 3)


def _unpacked(packed: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(packed))
    return found


def _waiting(row: tuple[Any, ...]) -> Waiting:
    return Waiting(_unsigned(row[0]), row[1], row[2], json.loads(row[3]), row[4], row[5])


def _typed(row: tuple[Any, ...], *truths: int, key: int | None = None) -> list[Any]:
    """The columns, with those that are a truth or a key as what they are."""
    values = list(row)
    for at in truths:
        values[at] = bool(values[at])
    if key is not None:
        values[key] = _unsigned(values[key])
    return values


def _article(row: tuple[Any, ...]) -> ArticleState:
    return ArticleState(*_typed(row, 10, key=0))
