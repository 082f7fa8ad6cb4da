"""The spider's arguments: `-a sites=… -a limit=… -a since=…`. Requests nothing and resolves no name.

Values are texts, as on the command line, or from Python also lists, numbers, dates and timedeltas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from newscrawl.discover.address import is_private_host, parse_site
from newscrawl.units import parse_duration
from newscrawl.urls import split

NAMES = ("sites", "limit", "since")
_SPAN = re.compile(r"[\d.]+\s*[A-Za-z]+")
_LONGEST = timedelta(days=200 * 366)
#: Endings of a text that looks like the path of a file.
_FILES = (".txt", ".list", ".csv", ".conf", ".toml")


@dataclass(frozen=True)
class Arguments:
    """What to crawl. sites: name as given -> start URL. limit: records a site. since: aware, or None."""

    sites: dict[str, str]
    limit: int | None = None
    since: datetime | None = None


def parse_arguments(given: Mapping[str, Any], allow_private: bool, now: datetime) -> Arguments:
    """Read all arguments. Raises one ValueError that names everything that is wrong.

    Names that begin with "_" are those of a scheduler (scrapyd's `_job`) and are ignored.
    """
    faults = [_unknown(name) for name in given if name not in NAMES and not name.startswith("_")]

    def read(name: str, reader: Callable[[Any], Any]) -> Any:
        if given.get(name) is None and name != "sites":
            return None
        try:
            return reader(given.get(name))
        except ValueError as error:
            faults.append(str(error))
            return None

    sites = read("sites", lambda value: read_sites(value, allow_private))
    limit = read("limit", read_limit)
    since = read("since", lambda value: read_since(value, now))
    if faults:
        raise ValueError("; ".join(faults))
    return Arguments(sites, limit, since)


def _unknown(name: str) -> str:
    near = get_close_matches(name, NAMES, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(NAMES)}"
    return f"unknown argument {name!r} ({hint})"


def read_sites(value: str | Iterable[str] | None, allow_private: bool = False) -> dict[str, str]:
    """Read `sites`: URLs separated by commas, the path of a file with one a line, or a list. Returns name -> start URL.

    In the file, "#" starts a comment, on a line of its own or after white space. Raises ValueError that names every
    site that cannot be used, with its line.
    """
    sites: dict[str, str] = {}
    urls: set[str] = set()
    faults: list[str] = []
    for where, name in _entries(value):
        try:
            url = parse_site(name)
        except ValueError as error:
            faults.append(where + str(error))
            continue
        host = split(url).hostname or ""
        if not allow_private and is_private_host(host):
            why = f"{host} is a loopback, private or reserved address"
            faults.append(f"{where}{name!r} is refused: {why} (the setting NEWSCRAWL_ALLOW_PRIVATE=1 allows it)")
        elif url not in urls:
            urls.add(url)
            sites[name] = url
    if faults:
        raise ValueError("; ".join(faults))
    if not sites:
        raise ValueError(
            "no sites: give -a sites=https://a.example,https://b.example or the path of a file with one a line"
        )
    return sites


def _entries(value: str | Iterable[str] | None) -> Iterator[tuple[str, str]]:
    """Each entry, with the prefix of a message that says where it is."""
    if value is not None and not isinstance(value, (str, Path)):
        yield from (("", str(entry).strip()) for entry in value if str(entry).strip())
        return
    text = str(value or "").strip()
    path = Path(text)
    try:
        is_file = bool(text) and path.is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file:
        if "," not in text and _looks_like_path(text):
            raise ValueError(f"the file of sites {text!r} does not exist")
        yield from (("", entry.strip()) for entry in text.split(",") if entry.strip())
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the file of sites {text!r} cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        entry = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if entry:
            yield f"{path}, line {number}: ", entry


def _looks_like_path(text: str) -> bool:
    """Does a text that is not the path of a file look as if it should be?"""
    return "://" not in text and (text.startswith(("/", "./", "../", "~")) or text.lower().endswith(_FILES))


def read_limit(value: object) -> int:
    """Read `limit`: a whole number, 1 or more."""
    try:
        limit = 0 if isinstance(value, (bool, float)) else int(str(value))
    except ValueError:
        limit = 0
    if limit < 1:
        raise ValueError(f"limit={value!r} must be a whole number of 1 or more")
    return limit


def read_since(value: str | date | timedelta, now: datetime) -> datetime:
    """Read `since`: a span back from now ("90m", "24h", "7d", "2w"; `m` is a minute), or an ISO 8601 date or time.

    A date without an offset is in UTC.
    """
    if isinstance(value, timedelta):
        return _back(value, value, now)
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    else:
        text = str(value).strip()
        try:
            if _SPAN.fullmatch(text):
                return _back(value, timedelta(seconds=parse_duration(text)), now)
            moment = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in "Zz" and text else text)
        except OverflowError:
            raise ValueError(f"since={value!r} is too far back") from None
        except ValueError as error:
            if "too far" in str(error):
                raise
            raise ValueError(f"since={value!r} must be a span (24h, 7d, 2w) or a date (2026-11-01)") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    if moment > now:
        raise ValueError(f"since={value!r} is in the future")
    return moment


def _back(value: object, span: timedelta, now: datetime) -> datetime:
    if not timedelta(0) <= span <= _LONGEST:
        raise ValueError(f"since={value!r} is too far back")
    return now - span
