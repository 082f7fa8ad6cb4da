"""Upkeep of the memory's file, for the commands that show, check, prune and copy it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from newscrawl.memory.sqlite.connections import Connections
from newscrawl.memory.sqlite.rows import signed, unpacked
from newscrawl.units import counted


class Upkeep(Connections):
    """Counting, checking, forgetting and copying."""

    def figures(self) -> dict[str, int]:
        """The number of rows of each table, and the size of the file in bytes."""
        tables = ("known", "waiting", "listing", "article", "version", "host", "robots", "feed", "outbox", "owed")
        counts = {table: int(self._rows(f"SELECT count(*) FROM {table}")[0][0]) for table in tables}
        pages, size = self._rows("PRAGMA page_count")[0][0], self._rows("PRAGMA page_size")[0][0]
        return {**counts, "bytes": pages * size}

    def sites(self) -> list[str]:
        """The sites about which anything is known."""
        tables = ("waiting", "listing", "article", "hourly")
        query = " UNION ".join(f"SELECT site FROM {table}" for table in tables)
        return [row[0] for row in self._rows(query + " UNION SELECT name FROM site ORDER BY 1")]

    def count_waiting(self, site: str) -> int:
        """How many visits of a site wait."""
        return int(self._rows("SELECT count(*) FROM waiting WHERE site = ?", site)[0][0])

    def check(self) -> list[str]:
        """What is wrong with the file, one line each; [] if nothing is."""
        try:
            lines = [row[0] for row in self._reader.execute("PRAGMA integrity_check(20)").fetchall()]
        except sqlite3.DatabaseError as error:
            return [str(error)]
        missing = self._rows("SELECT count(*) FROM owed WHERE seq NOT IN (SELECT seq FROM outbox)")[0][0]
        return [line for line in lines if line != "ok"] + (
            [f"{counted(missing, 'record')} owed to outputs {'is' if missing == 1 else 'are'} missing"]
            if missing
            else []
        )

    def forget_site(self, site: str) -> int:
        """Forget everything about a site. Returns the number of rows deleted, versions not counted."""
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM version WHERE key IN (SELECT key FROM known JOIN site ON site = number WHERE name = ?)",
                (site,),
            )
            count = connection.execute(
                "DELETE FROM known WHERE site = (SELECT number FROM site WHERE name = ?)", (site,)
            ).rowcount
            connection.execute("DELETE FROM outcome WHERE site = (SELECT number FROM site WHERE name = ?)", (site,))
            for table in ("article", "waiting", "listing", "hourly"):
                count += connection.execute(f"DELETE FROM {table} WHERE site = ?", (site,)).rowcount
        return count

    def forget(self, keys: Iterable[int]) -> int:
        """Forget URLs, so that they count as never discovered. Returns the number of rows deleted."""
        with self._transaction() as connection:
            return sum(
                connection.execute(f"DELETE FROM {table} WHERE key = ?", (signed(key),)).rowcount
                for key in keys
                for table in ("known", "waiting", "article", "version", "outcome")
            )

    def prune(self, before: int) -> int:
        """Forget versions, waiting visits and counts from before a moment. Returns the number of rows deleted.

        The newest version of an article that is still visited is kept.
        """
        needed = (
            "key IN (SELECT key FROM article) "
            "AND number >= (SELECT number FROM article WHERE article.key = version.key)"
        )
        with self._transaction() as connection:
            count = connection.execute(f"DELETE FROM version WHERE moment < ? AND NOT ({needed})", (before,)).rowcount
            count += connection.execute("DELETE FROM waiting WHERE around < ?", (before,)).rowcount
            count += connection.execute("DELETE FROM outcome WHERE moment < ?", (before,)).rowcount
            connection.execute("DELETE FROM source WHERE number NOT IN (SELECT source FROM outcome)")
            return count + connection.execute("DELETE FROM hourly WHERE hour < ?", (before // 3600,)).rowcount

    def all_versions(self) -> Iterator[tuple[datetime, dict[str, Any]]]:
        """(moment, record) of every version kept, by key and number."""
        for moment, record in self._reader.execute("SELECT moment, record FROM version ORDER BY key, number"):
            yield datetime.fromtimestamp(moment, timezone.utc), unpacked(record)

    def copy_to(self, path: str) -> None:
        """Write a complete and compact copy of the memory to a new file. Raises OSError."""
        try:
            self._reader.execute("PRAGMA query_only=OFF")
            self._reader.execute("VACUUM INTO ?", (path,))
        except sqlite3.Error as error:
            raise OSError(f"{path}: {error}") from error
