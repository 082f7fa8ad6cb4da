"""The sites file: a TOML file with a table for each site, and one of defaults.

    [default]
    limit = 50

    [sites."Example Times"]
    start = "https://a.example/politics/"
    cookies = {session = "$EXAMPLE_SESSION"}
    select.body = "div.story"

Values like "$NAME" or "${NAME}" in headers, cookies and proxies come from the environment.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from newscrawl.selectors import make_selectors
from newscrawl.sites.options import SiteOptions
from newscrawl.sites.values import read_limit, read_list
from newscrawl.sites.wanted import WANTED, Wanted, read_wanted
from newscrawl.units import parse_duration

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

_VARIABLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_HEADER_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
#: Headers that say how a request is sent, not what is asked for.
_NOT_SENT = frozenset({"host", "content-length", "transfer-encoding", "connection"})
_BROWSER_MODES = ("auto", "never", "always")
_PAGE_OBJECT = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


def _filled(text: object, environment: Mapping[str, str]) -> str:
    """A text with the environment's values; ValueError for a variable that is not set, or a line break."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name not in environment:
            raise ValueError(f"the environment variable {name} is not set")
        return environment[name]

    filled = _VARIABLE.sub(value, str(text))
    if "${" in filled and "${" in str(text):
        raise ValueError("${ is not closed: write ${NAME}")
    if re.search(r"[\r\n\0]", filled):
        raise ValueError("it contains a line break")
    return filled


def _pairs(value: object, environment: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError('must be a table, like {Name = "value"}')
    for name in value:
        if not _HEADER_NAME.fullmatch(name) or name.lower() in _NOT_SENT:
            raise ValueError(f"{name!r} cannot be a name here")
    return {name: _filled(text, environment) for name, text in value.items()}


def _proxy(value: object, environment: Mapping[str, str]) -> str:
    proxy = _filled(value, environment)
    if not re.match(r"https?://[^/]", proxy):
        raise ValueError("must be a URL like http://user:password@proxy.example:8080")
    return proxy


def _browser(value: object) -> str:
    if value not in _BROWSER_MODES:
        raise ValueError(f"must be one of {', '.join(_BROWSER_MODES)}")
    return str(value)


def _page_object(value: object) -> str:
    if not _PAGE_OBJECT.fullmatch(str(value)):
        raise ValueError("must be like mypages.example:ExamplePage")
    return str(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(read_list(value if isinstance(value, (str, list)) else [value]))


def _select(value: object) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError('must be a table, like select.body = "div.story"')
    return make_selectors(**value)


def _readers(environment: Mapping[str, str]) -> dict[str, Callable[[Any], Any]]:
    """Field of `SiteOptions` -> how its value is read."""
    return {
        "start": _texts,
        "limit": read_limit,
        "delay": lambda value: parse_duration(value, bare="s"),
        "headers": lambda value: _pairs(value, environment),
        "cookies": lambda value: _pairs(value, environment),
        "proxy": lambda value: _proxy(value, environment),
        "browser": _browser,
        "without_rules": _texts,
        "select": _select,
        "page_object": _page_object,
    }


#: Names that a site's table may have.
NAMES = (*_readers({}), *WANTED)


def read_sites_file(
    path: str | Path,
    now: datetime,
    given: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> list[SiteOptions]:
    """The sites of a file, in its order. given: arguments that hold for every site, whatever the file says.

    `start` is as the person wrote it: whoever requests it must check it. Raises one ValueError that names everything
    that is wrong, with the site it belongs to.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:  # an editor may have put a byte order mark there
            data = tomllib.loads(file.read())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"the sites file {str(path)!r} cannot be read: {error}") from None
    faults = [
        f"{path}: unknown table {name!r} (there are default, sites)" for name in data.keys() - {"default", "sites"}
    ]
    default, sites = data.get("default", {}), data.get("sites", {})
    if not isinstance(default, dict) or not isinstance(sites, dict):
        raise ValueError(f"{path}: default and sites must be tables")
    found = []
    for name, table in sites.items():
        try:
            if not isinstance(table, dict):
                raise ValueError('must be a table, like [sites."a.example"]')
            found.append(_site(name, {**default, **table, **(given or {})}, now, environment))
        except ValueError as error:
            faults.append(f"{path}, {name}: {error}")
    if not sites:
        faults.append(f'{path}: no sites: write a table for each, like [sites."a.example"]')
    if faults:
        raise ValueError("; ".join(faults))
    return found


def _site(name: str, table: Mapping[str, Any], now: datetime, environment: Mapping[str, str]) -> SiteOptions:
    faults = [_unknown(key) for key in table if key not in NAMES]
    if not name.strip() or not name.isprintable():
        faults.append("a site needs a name that can be printed")
    if table.get("start") == []:
        faults.append("start: no URL is named")
    read: dict[str, Any] = {}
    for key, reader in _readers(environment).items():
        if table.get(key) is not None:
            try:
                read[key] = reader(table[key])
            except (ValueError, TypeError) as error:
                faults.append(str(error) if str(error).startswith(f"{key}=") else f"{key}: {error}")
    wanted = Wanted()
    try:
        wanted = read_wanted({key: table[key] for key in WANTED if key in table}, now)
    except ValueError as error:
        faults.append(str(error))
    if faults:
        raise ValueError("; ".join(faults))
    if "select" in read:
        read["selectors"] = read.pop("select")
    return SiteOptions(name, read.pop("start", None) or (name,), wanted, **read)


def _unknown(key: str) -> str:
    near = get_close_matches(key, NAMES, 1)
    return f"unknown name {key!r} " + (f"(did you mean {near[0]!r}?)" if near else f"(there are {', '.join(NAMES)})")
