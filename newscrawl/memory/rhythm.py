"""How often a listing brings something new: arrivals by hour of the week, learned from what each visit brought. Pure.

The rate of an hour of the week is what that hour has brought, pulled towards the listing's overall rate while the hour
has been watched little. Old observations count less: they fade with a half-life of four weeks.
"""

from __future__ import annotations

import json
from math import exp, log

#: Hours of a week.
WEEK = 168
_FADE = log(2) / (28 * 24)
#: Hours of watching that the overall rate counts for in the rate of one hour of the week.
_LEAN = 3.0
#: The rate assumed before anything is known, one arrival in six hours, and the hours of watching it counts for.
_PRIOR, _PRIOR_HOURS = 1 / 6, 3.0


class Rhythm:
    """The rhythm of one listing.

    watched: hours observed, by hour of the week. arrived: new items in them. packed: what `packed()` returned earlier.
    """

    def __init__(self, packed: str = "") -> None:
        self.watched: dict[int, float] = {}
        self.arrived: dict[int, float] = {}
        self.at = 0
        if packed:
            at, watched, arrived = json.loads(packed)
            self.at = at
            self.watched = {int(hour): value for hour, value in watched.items()}
            self.arrived = {int(hour): value for hour, value in arrived.items()}

    def packed(self) -> str:
        """The rhythm as text, to be stored."""
        return json.dumps([self.at, _rounded(self.watched), _rounded(self.arrived)], separators=(",", ":"))

    @property
    def hours(self) -> float:
        """Hours observed in all."""
        return sum(self.watched.values())

    def observe(self, since: int, now: int, arrivals: int) -> None:
        """Learn that between two visits (moments in seconds) this many items were new.

        A gap of more than a week, or a visit before the previous one, teaches nothing.
        """
        if not 0 < now - since <= 7 * 86400:
            return
        if self.at:
            fade = exp(-_FADE * max(0, now - self.at) / 3600)
            for hours in (self.watched, self.arrived):
                for hour in hours:
                    hours[hour] *= fade
        self.at = now
        parts = list(_hours(since, now))
        whole = sum(part for _, part in parts)
        for hour, part in parts:
            self.watched[hour] = self.watched.get(hour, 0.0) + part
            if arrivals:
                self.arrived[hour] = self.arrived.get(hour, 0.0) + arrivals * part / whole

    def expected(self, since: int, now: int) -> float:
        """How many arrivals to expect between two moments, of which at most the last week counts."""
        if now <= since:
            return 0.0
        mean = (sum(self.arrived.values()) + _PRIOR * _PRIOR_HOURS) / (self.hours + _PRIOR_HOURS)
        total = 0.0
        for hour, part in _hours(max(since, now - 7 * 86400), now):
            total += part * (self.arrived.get(hour, 0.0) + mean * _LEAN) / (self.watched.get(hour, 0.0) + _LEAN)
        return total


def _hours(since: int, now: int) -> list[tuple[int, float]]:
    """(hour of the week, how much of it in hours) for each hour of a span."""
    parts = []
    while since < now:
        end = min(now, since - since % 3600 + 3600)
        parts.append((since // 3600 % WEEK, (end - since) / 3600))
        since = end
    return parts


def _rounded(hours: dict[int, float]) -> dict[int, float]:
    return {hour: round(value, 3) for hour, value in hours.items() if value >= 0.001}
