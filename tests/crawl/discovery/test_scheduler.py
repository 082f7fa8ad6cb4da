"""The scheduler: which visit of a site is next, and when none is."""

from __future__ import annotations

from newscrawl.crawl.discovery.scheduler import Scheduler
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.crawl.nouns.visit import VisitKind
from tests.support.visits import visit

SCHEDULER = Scheduler(Ledger(), 4, 0, 50, lambda visit: 1, lambda url: "")


def test_articles_wait_while_a_source_may_still_name_newer_ones() -> None:
    site = Site("a.example", "https://a.example/")
    site.frontier.push(visit("article"))
    site.in_progress["feed"] = visit("feed", 0, VisitKind.FEED)
    assert SCHEDULER.next_visit(site) is None
    site.in_progress.clear()
    assert SCHEDULER.next_visit(site) == visit("article")


def test_a_limit_bounds_the_requests_in_progress() -> None:
    site = Site("a.example", "https://a.example/", limit=2)
    for number in range(3):
        site.frontier.push(visit(f"article-{number}"))
    for _ in range(2):
        one = SCHEDULER.next_visit(site)
        assert one is not None
        site.in_progress[one.url] = one
    assert SCHEDULER.next_visit(site) is None
    site.in_progress.popitem()
    assert SCHEDULER.next_visit(site) is not None
    site.recorded = 2
    assert SCHEDULER.next_visit(site) is None and site.is_full
