"""How a batch is written, table by table. Called inside a transaction."""

from __future__ import annotations

import sqlite3

from newscrawl.memory.interface import ArticleState, Batch, FeedState, HostState, ListingState
from newscrawl.memory.sqlite.rows import (
    article_row,
    feed_row,
    host_row,
    listing_row,
    marks,
    packed,
    signed,
    waiting_row,
)


def write(connection: sqlite3.Connection, batch: Batch, sites: dict[str, int]) -> None:
    """Write all of a batch. sites: name -> number of the sites known so far; new ones are added."""
    _write_urls(connection, batch, sites)
    _write_outcomes(connection, batch, sites)
    connection.executemany(
        f"INSERT OR REPLACE INTO listing VALUES ({marks(ListingState)})", map(listing_row, batch.listings)
    )
    _write_articles(connection, batch)
    connection.executemany(
        "INSERT OR REPLACE INTO rendering VALUES (?, ?, ?, ?)",
        ((site, kind, helped, useless) for kind, (site, helped, useless) in batch.renderings.items()),
    )
    connection.executemany(f"INSERT OR REPLACE INTO host VALUES ({marks(HostState)})", map(host_row, batch.hosts))
    connection.executemany(
        "INSERT OR REPLACE INTO robots VALUES (?, ?, ?)",
        ((origin, moment, packed(answer)) for origin, moment, answer in batch.robots),
    )
    _write_outputs(connection, batch)
    hour = batch.now // 3600
    connection.executemany(
        "INSERT INTO hourly VALUES (?, ?, ?, ?) "
        "ON CONFLICT (site, hour) DO UPDATE SET new = new + excluded.new, changed = changed + excluded.changed",
        ((site, hour, new, changed) for site, new, changed in batch.counts),
    )


def _number_sites(connection: sqlite3.Connection, names: set[str], sites: dict[str, int]) -> None:
    for name in names - sites.keys():
        connection.execute("INSERT OR IGNORE INTO site (name) VALUES (?)", (name,))
        sites[name] = connection.execute("SELECT number FROM site WHERE name = ?", (name,)).fetchone()[0]


def _write_outcomes(connection: sqlite3.Connection, batch: Batch, sites: dict[str, int]) -> None:
    _number_sites(connection, {one.site for one in batch.outcomes}, sites)
    sources = sorted({(one.source, one.found_on) for one in batch.outcomes})
    connection.executemany("INSERT OR IGNORE INTO source (name, url) VALUES (?, ?)", sources)
    numbers = {}
    for source in sources:
        found = connection.execute("SELECT number FROM source WHERE name = ? AND url = ?", source).fetchone()
        numbers[source] = found[0]
    connection.executemany(
        "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                signed(one.key),
                sites[one.site],
                one.reason,
                one.status,
                one.detail,
                numbers[one.source, one.found_on],
                one.moment,
            )
            for one in batch.outcomes
        ),
    )


def _write_urls(connection: sqlite3.Connection, batch: Batch, sites: dict[str, int]) -> None:
    _number_sites(connection, {one[1] for one in batch.known}, sites)
    connection.executemany(
        "INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)",
        ((signed(key), sites[site], int(state), due) for key, site, state, due in batch.known),
    )
    # deleted before the others are inserted, because a visit that failed waits again
    connection.executemany("DELETE FROM waiting WHERE key = ?", ((signed(key),) for key in batch.settled))
    connection.executemany("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?)", map(waiting_row, batch.waiting))


def _write_articles(connection: sqlite3.Connection, batch: Batch) -> None:
    for one in batch.articles:
        if one.due:
            connection.execute(f"INSERT OR REPLACE INTO article VALUES ({marks(ArticleState)})", article_row(one))
            continue
        # it is not visited again, and a text that never changed has no history to keep
        connection.execute("DELETE FROM article WHERE key = ?", (signed(one.key),))
        if one.number == 1:
            connection.execute("DELETE FROM version WHERE key = ?", (signed(one.key),))
    connection.executemany(
        "INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?)",
        ((signed(key), number, moment, packed(record)) for key, number, moment, record in batch.versions),
    )


def _write_outputs(connection: sqlite3.Connection, batch: Batch) -> None:
    for feed in batch.feeds:
        if feed.state == "done":
            connection.execute("DELETE FROM feed WHERE number = ?", (feed.number,))
        else:
            connection.execute(f"INSERT OR REPLACE INTO feed VALUES ({marks(FeedState)})", feed_row(feed))
    connection.executemany(
        "INSERT OR REPLACE INTO outbox VALUES (?, ?)", ((seq, packed(record)) for seq, record in batch.outbox)
    )
    connection.executemany("INSERT OR IGNORE INTO owed VALUES (?, ?)", batch.owed)
    if batch.paid:
        connection.executemany("DELETE FROM owed WHERE feed = ?", ((number,) for number in batch.paid))
        connection.execute("DELETE FROM outbox WHERE seq NOT IN (SELECT seq FROM owed)")
