"""The audit: a file with one JSON line for each discovered URL, written at the moment its outcome is decided.

Set `NEWSCRAWL_AUDIT` to the file's path; each run begins it anew. A line has url, site, sources (each with source,
foundOn and when), outcome, reason, status, detail and at. When a source names a URL whose line is written already, a
line of its own says so: {"again": url, "site", "source", "foundOn", "when"}, once for each kind of source. Only whole
lines are written.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from typing import Any

from newscrawl.article import Link
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.keys import KeySet, url_key


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


class Audit:
    """Writes the file at `path`. Raises OSError when it cannot be opened or written."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
        self._sources: dict[str, list[dict[str, str]]] = {}
        self._settled = KeySet()
        self._repeated: set[int] = set()

    def discovered(self, site: str, link: Link) -> None:
        """A source named a URL."""
        source = {"source": link.source, "foundOn": link.found_on, "when": _now()}
        if url_key(link.url) in self._settled:
            key = url_key(f"{link.url} {link.source}")
            if key not in self._repeated:
                self._repeated.add(key)
                self._write({"again": link.url, "site": site, **source})
            return
        sources = self._sources.setdefault(link.url, [])
        if all((one["source"], one["foundOn"]) != (link.source, link.found_on) for one in sources):
            sources.append(source)

    def settled(self, entry: LedgerEntry) -> None:
        """A URL has its outcome: its line is written."""
        self._settled.add(url_key(entry.url))
        sources = self._sources.pop(entry.url, [])
        for one in sources:
            self._repeated.add(url_key(f"{entry.url} {one['source']}"))
        self._write(
            {
                "url": entry.url,
                "site": entry.site,
                "sources": sources,
                "outcome": entry.outcome.value,
                "reason": entry.reason,
                "status": entry.status,
                "detail": entry.detail,
                "at": _now(),
            }
        )

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _write(self, line: dict[str, Any]) -> None:
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        while data:
            data = data[os.write(self._file, data) :]
