"""What is still to be asked for of one site, newest first. Pure: knows no request and no ledger.

A plain heap, so that a pending URL costs a few hundred bytes instead of a Request's two thousand, and the
order is exact however many there are. Three stages: what tells where articles are (front page, feeds,
sitemaps), what looks like an article and the listings in between, and last what is doubtful.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from newscrawl.article import Link
from newscrawl.crawl.visit import As, Visit

FIRST, MAIN, DOUBTFUL = 0, 1, 2


def stage_of(visit: Visit) -> int:
    """The stage a visit belongs to."""
    if visit.kind in (As.FRONT_PAGE, As.ROBOTS, As.FEED) or (visit.kind is As.SITEMAP and visit.link.modified is None):
        return FIRST
    return MAIN if visit.sure else DOUBTFUL


class Frontier:
    """Visits that wait. Each URL waits once; a date that another road gives later moves it."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, float, int, str]] = []
        self._waiting: dict[str, Visit] = {}
        self._count = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Visit]:
        return iter(self._waiting.values())

    def push(self, visit: Visit) -> None:
        """Let a visit wait; one that waits for the same URL is replaced."""
        self._count += 1
        self._waiting[visit.url] = visit
        heapq.heappush(self._heap, (stage_of(visit), -visit.around.timestamp(), self._count, visit.url))

    def waiting(self, url: str) -> Visit | None:
        """The visit that waits for a URL, if one does."""
        return self._waiting.get(url)

    def date(self, url: str, link: Link) -> None:
        """Another road names a URL that may be waiting: keep its date and title where ours has none."""
        visit = self._waiting.get(url)
        if visit is None or visit.link.published or not link.published:
            return
        better = replace(visit.link, published=link.published, headline=visit.link.headline or link.headline)
        self.push(replace(visit, link=better, around=link.published, sure=True))

    def remove(self, url: str) -> bool:
        """Take one out; False when it does not wait."""
        return self._waiting.pop(url, None) is not None

    def peek_stage(self) -> int | None:
        """Stage of the next visit; None when nothing waits."""
        while self._heap:
            stage, _, _, url = self._heap[0]
            visit = self._waiting.get(url)
            if visit is not None and stage_of(visit) == stage and -visit.around.timestamp() == self._heap[0][1]:
                return stage
            heapq.heappop(self._heap)
        return None

    def pop(self) -> Visit | None:
        """The next visit; None when nothing waits."""
        if self.peek_stage() is None:
            return None
        return self._waiting.pop(heapq.heappop(self._heap)[3])

    def drain(self) -> Iterator[Visit]:
        """Take out all that waits, in no order."""
        self._heap.clear()
        while self._waiting:
            yield self._waiting.popitem()[1]


def guess_date(link: Link, now: datetime) -> datetime | None:
    """When a link's article is from, as far as its road says; a future date counts as now."""
    date = link.published or link.modified
    return min(date, now) if date else None
