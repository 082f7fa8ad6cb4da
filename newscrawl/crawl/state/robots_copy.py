"""The robots.txt of an earlier run, as the memory has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.memory import Memory
from newscrawl.urls import split

#: Seconds that a copy may stand in for a file that cannot be fetched (RFC 9309, 2.4).
_FRESH = 86400


@dataclass(frozen=True)
class RobotsCopy:
    """A stored copy.

    headers: conditional headers for the next request. moment: when it was fetched. is_fresh: fetched within 24 hours.
    """

    url: str
    body: bytes
    headers: dict[str, str]
    is_fresh: bool
    moment: float = 0.0

    @property
    def validators(self) -> dict[str, str]:
        """The validators under the names of response headers."""
        found = {
            "ETag": self.headers.get("If-None-Match", ""),
            "Last-Modified": self.headers.get("If-Modified-Since", ""),
        }
        return {name: value for name, value in found.items() if value}


def read_copy(memory: Memory, origin: str, now: int) -> RobotsCopy | None:
    """The robots.txt that an earlier run fetched from an origin; None when none did."""
    found = memory.robots(origin)
    if found is None:
        return None
    moment, stored = found
    validators = {"If-None-Match": stored.get("etag"), "If-Modified-Since": stored.get("modified")}
    is_trusted = not memory.host(split(origin).netloc).distrusted
    headers = {name: value for name, value in validators.items() if value and is_trusted}
    return RobotsCopy(
        stored["url"], stored["body"].encode("latin-1"), headers, 0 <= now - moment < _FRESH, float(moment)
    )


def stored_copy(url: str, body: bytes, headers: Mapping[Any, Any]) -> dict[str, str]:
    """A robots.txt as `read_copy` finds it in the memory."""
    return {
        "url": url,
        "body": body.decode("latin-1"),
        "etag": _text(headers.get("ETag")),
        "modified": _text(headers.get("Last-Modified")),
    }


def _text(value: bytes | str | None) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value or ""
