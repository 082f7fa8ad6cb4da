"""What a person expects of a run (`NEWSCRAWL_EXPECTATIONS=file`), and which expectations are unmet.

Reads the ledger's counts and counts nothing itself. The file is an INI file: `[default]` applies to every site, a
section named like a site (as in `sites`) adds to it or overrides it, and `[run]` applies to all sites together:

    [default]
    min_records = 1         ; records written by this run, new or changed
    max_failures = 10%      ; URLs that could not be fetched: a share of all that were requested, or a number
    [https://a.example]
    min_new_per_day = 20    ; new articles: with a memory in the last 24 hours, else in this run
    [run]
    max_seconds = 3600      ; from the first request to the end; only here
"""

from __future__ import annotations

import configparser
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from newscrawl.outcomes import REASONS, Outcome

NAMES = ("min_records", "min_new_per_day", "max_failures", "max_seconds")
_DEFAULT, _RUN = "default", "run"
_REQUESTED = (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED, Outcome.FAILED)

#: A bound, and whether it is a share.
Bound = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line of the file.

    site: as in `sites`, or "" for all together. name: of `NAMES`. wanted: the bound; a share in 0..1 where is_share.
    """

    site: str
    name: str
    wanted: float
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """An expectation and how it came out. found: the figure, or the share, that the expectation bounds."""

    expectation: Expectation
    found: float

    @property
    def is_met(self) -> bool:
        """Is the bound kept?"""
        wanted = self.expectation.wanted
        return self.found >= wanted if self.expectation.name.startswith("min_") else self.found <= wanted

    def __str__(self) -> str:
        """One line for a person."""
        one = self.expectation
        wanted, found = _figure(one.wanted, one.is_share), _figure(self.found, one.is_share)
        return f"{one.site or 'all sites'}: {one.name} should be {wanted}, but was {found}"


def _figure(value: float, is_share: bool) -> str:
    return f"{100 * value:.1f} %" if is_share else f"{value:g}"


def read_expectations(path: str, sites: Iterable[str]) -> tuple[Expectation, ...]:
    """The expectations of a file for the sites of this run. Raises ValueError that names everything that is wrong."""
    names = list(sites)
    bounds: dict[str, dict[str, Bound]] = {}
    faults: list[str] = []
    parser = _parse(path)
    for section in parser.sections():
        if section not in (_DEFAULT, _RUN, *names):
            near = get_close_matches(section, [_DEFAULT, _RUN, *names], 1)
            faults.append(f"[{section}] is not a site of this run" + (f" (did you mean [{near[0]}]?)" if near else ""))
        bounds[section] = _bounds(section, parser.items(section), faults)
    if faults:
        raise ValueError(f"the expectations file {path!r}: " + "; ".join(faults))
    found: list[Expectation] = []
    for site in names:
        wanted = {**bounds.get(_DEFAULT, {}), **bounds.get(site, {})}
        found += [Expectation(site, name, *bound) for name, bound in wanted.items()]
    return (*found, *(Expectation("", name, *bound) for name, bound in bounds.get(_RUN, {}).items()))


def _parse(path: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(
        interpolation=None,
        default_section="\0",
        inline_comment_prefixes=("#", ";"),
        comment_prefixes=("#", ";"),
        delimiters=("=",),
    )
    try:
        with open(path, encoding="utf-8-sig") as file:
            parser.read_file(file)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the expectations file {path!r} cannot be read: {error}") from None
    except configparser.Error as error:
        raise ValueError(f"the expectations file {path!r}: {' '.join(str(error).split())}") from None
    return parser


def _bounds(section: str, items: Sequence[tuple[str, str]], faults: list[str]) -> dict[str, Bound]:
    """The bounds of a section by name. What is wrong with it is added to `faults`."""
    bounds: dict[str, Bound] = {}
    for name, text in items:
        if name not in NAMES or (name == "max_seconds" and section != _RUN):
            near = get_close_matches(name, NAMES, 1) if name not in NAMES else []
            hint = f"choose from {', '.join(NAMES)}"
            if near:
                hint = f"did you mean {near[0]!r}?"
            elif name in NAMES:
                hint = "it belongs under [run]"
            faults.append(f"[{section}] {name!r} is not an expectation of a site ({hint})")
            continue
        try:
            bounds[name] = _bound(name, text)
        except ValueError as error:
            faults.append(f"[{section}] {error}")
    return bounds


def _bound(name: str, text: str) -> Bound:
    value = text.strip()
    is_share = value.endswith("%") and name == "max_failures"
    try:
        number = float(value[:-1]) / 100 if is_share else float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf or (is_share and number > 1):
        or_share = ", or a share (10%)" if name == "max_failures" else ""
        raise ValueError(f"{name} = {text!r} must be a number of 0 or more" + or_share)
    return number, is_share


def check_expectations(
    expectations: Iterable[Expectation],
    counts: Mapping[str, Mapping[str, int]],
    seconds: float,
    new_per_day: Callable[[str], int] | None = None,
) -> list[Checked]:
    """How each expectation came out.

    counts: site -> reason -> number of URLs, as `Ledger.table`. new_per_day: a site's new articles of the last 24
    hours, by the memory; without one, those of this run count.
    """
    return [Checked(one, _found(one, counts, seconds, new_per_day)) for one in expectations]


def _found(
    one: Expectation,
    counts: Mapping[str, Mapping[str, int]],
    seconds: float,
    new_per_day: Callable[[str], int] | None,
) -> float:
    if one.name == "max_seconds":
        return seconds
    sites = [one.site] if one.site else list(counts)
    if one.name == "min_new_per_day":
        in_run = {site: counts.get(site, {}).get("Recorded", 0) for site in sites}
        return sum(new_per_day(site) if new_per_day is not None else in_run[site] for site in sites)
    outcomes: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
    for site in sites:
        for reason, count in counts.get(site, {}).items():
            outcomes[REASONS[reason].outcome] += count
    if one.name == "min_records":
        return outcomes[Outcome.RECORDED]
    failed = outcomes[Outcome.FAILED]
    if not one.is_share:
        return failed
    requested = sum(outcomes[outcome] for outcome in _REQUESTED)
    return failed / requested if requested else 0.0
