"""The spider's arguments: `-a sites=… -a limit=… -a since=…`. Requests nothing and resolves no name.

Values are texts, as on the command line, or from Python also lists, numbers, dates and timedeltas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from newscrawl.crawl.nouns.site_table import SiteTable
from newscrawl.discover.address import is_private_host, parse_site, site_of
from newscrawl.sites import SiteOptions, Wanted, read_sites_file
from newscrawl.sites.values import read_limit
from newscrawl.sites.wanted import WANTED, read_wanted
from newscrawl.urls import split, without_credentials

#: Argument -> what it means, for the docs and the command line.
HELP = {
    "sites": "URLs separated by commas, or the path of a file with one a line (`#` starts a comment), or of a sites "
    "file (`.toml`). A URL with a path stands for that section. Without a scheme, https is tried, then http",
    "urls": "exactly these pages and no others: URLs, or the path of a file with one a line. `sites` may then name a "
    "sites file, for how they are fetched and read",
    "limit": "the number of articles to record of each site; the newest are wanted",
    "since": "only what was published since: a span back from now (`90m`, `24h`, `7d`, `2w`) or a date (`2026-11-01`, "
    "`2026-11-01T06:00:00+01:00`; UTC when no offset is given). A published date without a time stands for its whole "
    "day. Articles without a date are refused",
    "until": "only what was published until then, written like `since`; a date stands for the end of its day",
    "languages": "only articles in these languages: `en,pt-BR`; a region counts where the page states one. What is in "
    "no language that can be told is kept",
    "match": "only articles with one of these words or phrases in headline or text: `flood*, storm surge`; `*` stands "
    "for any ending",
    "include": "only articles whose URL has one of these regular expressions: `/politics/,/economy/`",
    "exclude": "no articles whose URL has one of these regular expressions",
}
NAMES = tuple(HELP)
#: Endings of a text that looks like the path of a file.
_FILES = (".txt", ".list", ".csv", ".conf", ".toml")
#: A line of a sites file.
_TABLE = re.compile(r"""\s*\[\s*(?:default\b|sites\s*\.|"sites"|'sites')""")
_WITH_SCHEME = re.compile(r"\s*,\s*(?=https?://)|\s+", re.IGNORECASE)


#: Faults of a list that are told; of the others, how many there are.
_TOLD = 5


class _PrivateHost(ValueError):
    """The host is loopback, private or reserved."""


@dataclass(frozen=True)
class UnusableLine:
    """A line of a list of pages that cannot be requested. url: the line without credentials. reason: of `REASONS`."""

    list: str
    url: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Arguments:
    """What to crawl.

    sites: name as given -> its options. urls: name of a site -> the pages that are wanted of it and no others, or None
    where sites are crawled. limit, wanted: what the arguments say of all sites. unusable: lines of a list of pages that
    cannot be requested.
    """

    sites: dict[str, SiteOptions]
    urls: dict[str, tuple[str, ...]] | None = None
    limit: int | None = None
    wanted: Wanted = field(default_factory=Wanted)
    unusable: tuple[UnusableLine, ...] = ()


def parse_arguments(given: Mapping[str, Any], allow_private: bool, now: datetime) -> Arguments:
    """Read all arguments. Raises one ValueError that names everything that is wrong.

    Names that begin with "_" are those of a scheduler (scrapyd's `_job`) and are ignored.
    """
    faults = [_unknown(name) for name in given if name not in NAMES and not name.startswith("_")]

    def read(name: str, reader: Callable[[Any], Any], value: Any) -> Any:
        try:
            return reader(value)
        except ValueError as error:
            faults.append(str(error))
            return None

    limit = read("limit", read_limit, given["limit"]) if given.get("limit") is not None else None
    wanted = read("wanted", lambda value: read_wanted(value, now), given) or Wanted()
    of_all = {name: given[name] for name in ("limit", *WANTED) if given.get(name) is not None}
    sites: dict[str, SiteOptions] = {}
    urls, unusable = None, ()
    if is_sites_file(given.get("sites")):
        if not faults:
            sites = read("sites", lambda path: _from_file(path, now, of_all, allow_private), given["sites"]) or {}
    elif given.get("urls") is None:
        found = read("sites", lambda value: read_sites(value, allow_private), given.get("sites")) or {}
        sites = {
            name: SiteOptions(name, (url,), wanted, limit, scheme_guessed="://" not in name)
            for name, url in found.items()
        }
    elif given.get("sites") is not None:
        faults.append("urls names the pages, so sites may only be a sites file (.toml)")
    if given.get("urls") is not None and not faults:
        pages, unusable = read("urls", lambda value: read_urls(value, allow_private), given["urls"]) or ([], ())
        sites, urls = _by_site(pages, sites, SiteOptions("", (), wanted, limit))
    if faults:
        raise ValueError("; ".join(faults))
    return Arguments(sites, urls, limit, wanted, unusable)


def _unknown(name: str) -> str:
    near = get_close_matches(name, NAMES, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(NAMES)}"
    return f"unknown argument {name!r} ({hint})"


def is_sites_file(value: object) -> bool:
    """Is this argument the path of a sites file?"""
    return isinstance(value, (str, Path)) and str(value).strip().lower().endswith(".toml") and "," not in str(value)


def _from_file(path: str, now: datetime, of_all: Mapping[str, Any], allow_private: bool) -> dict[str, SiteOptions]:
    """The sites of a sites file, their start URLs absolute."""
    found: dict[str, SiteOptions] = {}
    faults: list[str] = []
    for site in read_sites_file(str(path).strip(), now, of_all):
        start = []
        for text in site.start:
            try:
                start.append(_usable(text, allow_private))
            except ValueError as error:
                faults.append(f"{path}, {site.name}: {error}")
        if site.without_rules:
            from newscrawl.strip import RULES  # costs time: for those who switch a rule off

            if unknown := sorted(set(site.without_rules) - RULES.keys()):
                known = ", ".join(RULES)
                faults.append(f"{path}, {site.name}: no such rule: {', '.join(unknown)} (the rules are {known})")
        is_guessed = all("://" not in text for text in site.start)
        twins = [other.name for other in found.values() if set(other.start) & set(start)]
        if twins:
            faults.append(f"{path}, {site.name}: begins where {twins[0]} does: write one table for both")
        found[site.name] = replace(site, start=tuple(dict.fromkeys(start)), scheme_guessed=is_guessed)
    if faults:
        raise ValueError("; ".join(faults))
    return found


def read_sites_table(path: str, allow_private: bool = False) -> SiteTable:
    """The sites of a sites file, to be found by URL. Raises ValueError."""
    table = SiteTable()
    table.fill(_from_file(path, datetime.now(timezone.utc), {}, allow_private).values())
    return table


def read_sites(value: str | Iterable[str] | None, allow_private: bool = False) -> dict[str, str]:
    """Read `sites`: URLs separated by commas, the path of a file with one a line, or a list. Returns name -> start URL.

    In the file, "#" starts a comment, on a line of its own or after white space. Raises ValueError that names every
    site that cannot be used, with its line.
    """
    sites: dict[str, str] = {}
    for name, url in _usable_entries(_entries(value, "sites", lambda text: text.split(",")), allow_private):
        if url not in sites.values():
            sites[name] = url
    if not sites:
        raise ValueError(
            "no sites: give -a sites=https://a.example,https://b.example or the path of a file with one a line"
        )
    return sites


def read_urls(value: str | Iterable[str], allow_private: bool = False) -> tuple[list[str], tuple[UnusableLine, ...]]:
    """Read `urls`: URLs separated by white space or commas, the path of a file with one a line, or a list.

    Returns the URLs, and the lines of a file that cannot be used. Raises ValueError where none can be used, or where
    one cannot that does not stand in a file.
    """
    unusable: list[UnusableLine] = []
    entries = _entries(value, "urls", _WITH_SCHEME.split)
    found = _usable_entries(
        entries, allow_private, lambda *fault: unusable.append(UnusableLine(str(value).strip(), *fault))
    )
    urls = list(dict.fromkeys(url for _, url in found))
    if not urls and unusable:
        raise ValueError(_first([line.detail for line in unusable]))
    if not urls:
        raise ValueError("no urls: give -a urls=https://a.example/news/1 or the path of a file with one a line")
    return urls, tuple(unusable)


def _usable_entries(
    entries: Iterable[tuple[str, str]], allow_private: bool, leave: Callable[[str, str, str], Any] | None = None
) -> Iterator[tuple[str, str]]:
    """Each entry, and its URL. Raises one ValueError that names those that cannot be used.

    leave: called with text, reason and detail of a line that cannot be used, which then is no error.
    """
    faults = []
    for where, text in entries:
        try:
            yield text, _usable(text, allow_private)
        except ValueError as error:
            detail = without_credentials(where + str(error))
            if leave is None or not where:
                faults.append(detail)
            else:
                reason = "PrivateAddress" if isinstance(error, _PrivateHost) else "NotAnArticleUrl"
                leave(without_credentials(text), reason, detail)
    if faults:
        raise ValueError(_first(faults))


def _first(faults: Sequence[str]) -> str:
    more = f"; and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
    return "; ".join(faults[:_TOLD]) + more


def _usable(text: str, allow_private: bool) -> str:
    if _looks_like_path(text):
        raise ValueError(f"{text!r} looks like a file: one sites file or list at a time, and nothing beside it")
    url = parse_site(text)
    host = split(url).hostname or ""
    if not allow_private and is_private_host(host):
        why = f"{host} is a loopback, private or reserved address"
        raise _PrivateHost(f"{text!r} is refused: {why} (the setting NEWSCRAWL_ALLOW_PRIVATE=1 allows it)")
    return url


def _entries(
    value: str | Iterable[str] | None, what: str, divide: Callable[[str], list[str]]
) -> Iterator[tuple[str, str]]:
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
            raise ValueError(f"the file of {what} {text!r} does not exist")
        yield from (("", entry.strip()) for entry in divide(text) if entry.strip())
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the file of {what} {text!r} cannot be read: {error}") from None
    if any(map(_TABLE.match, lines)):
        raise ValueError(f"{text!r} has tables like a sites file, whose name must end in .toml")
    for number, line in enumerate(lines, 1):
        entry = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if entry:
            yield f"{path}, line {number}: ", entry


def _looks_like_path(text: str) -> bool:
    """Does a text that is not the path of a file look as if it should be?"""
    return "://" not in text and (text.startswith(("/", "./", "../", "~")) or text.lower().endswith(_FILES))


def _by_site(
    urls: Iterable[str], sites: Mapping[str, SiteOptions], default: SiteOptions
) -> tuple[dict[str, SiteOptions], dict[str, tuple[str, ...]]]:
    """The wanted pages by site. sites: those of the sites file; other sites get `default`, named by their domain."""
    table = SiteTable()
    table.fill(sites.values())
    found: dict[str, SiteOptions] = {}
    wanted: dict[str, list[str]] = {}
    for url in urls:
        site = table.of_url(url) or replace(default, name=site_of(url), start=(urljoin(url, "/"),))
        found.setdefault(site.name, site)
        wanted.setdefault(site.name, []).append(url)
    return found, {name: tuple(pages) for name, pages in wanted.items()}
