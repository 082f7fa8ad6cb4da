"""What a run is expected to bring, site by site, from a file. Reads no ledger.

`NEWSCRAWL_EXPECTATIONS`: a JSON file, {"default": {...}, "sites": {"https://a.example": {...}}}; a site's own come before the default ones:
    min_new_per_day   new records of the last 24 hours at least, by the memory; without one, of this run
    min_records       records of this run at least
    max_failures      addresses that could not be had at most: a number, or a share of those asked for where it is below 1
    max_seconds       the run's duration at most
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

NAMES = ("min_new_per_day", "min_records", "max_failures", "max_seconds")


@dataclass(frozen=True)
class Figures:
    """What a site's expectations are held against. new_per_day: None where the memory is younger than a day."""

    records: int
    new_per_day: int | None
    failures: int
    asked: int
    seconds: float


@dataclass(frozen=True)
class Expectations:
    """default: for every site; sites: for single ones, by the name they are given to the run."""

    default: Mapping[str, float]
    sites: Mapping[str, Mapping[str, float]]

    def of(self, site: str) -> dict[str, float]:
        """What is expected of a site."""
        return {**self.default, **self.sites.get(site, {})}

    def unmet(self, site: str, figures: Figures) -> Iterator[str]:
        """What a site has not met, a line each."""
        for name, bound in self.of(site).items():
            if name == "min_new_per_day" and figures.new_per_day is not None and figures.new_per_day < bound:
                yield f"{site}: {figures.new_per_day} new records in 24 hours, {bound:g} expected"
            elif name == "min_records" and figures.records < bound:
                yield f"{site}: {figures.records} records, {bound:g} expected"
            elif name == "max_failures" and figures.failures > (bound * figures.asked if bound < 1 else bound):
                yield f"{site}: {figures.failures} of {figures.asked} addresses could not be had, at most {bound:g} expected"
            elif name == "max_seconds" and figures.seconds > bound:
                yield f"{site}: {figures.seconds:.0f} seconds, at most {bound:g} expected"


def read_expectations(path: str, sites: Iterable[str] | None = None) -> Expectations:
    """Read the file; a ValueError names every fault in it, an unknown name or a site that is not in the run (`sites`) among them."""
    try:
        given = json.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ValueError(f"the file of expectations {path} cannot be read: {error}") from None
    if not isinstance(given, dict) or not given.keys() <= {"default", "sites"}:
        raise ValueError(f'{path}: an object with "default" and "sites" is expected')
    faults: list[str] = []
    default = _bounds(given.get("default", {}), "default", faults)
    by_site: dict[str, dict[str, float]] = {}
    named = given.get("sites", {})
    if not isinstance(named, dict):
        faults.append('"sites" is no object')
        named = {}
    known = None if sites is None else list(sites)
    for site, bounds in named.items():
        if known is not None and site not in known:
            near = get_close_matches(site, known, 1)
            faults.append(f"{site!r} is no site of this run" + (f" (did you mean {near[0]!r}?)" if near else ""))
        by_site[site] = _bounds(bounds, site, faults)
    if faults:
        raise ValueError(f"{path}: " + "; ".join(faults))
    return Expectations(default, by_site)


def _bounds(given: Any, where: str, faults: list[str]) -> dict[str, float]:
    if not isinstance(given, dict):
        faults.append(f"{where!r} is no object")
        return {}
    for name, value in given.items():
        if name not in NAMES:
            near = get_close_matches(name, NAMES, 1)
            faults.append(f"{where}: unknown {name!r}" + (f" (did you mean {near[0]!r}?)" if near else f" (there are {', '.join(NAMES)})"))
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
            faults.append(f"{where}: {name} is {value!r}, a number of 0 or more is expected")
    return {name: float(value) for name, value in given.items() if name in NAMES and isinstance(value, (int, float))}
