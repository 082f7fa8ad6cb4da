"""The spider's arguments: `-a sites=… -a limit=… -a since=…`. Requests nothing and resolves no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.discover.address import is_private_host, parse_site

NAMES = ("sites", "limit", "since")
_SPAN = re.compile(r"(\d+)\s*([hdwm])", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_MAX_MINUTES = 200 * 366 * 24 * 60


@dataclass(frozen=True)
class Arguments:
    """What to crawl. sites: name as given -> start URL. limit: records a site. since: aware, or None."""

    sites: dict[str, str]
    limit: int | None = None
    since: datetime | None = None


def parse_arguments(given: Mapping[str, str], allow_private: bool, now: datetime) -> Arguments:
    """Read all arguments. Raises one ValueError that names everything that is wrong."""
    faults: list[str] = []
    for name in given:
        if name not in NAMES:
            near = get_close_matches(name, NAMES, 1)
            faults.append(
                f"unknown argument {name!r}"
                + (f" (did you mean {near[0]!r}?)" if near else f" (there are {', '.join(NAMES)})")
            )
    sites: dict[str, str] = {}
    limit = since = None
    try:
        sites = read_sites(given.get("sites", ""), allow_private)
    except ValueError as error:
        faults.append(str(error))
    for name, read in (("limit", read_limit), ("since", None)):
        text = given.get(name)
        if text is None:
            continue
        try:
            if read is not None:
                limit = read(text)
            else:
                since = read_since(text, now)
        except ValueError as error:
            faults.append(str(error))
    if faults:
        raise ValueError("; ".join(faults))
    return Arguments(sites, limit, since)


def read_sites(text: str, allow_private: bool = False) -> dict[str, str]:
    """Read `sites`:

    URLs separated by commas, or the path of a file with one a line. Returns name as given -> start URL.

    In the file, "#" starts a comment, on a line of its own or after white space. Raises ValueError that names every
    site that cannot be used, with its line.
    """
    sites: dict[str, str] = {}
    addresses: set[str] = set()
    faults: list[str] = []
    for where, name in _entries(text):
        try:
            address = parse_site(name)
        except ValueError as error:
            faults.append(where + str(error))
            continue
        host = urlsplit(address).hostname or ""
        if not allow_private and is_private_host(host):
            why = f"{host} is a loopback, private or reserved address"
            faults.append(f"{where}{name!r} is refused: {why} (the setting NEWSCRAWL_ALLOW_PRIVATE=1 allows it)")
        elif address not in addresses:
            addresses.add(address)
            sites[name] = address
    if faults:
        raise ValueError("; ".join(faults))
    if not sites:
        raise ValueError(
            "no sites: give -a sites=https://a.example,https://b.example or the path of a file with one a line"
        )
    return sites


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Each entry, with the prefix of a message that says where it is."""
    path = Path(text.strip())
    try:
        is_file = bool(text.strip()) and path.is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file:
        if "," not in text and _looks_like_path(text.strip()):
            raise ValueError(f"the file of sites {text.strip()!r} does not exist")
        yield from (("", entry.strip()) for entry in text.split(",") if entry.strip())
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the file of sites {text.strip()!r} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        entry = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if entry:
            yield f"{path}, line {number}: ", entry


def _looks_like_path(text: str) -> bool:
    """Does a text that is not the path of a file look as if it should be?"""
    return "://" not in text and (
        text.startswith(("/", "./", "../", "~")) or text.lower().endswith((".txt", ".list", ".csv", ".conf"))
    )


def read_limit(text: str) -> int:
    """Read `limit`: a whole number, 1 or more."""
    try:
        limit = int(text)
    except ValueError:
        limit = 0
    if limit < 1:
        raise ValueError(f"limit={text!r} must be a whole number of 1 or more")
    return limit


def read_since(text: str, now: datetime) -> datetime:
    """Read `since`: a span back from now ("90m", "24h", "7d", "2w"), or an ISO 8601 date or time.

    A date without an offset is in UTC.
    """
    value = text.strip()
    span = _SPAN.fullmatch(value)
    if span:
        back = (
            timedelta(**{_UNITS[span.group(2).lower()]: min(int(span.group(1)), _MAX_MINUTES)})
            if len(span.group(1)) < 9
            else None
        )
        if back is None or back > timedelta(minutes=_MAX_MINUTES):
            raise ValueError(f"since={text!r} is too far back")
        return now - back
    try:
        date = datetime.fromisoformat(value[:-1] + "+00:00" if value[-1:] in "Zz" and value else value)
    except ValueError:
        raise ValueError(f"since={text!r} must be a span (24h, 7d, 2w) or a date (2026-11-01)") from None
    date = date if date.tzinfo else date.replace(tzinfo=timezone.utc)
    if date > now:
        raise ValueError(f"since={text!r} is in the future")
    return date
