"""What a person expects of a run (`NEWSCRAWL_EXPECTATIONS=file`), and what of it is unmet. Reads the ledger's counts; counts nothing itself.

An INI file: `[default]` for every site, a section a site (named as in `sites`) that adds to it or overrides it, and `[run]` for all sites together:

    [default]
    min_records = 1         ; records written by this run, new or changed
    max_failures = 10%      ; addresses asked for and not had: a share of all that were asked for, or a number
    [https://a.example]
    min_new_per_day = 20    ; new articles: with a memory in the last 24 hours, else in this run
    [run]
    max_seconds = 3600      ; from the first request to the end; only here
"""

from __future__ import annotations

import configparser
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from newscrawl.outcomes import REASONS, Outcome

NAMES = ("min_records", "min_new_per_day", "max_failures", "max_seconds")
_DEFAULT, _RUN = "default", "run"
_ASKED = frozenset({Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED, Outcome.FAILED})


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line of the file. site: as in `sites`, or "" for all together. name: of `NAMES`. wanted: a bound; a share in 0..1 where is_share."""

    site: str
    name: str
    wanted: float
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """An expectation, and how it came out. found: the figure, or the share, that it is about."""

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
        return f"{one.site or 'all sites'}: {one.name} {_figure(one.wanted, one.is_share)}, and it was {_figure(self.found, one.is_share)}"


def _figure(value: float, is_share: bool) -> str:
    return f"{100 * value:.1f} %" if is_share else f"{value:g}"


def read_expectations(path: str, sites: Iterable[str]) -> tuple[Expectation, ...]:
    """The expectations of a file for the sites of this run. ValueError names everything that is wrong with it."""
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
        raise ValueError(f"the file of expectations {path!r} cannot be read: {error}") from None
    except configparser.Error as error:
        raise ValueError(f"the file of expectations {path!r}: {' '.join(str(error).split())}") from None
    names = list(sites)
    faults: list[str] = []
    bounds: dict[str, dict[str, tuple[float, bool]]] = {}
    for section in parser.sections():
        if section not in (_DEFAULT, _RUN, *names):
            near = get_close_matches(section, [_DEFAULT, _RUN, *names], 1)
            faults.append(f"[{section}] is no site of this run" + (f" (did you mean [{near[0]}]?)" if near else ""))
        bounds[section] = {}
        for name, text in parser.items(section):
            if name not in NAMES or (name == "max_seconds" and section != _RUN):
                near = get_close_matches(name, NAMES, 1) if name not in NAMES else []
                hint = (
                    f"did you mean {near[0]!r}?"
                    if near
                    else "it belongs under [run]"
                    if name in NAMES
                    else f"there are {', '.join(NAMES)}"
                )
                faults.append(f"[{section}] {name!r} is no expectation of a site ({hint})")
                continue
            try:
                bounds[section][name] = _bound(name, text)
            except ValueError as error:
                faults.append(f"[{section}] {error}")
    if faults:
        raise ValueError(f"the file of expectations {path!r}: " + "; ".join(faults))
    found = []
    for site, wanted in ((s, {**bounds.get(_DEFAULT, {}), **bounds.get(s, {})}) for s in names):
        found += [Expectation(site, name, *bound) for name, bound in wanted.items()]
    return (*found, *(Expectation("", name, *bound) for name, bound in bounds.get(_RUN, {}).items()))


def _bound(name: str, text: str) -> tuple[float, bool]:
    value = text.strip()
    is_share = value.endswith("%") and name == "max_failures"
    try:
        number = float(value[:-1]) / 100 if is_share else float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf or (is_share and number > 1):
        raise ValueError(
            f"{name} = {text!r} is not a number of 0 or more" + (", or a share (10%)" if name == "max_failures" else "")
        )
    return number, is_share


def check_expectations(
    expectations: Iterable[Expectation],
    counts: Mapping[str, Mapping[str, int]],
    seconds: float,
    new_per_day: Callable[[str], int] | None = None,
) -> list[Checked]:
    """How each expectation came out. counts: site -> reason -> URLs, as `Ledger.table`. new_per_day: asked for a site's new articles of the last
    24 hours where there is a memory; without one this run's count."""
    return [Checked(one, _found(one, counts, seconds, new_per_day)) for one in expectations]


def _found(
    one: Expectation, counts: Mapping[str, Mapping[str, int]], seconds: float, new_per_day: Callable[[str], int] | None
) -> float:
    if one.name == "max_seconds":
        return seconds
    sites = [one.site] if one.site else list(counts)
    if one.name == "min_new_per_day":
        return sum(
            new_per_day(site) if new_per_day is not None else counts.get(site, {}).get("Recorded", 0) for site in sites
        )
    outcomes: dict[Outcome, int] = dict.fromkeys(Outcome, 0)
    for site in sites:
        for reason, count in counts.get(site, {}).items():
            outcomes[REASONS[reason].outcome] += count
    if one.name == "min_records":
        return outcomes[Outcome.RECORDED]
    asked = sum(outcomes[outcome] for outcome in _ASKED)
    return (
        outcomes[Outcome.FAILED] / asked
        if one.is_share and asked
        else 0.0
        if one.is_share
        else outcomes[Outcome.FAILED]
    )
