"""A simulated week of a site crawled every quarter of an hour: requests for listings, and how soon articles are seen.

    python -m bench.week [--seed 1]

The site has twelve listings. Each has its hours of the day and its pace, from thirty articles a day to two a week. The
memory learns for three weeks; the fourth is counted. Prints the requests for listings and the share of articles seen
within 15 minutes and within an hour, and beside it the requests for all listings in every run.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_right
from datetime import datetime, timezone
from unittest.mock import Mock

from newscrawl.crawl.nouns.visit import VisitKind
from newscrawl.crawl.state.listing_memory import ListingMemory
from newscrawl.memory import ListingState
from newscrawl.memory.rhythm import Rhythm

_QUARTER, _DAY = 900, 86400
#: Articles a day, and within how many hours of it, for each listing.
_PACES = (
    *((30, 18), (20, 14), (12, 12), (8, 10), (6, 9), (5, 9)),
    *((4, 6), (3, 5), (2, 4), (1, 4), (0.5, 3), (0.3, 3)),
)


def arrivals(seed: int, days: int, begin: int) -> list[list[int]]:
    """The times of each listing's articles, in seconds. There are fewer at weekends."""
    chance = random.Random(seed)
    listings = []
    for per_day, hours in _PACES:
        first = chance.randrange(5, 12)
        moments = []
        for day in range(days):
            pace = per_day * (0.4 if day % 7 >= 5 else 1.0)
            count = int(pace) + (chance.random() < pace % 1)
            moments += [begin + day * _DAY + int(3600 * (first + hours * chance.random())) for _ in range(count)]
        listings.append(sorted(moments))
    return listings


def made_memory(count: int, begin: int) -> tuple[ListingMemory, list[ListingState]]:
    """A memory of so many listings, without a file."""
    keeper = Mock()
    keeper.memory.listings.return_value = []
    keeper.now = begin
    memory = ListingMemory(keeper, "a.example", None)
    states = [
        ListingState(number, "a.example", f"https://a.example/{number}", "section", asked=begin)
        for number in range(count)
    ]
    memory._listings = {state.url: state for state in states}
    return memory, states


def simulate(seed: int) -> None:
    """Simulate four weeks and print the counts of the last."""
    begin = int(datetime(2026, 3, 2, tzinfo=timezone.utc).timestamp())
    listings = arrivals(seed, 28, begin)
    counted_from = begin + 21 * _DAY
    memory, states = made_memory(len(listings), begin)
    requests = all_requests = 0
    delays: list[int] = []
    seen = [0] * len(listings)
    for now in range(begin + _QUARTER, begin + 28 * _DAY, _QUARTER):
        memory._now = now
        is_counted = now >= counted_from
        for number, state in enumerate(states):
            all_requests += is_counted
            if not memory.is_due(state.url, VisitKind.SECTION):
                continue
            requests += is_counted
            known, seen[number] = seen[number], bisect_right(listings[number], now)
            fresh = listings[number][known : seen[number]]
            delays += [now - moment for moment in fresh if moment >= counted_from]
            rhythm = Rhythm(state.rhythm)
            rhythm.observe(state.asked, now, len(fresh))
            state.rhythm, state.asked = rhythm.packed(), now
    quarter, hour = (sum(delay <= bound for delay in delays) / len(delays) for bound in (900, 3600))
    print(
        f"with the memory: {requests} requests; {quarter:.1%} of {len(delays)} articles seen within 15 minutes, "
        f"{hour:.1%} within an hour"
    )
    print(f"all listings:    {all_requests} requests ({all_requests / requests:.2f} times), 100 % within 15 minutes")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    simulate(parser.parse_args().seed)


if __name__ == "__main__":
    main()
