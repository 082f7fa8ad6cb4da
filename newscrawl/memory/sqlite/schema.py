"""The schema of the memory's file, and how an older file is brought up to date."""

from __future__ import annotations

import sqlite3

from newscrawl.memory.interface import MemoryUnusable

#: Marks a file as a memory of newscrawl ("nwsc").
APPLICATION = 0x6E777363

#: One step per version. A file of an older version gets the steps it lacks. Never change a step; add one.
_STEPS: tuple[str, ...] = (
    """
    CREATE TABLE site (number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
    CREATE TABLE known (key INTEGER PRIMARY KEY, site INTEGER NOT NULL, state INTEGER NOT NULL, due INTEGER);
    CREATE TABLE waiting (key INTEGER PRIMARY KEY, site TEXT NOT NULL, around REAL NOT NULL, attempts INTEGER NOT NULL,
        not_before INTEGER NOT NULL, visit TEXT NOT NULL);
    CREATE INDEX waiting_by_age ON waiting (site, around DESC);
    CREATE TABLE listing (key INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL,
        etag TEXT, modified TEXT, body_hash TEXT, asked INTEGER, changed INTEGER, due INTEGER, failures INTEGER,
        absent INTEGER, verified INTEGER, floor INTEGER, since INTEGER, lastmod TEXT, rhythm TEXT);
    CREATE INDEX listing_by_site ON listing (site);
    CREATE TABLE article (key INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, first INTEGER NOT NULL,
        due INTEGER NOT NULL, visits INTEGER, changes INTEGER, number INTEGER, etag TEXT, modified TEXT,
        removed INTEGER);
    CREATE INDEX article_by_due ON article (site, due);
    CREATE TABLE version (key INTEGER, number INTEGER, moment INTEGER, record BLOB, PRIMARY KEY (key, number))
        WITHOUT ROWID;
    CREATE INDEX version_by_moment ON version (moment);
    CREATE TABLE host (host TEXT PRIMARY KEY, checks INTEGER, checked INTEGER, distrusted INTEGER) WITHOUT ROWID;
    CREATE TABLE robots (origin TEXT PRIMARY KEY, moment INTEGER, answer BLOB) WITHOUT ROWID;
    CREATE TABLE feed (number INTEGER PRIMARY KEY, template TEXT, uri TEXT, format TEXT, local TEXT, at_end INTEGER,
        overwrite INTEGER, start INTEGER, confirmed INTEGER, state TEXT);
    CREATE TABLE outbox (seq INTEGER PRIMARY KEY, record BLOB);
    CREATE TABLE owed (feed INTEGER, seq INTEGER, PRIMARY KEY (feed, seq)) WITHOUT ROWID;
    CREATE INDEX owed_by_seq ON owed (seq);
    CREATE TABLE hourly (site TEXT, hour INTEGER, new INTEGER, changed INTEGER, PRIMARY KEY (site, hour)) WITHOUT ROWID;
    """,
    """
    CREATE TABLE rendering (site TEXT, kind TEXT, helped INTEGER, useless INTEGER, PRIMARY KEY (site, kind))
        WITHOUT ROWID;
    """,
    """
    CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, UNIQUE (name, url));
    CREATE TABLE outcome (key INTEGER PRIMARY KEY, site INTEGER NOT NULL, reason TEXT NOT NULL, status INTEGER,
        detail TEXT NOT NULL, source INTEGER NOT NULL, moment INTEGER NOT NULL);
    """,
)
#: The version that this newscrawl writes.
VERSION = len(_STEPS)


def prepare(connection: sqlite3.Connection, path: str, read_only: bool) -> None:
    """Check that the file is a memory, and unless `read_only`, set it up for writing and bring it up to date.

    Raises MemoryUnusable if it belongs to another program or to a newer version.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != APPLICATION:
        raise MemoryUnusable(f"{path} is another program's database; it was left unchanged. Name another file")
    if version > VERSION:
        raise MemoryUnusable(
            f"{path} is of version {version}, but this newscrawl reads versions up to {VERSION}: use a newer newscrawl"
        )
    if read_only:
        return
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-8000")
    if version < VERSION:
        steps = "".join(_STEPS[version:])
        connection.executescript(
            f"BEGIN; {steps} PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION}; COMMIT;"
        )
