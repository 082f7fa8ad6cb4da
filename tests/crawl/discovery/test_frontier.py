"""The frontier: the order of visits, and what it keeps on disk."""

from __future__ import annotations

import random
from datetime import timedelta

from newscrawl.article import Link
from newscrawl.crawl.discovery.disk_queue import DiskQueue
from newscrawl.crawl.discovery.frontier import IN_MEMORY, Frontier
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from tests.support.visits import NOW, visit


def test_the_newest_come_first_and_doubtful_ones_last() -> None:
    frontier = Frontier()
    frontier.push(visit("old", 9))
    frontier.push(visit("doubtful", 0, sure=False))
    frontier.push(visit("new", 1))
    frontier.push(visit("feed", 99, VisitKind.FEED))
    frontier.push(visit("section", 5, VisitKind.SECTION))
    order = []
    while (one := frontier.pop()) is not None:
        order.append(one.url.rsplit("/", 1)[1])
    assert order == ["feed", "new", "section", "old", "doubtful"]
    assert len(frontier) == 0


def test_a_date_found_later_moves_a_waiting_visit() -> None:
    frontier = Frontier()
    frontier.push(visit("a", 1))
    frontier.push(visit("b", 2))
    frontier.date("https://a.example/a", Link("https://a.example/a", published=NOW - timedelta(hours=9)))
    assert [frontier.pop().url[-1], frontier.pop().url[-1]] == ["b", "a"]  # type: ignore[union-attr]
    assert frontier.pop() is None


def test_a_frontier_on_disk_keeps_the_order_and_loses_nothing() -> None:
    seed = random.Random(4)
    on_disk, in_memory = Frontier(DiskQueue(), 3), Frontier()
    visits = [
        Visit(
            "a.example",
            Link(f"https://a.example/{n}", source="sitemap"),
            VisitKind.ARTICLE,
            NOW - timedelta(minutes=seed.randrange(500)),
            sure=n % 7 > 0,
        )
        for n in range(3 * IN_MEMORY)
    ]
    sections = [
        Visit("a.example", Link(f"https://a.example/s{n}"), VisitKind.SECTION, NOW - timedelta(days=n))
        for n in range(5)
    ]
    popped: dict[str, list[str]] = {"on disk": [], "in memory": []}
    for name, frontier in (("on disk", on_disk), ("in memory", in_memory)):
        for n, one in enumerate(visits + sections):
            frontier.push(one)
            if n % 10 == 9:
                taken = frontier.pop()
                assert taken is not None
                popped[name].append(taken.url)
        frontier.date(visits[-1].url, Link(visits[-1].url, NOW + timedelta(days=1), "Dated", "feed"))
        assert frontier.remove(visits[1].url) is (visits[1].url not in popped[name])
        waiting = frontier.waiting(visits[-1].url)
        assert waiting is None or waiting.link.published
        count = len(frontier)
        rest = [one.url for one in iter(frontier.pop, None)]
        assert len(rest) == count and len(frontier) == 0
        popped[name] += rest
    assert popped["on disk"] == popped["in memory"]


def test_visits_on_disk_are_drained_too() -> None:
    frontier = Frontier(DiskQueue(), 1)
    for n in range(IN_MEMORY + 10):
        frontier.push(Visit("a.example", Link(f"https://a.example/{n}"), VisitKind.ARTICLE, NOW))
    assert len({one.url for one in frontier.drain()}) == IN_MEMORY + 10 and len(frontier) == 0
