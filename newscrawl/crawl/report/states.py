"""How far each site of a crawl is, from the ledger and from what the spider has in progress. Changes neither."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, Protocol

from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.report.live import ARTICLES, DONE, FRONT_PAGE, LISTINGS, WAITING, SiteState
from newscrawl.outcomes import REASONS, Outcome

#: Outcomes of pages that were fetched.
FETCHED = frozenset({Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED})
#: Seconds that a rate looks back, and the least between two looks.
_WINDOW, _STEP = 30.0, 1.0


class Working(Protocol):
    """What is read of a site: the visits in progress by URL, and those that wait."""

    @property
    def in_progress(self) -> Mapping[str, Visit]:
        """URL -> visit."""

    @property
    def frontier(self) -> Sized:
        """What waits to be requested."""


@dataclass(slots=True)
class _Pace:
    """looks: (moment, pages) of the last seconds. done: the moment the site was seen done first, or None."""

    looks: deque[tuple[float, int]] = field(default_factory=deque)
    done: float | None = None


class SiteStates:
    """is_backed_off: whether the host of a URL is left alone for now."""

    def __init__(
        self, ledger: Ledger, is_backed_off: Callable[[str], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ledger = ledger
        self._is_backed_off = is_backed_off
        self._clock = clock
        self._start = clock()
        self._paces: dict[str, _Pace] = {}

    @property
    def seconds(self) -> float:
        """Since the crawl began."""
        return self._clock() - self._start

    def of(self, names: list[str], sites: Mapping[str, Working], is_over: bool = False) -> list[SiteState]:
        """The states of these sites. sites: those that the spider has; of others only the ledger is known."""
        table, now = self._ledger.table(), self._clock()
        return [self._state(name, table.get(name, {}), sites.get(name), now, is_over) for name in names]

    def _state(
        self, name: str, reasons: Mapping[str, int], site: Working | None, now: float, is_over: bool
    ) -> SiteState:
        counts: dict[Any, int] = dict.fromkeys(Outcome, 0)
        for reason, count in reasons.items():
            counts[REASONS[reason].outcome] += count
        pages = sum(counts[outcome] for outcome in FETCHED)
        if site is not None:
            remaining = len(site.frontier) + len(site.in_progress)
        else:
            remaining = max(0, self._ledger.discovered(name) - sum(counts.values()))
        pace = self._paces.setdefault(name, _Pace())
        phase = DONE if is_over else self._phase(name, site, remaining)
        pace.done = None if phase != DONE else pace.done or now
        seconds = (pace.done or now) - self._start
        rate = 60 * pages / max(seconds, 1.0) if phase == DONE else _rate(pace.looks, now, pages)
        failed = counts[Outcome.FAILED]
        return SiteState(name, phase, counts[Outcome.RECORDED], pages, failed, rate, remaining, seconds)

    def _phase(self, name: str, site: Working | None, remaining: int) -> str:
        if name not in self._ledger.front_pages:
            return FRONT_PAGE
        if not remaining:
            return DONE
        visits = list(site.in_progress.values()) if site is not None else []
        if site is not None and (not visits or all(self._is_backed_off(visit.url) for visit in visits)):
            return WAITING
        return ARTICLES if not visits or any(visit.kind is VisitKind.ARTICLE for visit in visits) else LISTINGS


def _rate(looks: deque[tuple[float, int]], now: float, pages: int) -> float:
    """Pages a minute. looks: grows by this one, and forgets those before the window."""
    if not looks or now - looks[-1][0] >= _STEP:
        looks.append((now, pages))
    while len(looks) > 1 and now - looks[0][0] > _WINDOW:
        looks.popleft()
    since, before = looks[0]
    return 60 * (pages - before) / (now - since) if now - since >= _STEP else 0.0
