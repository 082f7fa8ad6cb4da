"""W3C TDM Reservation Protocol (TDMRep): header, <meta> and /.well-known/tdmrep.json.

Of the three, <meta> goes before the header and the header before the file (section "Processing priority"); in the file the first rule that matches
counts. A value that is neither 0 nor 1 states nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newscrawl.rights.paths import holds_for

__all__ = ["MAX_FILE", "Reservation", "TdmRule", "file_rules", "reservation_of", "rule_for", "stated_reservation"]

#: Bytes of a tdmrep.json that are read, and rules of it.
MAX_FILE, _MAX_RULES, _MAX_POLICY = 256 * 1024, 2_000, 2_000


@dataclass(frozen=True, slots=True)
class Reservation:
    """What one source says. reserved: None where it says nothing that can be read."""

    reserved: bool | None = None
    policy: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class TdmRule:
    """A rule of tdmrep.json. location: a path pattern, with its host where the file has it so."""

    location: str
    reserved: bool
    policy: str | None = None


def stated_reservation(meta: Mapping[str, Sequence[str]], headers: Mapping[str, str]) -> Reservation:
    """What a page says by its <meta> elements, else by its headers (names in lower case)."""
    return reservation_of(
        Reservation(_any(meta.get("tdm-reservation", ())), _first(meta.get("tdm-policy", ())), "meta"),
        Reservation(
            _any(headers.get("tdm-reservation", "").split(",")), _first([headers.get("tdm-policy", "")]), "header"
        ),
    )


def reservation_of(*sources: Reservation) -> Reservation:
    """One of several, the first that states each value; no policy where nothing is reserved."""
    stated = next((one for one in sources if one.reserved is not None), Reservation())
    policy = next((one for one in sources if one.policy), Reservation())
    if stated.reserved is None:
        return Reservation(None, policy.policy, policy.source)
    return Reservation(stated.reserved, policy.policy if stated.reserved else None, stated.source)


def file_rules(body: bytes) -> tuple[TdmRule, ...]:
    """The rules of a tdmrep.json, in its order; those that cannot be read are left out. ValueError when it is no JSON list of them."""
    if len(body) > MAX_FILE:
        raise ValueError(f"it is larger than {MAX_FILE} bytes")
    try:
        value = json.loads(body.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if isinstance(value, dict):  # the brackets are forgotten now and then
        value = [value]
    if not isinstance(value, list):
        raise ValueError("it is no list of rules")
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
    """What a file says of a page: the first rule that matches; nothing where none does."""
    for rule in rules:
        if holds_for(rule.location, url):
            return Reservation(rule.reserved, rule.policy, "tdmrep.json")
    return Reservation()


def _value(value: Any) -> bool | None:
    text = str(int(value) if isinstance(value, bool) else value).strip()
    return {"0": False, "1": True}.get(text)


def _any(values: Iterable[str]) -> bool | None:
    """Of several values in one place the most restrictive."""
    found = {_value(value) for value in values} - {None}
    return max(found) if found else None  # type: ignore[type-var]


def _first(values: Iterable[Any]) -> str | None:
    return next((value.strip()[:_MAX_POLICY] for value in values if isinstance(value, str) and value.strip()), None)
