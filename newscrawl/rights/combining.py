"""Combines what a page states with what its origin states, and the statements of two pages of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newscrawl.article import Rights, RslLicense, UsageStatement
from newscrawl.rights.robots import RobotsStatements
from newscrawl.rights.tdmrep import Reservation, TdmRule, reservation_of, rule_for

__all__ = ["merged", "with_origin"]


def with_origin(
    rights: Rights,
    url: str,
    robots: RobotsStatements | None = None,
    tdm: Sequence[TdmRule] = (),
    rsl: Sequence[RslLicense] = (),
) -> Rights:
    """The rights, plus what the origin of `url` states.

    robots: from its robots.txt.
    tdm: rules of its tdmrep.json; they only count where the page itself states nothing.
    rsl: licences that its feeds state.
    """
    usage: tuple[UsageStatement, ...] = robots.usage_of(url) if robots is not None else ()
    signals: tuple[UsageStatement, ...] = robots.signals_of(url) if robots is not None else ()
    licenses = (*(robots.licenses if robots is not None else ()), *rsl)
    stated = Reservation(rights.tdm_reserved, rights.tdm_policy, rights.tdm_source)
    reservation = reservation_of(stated, rule_for(tdm, url)) if tdm else stated
    if not usage and not signals and not licenses and reservation == stated:
        return rights
    return replace(
        rights,
        tdm_reserved=reservation.reserved,
        tdm_policy=reservation.policy,
        tdm_source=reservation.source,
        content_usage=(*rights.content_usage, *usage),
        content_signal=(*rights.content_signal, *signals),
        rsl=_unique(*rights.rsl, *licenses),
    )


def merged(first: Rights | None, later: Rights | None) -> Rights | None:
    """The rights of an article on two pages: what either page reserves is reserved."""
    if first is None or later is None:
        return first or later
    moments = [moment for moment in (first.unavailable_after, later.unavailable_after) if moment is not None]
    tdm = later if later.tdm_reserved and not first.tdm_reserved else first
    return replace(
        first,
        robots=_unique(*first.robots, *later.robots),
        unavailable_after=min(moments, default=None),
        tdm_reserved=tdm.tdm_reserved,
        tdm_policy=tdm.tdm_policy,
        tdm_source=tdm.tdm_source,
        content_usage=_unique(*first.content_usage, *later.content_usage),
        content_signal=_unique(*first.content_signal, *later.content_signal),
        rsl=_unique(*first.rsl, *later.rsl),
        licenses=_unique(*first.licenses, *later.licenses),
    )


def _unique(*values: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))
