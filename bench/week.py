"""A week of a made site at one run a quarter of an hour, by a clock of its own: which listings are asked, and how soon articles are seen.

    python -m bench.week [--seed 1]

Twelve listings; each has its hours and its pace, from thirty articles a day to two a week. Three weeks teach, the fourth is counted: requests for
listings, and the share of articles seen within 15 minutes and within an hour, by what the memory has learned, and beside it by asking all every time.
"""

from __future__ import annotations

import argparse
import random
from datetime import datetime, timezone
from unittest.mock import Mock

from newscrawl.crawl.nouns.visit import VisitKind
from newscrawl.crawl.state.listing_memory import ListingMemory
from newscrawl.memory import ListingState
from newscrawl.memory.rhythm import Rhythm

_QUARTER, _DAY = 900, 86400


def arrivals(seed: int, days: int, begin: int) -> list[list[int]]:
    """The moments of each listing's articles."""
    chance = random.Random(seed)
    listings = []
    for a_day, hours in [
        (30, 18),
        (20, 14),
        (12, 12),
        (8, 10),
        (6, 9),
        (5, 9),
        (4, 6),
        (3, 5),
        (2, 4),
        (1, 4),
        (0.5, 3),
        (0.3, 3),
    ]:
        first = chance.randrange(5, 12)
        moments = []
        for day in range(days):
            pace = a_day * (0.4 if day % 7 >= 5 else 1.0)
            count = int(pace) + (chance.random() < pace % 1)
            moments += [begin + day * _DAY + int(3600 * (first + hours * chance.random())) for _ in range(count)]
        listings.append(sorted(moments))
    return listings


def simulate(seed: int) -> None:
    """Run four weeks."""
    begin = int(datetime(2026, 3, 2, tzinfo=timezone.utc).timestamp())
    listings = arrivals(seed, 28, begin)
    counted = begin + 21 * _DAY
    end = begin + 28 * _DAY
    keeper = Mock()
    keeper.memory.listings.return_value = []
    keeper.now = begin
    memory = ListingMemory(keeper, "a.example", None)
    asked = every = 0
    delays: list[int] = []
    next_of = [0] * len(listings)
    states = [
        ListingState(number, "a.example", f"https://a.example/{number}", "section", asked=begin)
        for number in range(len(listings))
    ]
    memory._listings = {state.url: state for state in states}
    for now in range(begin + _QUARTER, end, _QUARTER):
        memory._now = now
        for number, state in enumerate(states):
            every += now >= counted
            if not memory.is_due(state.url, VisitKind.SECTION):
                continue
            asked += now >= counted
            fresh = 0
            while next_of[number] < len(listings[number]) and listings[number][next_of[number]] <= now:
                if listings[number][next_of[number]] >= counted:
                    delays.append(now - listings[number][next_of[number]])
                next_of[number] += 1
                fresh += 1
            rhythm = Rhythm(state.rhythm)
            rhythm.observe(state.asked, now, fresh)
            state.rhythm, state.asked = rhythm.packed(), now
    within = [sum(delay <= bound for delay in delays) / len(delays) for bound in (900, 3600)]
    print(
        f"by the memory: {asked} requests, {within[0]:.1%} of {len(delays)} articles seen within 15 minutes, {within[1]:.1%} within an hour"
    )
    print(f"all, always:   {every} requests ({every / asked:.2f} times as many), 100 % within 15 minutes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    simulate(parser.parse_args().seed)


if __name__ == "__main__":
    main()
