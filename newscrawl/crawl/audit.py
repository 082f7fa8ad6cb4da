"""The audit: a file with one JSON line for each URL met, written the moment its fate is decided.

Set `NEWSCRAWL_AUDIT` to the file's path; it begins empty with each run. A line has url, site, roads (each with road, where, when),
decision (the outcome), reason, status, detail and at. A road that names a URL when its line is written already gets a line of its own:
{"again": url, "site", "road", "where", "when"}, once for each kind of road. Only whole lines are written. Decides nothing.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from typing import Any

from newscrawl.fate import Fate, url_key


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


class Audit:
    """Writes the file at `path`. OSError when it cannot be opened or written."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
        self._named: dict[str, list[dict[str, str]]] = {}
        self._again: set[int] = set()

    def name(self, url: str, site: str, road: str, is_settled: bool) -> None:
        """A road ("source address") named this URL."""
        source, where = split_road(road)
        entry = {"road": source, "where": where, "when": _now()}
        if is_settled:
            key = url_key(f"{url} {source}")
            if key not in self._again:
                self._again.add(key)
                self._write({"again": url, "site": site, **entry})
            return
        named = self._named.setdefault(url, [])
        if all((one["road"], one["where"]) != (source, where) for one in named):
            named.append(entry)

    def settle(self, fate: Fate) -> None:
        """The fate of a URL: its line."""
        roads = self._named.pop(fate.url, [])
        for road in roads:
            self._again.add(url_key(f"{fate.url} {road['road']}"))
        self._write(
            {
                "url": fate.url, "site": fate.site, "roads": roads, "decision": fate.outcome.value, "reason": fate.reason,
                "status": fate.status, "detail": fate.detail, "at": _now(),
            }
        )  # fmt: skip

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _write(self, line: dict[str, Any]) -> None:
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        while data:
            data = data[os.write(self._file, data) :]


def split_road(road: str) -> tuple[str, str]:
    """("feed", "https://a.example/feed") of "feed https://a.example/feed"; a source may have several words, an address has no space."""
    source, _, where = road.rpartition(" ")
    return (source, where) if "://" in where else (road.strip(), "")
