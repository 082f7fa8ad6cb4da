"""W3C TDM Reservation Protocol (TDMRep): header, <meta> and /.well-known/tdmrep.json.

<meta> takes precedence over the header, and the header over the file (section "Processing priority"). In the file, the
first matching rule counts. A value other than 0 and 1 states nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newscrawl.rights.paths import applies_to

__all__ = ["MAX_FILE", "Reservation", "TdmRule", "file_rules", "reservation_of", "rule_for", "stated_reservation"]

#: Bytes of the largest tdmrep.json that is read.
MAX_FILE = 256 * 1024
#: Rules that are read of a file, and characters of a policy URL.
_MAX_RULES, _MAX_POLICY = 2_000, 2_000


@dataclass(frozen=True, slots=True)
class Reservation:
    """What one source states. reserved: None if it states nothing readable."""

    reserved: bool | None = None
    policy: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class TdmRule:
    """A rule of tdmrep.json. location: a path pattern, with a host if the file gives one."""

    location: str
    reserved: bool
    policy: str | None = None


def stated_reservation(meta: Mapping[str, Sequence[str]], headers: Mapping[str, str]) -> Reservation:
    """What a page states in its <meta> elements, otherwise in its headers (names in lower case)."""
    return reservation_of(
        Reservation(_any(meta.get("tdm-reservation", ())), _first(meta.get("tdm-policy", ())), "meta"),
        Reservation(
            _any(headers.get("tdm-reservation", "").split(",")), _first([headers.get("tdm-policy", "")]), "header"
        ),
    )


def reservation_of(*sources: Reservation) -> Reservation:
    """Combine several sources: for each value, the first source that states it wins.

    The policy is dropped if the winning source states that nothing is reserved.
    """
    stated = next((one for one in sources if one.reserved is not None), Reservation())
    policy = next((one for one in sources if one.policy), Reservation())
    if stated.reserved is None:
        return Reservation(None, policy.policy, policy.source)
    return Reservation(stated.reserved, policy.policy if stated.reserved else None, stated.source)


def file_rules(body: bytes) -> tuple[TdmRule, ...]:
    """The rules of a tdmrep.json in order, without unreadable ones. Raises ValueError if it is not a list of rules."""
    if len(body) > MAX_FILE:
        raise ValueError(f"the file is larger than {MAX_FILE} bytes")
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error
    if isinstance(value, dict):  # some publishers forget the brackets
        value = [value]
    if not isinstance(value, list):
        raise ValueError("the file is not a list of rules")
    rules = []
    for entry in value[:_MAX_RULES]:
        location = entry.get("location") if isinstance(entry, dict) else None
        reserved = _value(entry.get("tdm-reservation")) if isinstance(entry, dict) else None
        if isinstance(location, str) and location.strip() and reserved is not None:
            location = location.strip()
            rules.append(
                TdmRule(
                    location if location[0] in "/*" or "://" in location else "/" + location,
                    reserved,
                    _first([entry.get("tdm-policy")]),
                )
            )
    return tuple(rules)


def rule_for(rules: Iterable[TdmRule], url: str) -> Reservation:
    """What a file states about a page: the first matching rule; an empty `Reservation` if none matches."""
    for rule in rules:
        if applies_to(rule.location, url):
            return Reservation(rule.reserved, rule.policy, "tdmrep.json")
    return Reservation()


def _value(value: Any) -> bool | None:
    text = str(int(value) if isinstance(value, bool) else value).strip()
    return {"0": False, "1": True}.get(text)


def _any(values: Iterable[str]) -> bool | None:
    """The most restrictive of several values."""
    found = {_value(value) for value in values} - {None}
    return max(found) if found else None  # type: ignore[type-var]


def _first(values: Iterable[Any]) -> str | None:
    return next((value.strip()[:_MAX_POLICY] for value in values if isinstance(value, str) and value.strip()), None)
