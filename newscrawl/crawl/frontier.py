"""What is still to be asked for of one site, newest first. Knows no request and no ledger.

A plain heap, so that a pending URL costs a few hundred bytes instead of a Request's two thousand, and the
order is exact however many there are; beyond `IN_MEMORY` the later ones wait on disk. Three stages: what tells where articles
are (front page, feeds, sitemaps), what looks like an article and the listings in between, and last what is doubtful.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from newscrawl.article import Link
from newscrawl.crawl.spill import Place, Spill
from newscrawl.crawl.visit import As, Visit

FIRST, MAIN, DOUBTFUL = 0, 1, 2
#: Visits of a site that wait in memory at most; the later half of them goes to disk when there are more.
IN_MEMORY = 1000
_LAST: Place = (DOUBTFUL + 1, 0.0, 0)


def stage_of(visit: Visit) -> int:
    """The stage a visit belongs to."""
    if visit.kind in (As.FRONT_PAGE, As.ROBOTS, As.FEED) or (visit.kind is As.SITEMAP and visit.link.modified is None):
        return FIRST
    return MAIN if visit.sure else DOUBTFUL


class Frontier:
    """Visits that wait. Each URL waits once; a date that another road gives later moves it.

    Order: stage, age, and the number in which they came. spill: where what is too much for memory waits, under the number
    `site`; None keeps all in memory. Only articles are put there, and none of them comes before one that stays in memory:
    `_bound` is the place of the first of those on disk.
    """

    def __init__(self, spill: Spill | None = None, site: int = 0) -> None:
        self._heap: list[tuple[int, float, int, str]] = []
        self._waiting: dict[str, tuple[int, Visit]] = {}
        self._count = 0
        self._spill = spill
        self._site = site
        self._spilled = 0
        self._bound: Place = _LAST

    def __len__(self) -> int:
        return len(self._waiting) + self._spilled

    def __iter__(self) -> Iterator[Visit]:
        """What waits in memory: every listing, and the first of the articles."""
        return (visit for _, visit in self._waiting.values())

    def push(self, visit: Visit) -> None:
        """Let a visit wait; one that waits for the same URL in memory is replaced."""
        self._count += 1
        place = (stage_of(visit), -visit.around.timestamp(), self._count)
        if self._spilled and self._spill is not None and place > self._bound and visit.kind is As.ARTICLE:
            self._waiting.pop(visit.url, None)
            self._spilled += self._spill.add(self._site, [(place, visit)])
            return
        self._keep(place, visit)
        if self._spill is not None and len(self._waiting) > IN_MEMORY:
            self._put_away()

    def _keep(self, place: Place, visit: Visit) -> None:
        self._waiting[visit.url] = (place[2], visit)
        heapq.heappush(self._heap, (*place, visit.url))

    def _holds(self, entry: tuple[int, float, int, str]) -> bool:
        """Is this entry of the heap the one that stands for its URL?"""
        waiting = self._waiting.get(entry[3])
        return waiting is not None and waiting[0] == entry[2]

    def _put_away(self) -> None:
        """Put the later half of the waiting articles on disk."""
        assert self._spill is not None
        entries = sorted(filter(self._holds, self._heap))
        articles = [entry for entry in entries if self._waiting[entry[3]][1].kind is As.ARTICLE]
        later = articles[len(articles) // 2 :]
        if not later:
            return
        self._spilled += self._spill.add(self._site, [(entry[:3], self._waiting.pop(entry[3])[1]) for entry in later])
        self._bound = min(self._bound, later[0][:3])
        self._heap = [entry for entry in entries if entry[3] in self._waiting]  # sorted is a heap

    def _fetch_back(self) -> None:
        assert self._spill is not None
        taken = self._spill.take(self._site, IN_MEMORY // 2)
        self._spilled -= len(taken)
        self._bound = self._spill.first(self._site) or _LAST
        for place, visit in taken:
            self._keep(place, visit)

    def waiting(self, url: str) -> Visit | None:
        """The visit that waits for a URL, if one does."""
        waiting = self._waiting.get(url)
        if waiting is None:
            return self._spill.get(self._site, url) if self._spilled and self._spill is not None else None
        return waiting[1]

    def date(self, url: str, link: Link) -> None:
        """Another road names a URL that may be waiting: keep its date and title where ours has none."""
        if not link.published:
            return
        visit = self.waiting(url)
        if visit is None or visit.link.published:
            return
        self.remove(url)
        better = replace(
            visit.link, published=link.published, headline=visit.link.headline or link.headline, language=link.language
        )
        self.push(replace(visit, link=better, around=link.published, sure=True))

    def remove(self, url: str) -> bool:
        """Take one out; False when it does not wait."""
        if self._waiting.pop(url, None) is not None:
            return True
        if self._spilled and self._spill is not None and self._spill.remove(self._site, url):
            self._spilled -= 1
            return True
        return False

    def peek_stage(self) -> int | None:
        """Stage of the next visit; None when nothing waits."""
        while True:
            while self._heap and not self._holds(self._heap[0]):
                heapq.heappop(self._heap)
            if not self._spilled or (self._heap and self._heap[0][:3] < self._bound):
                return self._heap[0][0] if self._heap else None
            self._fetch_back()

    def pop(self) -> Visit | None:
        """The next visit; None when nothing waits."""
        if self.peek_stage() is None:
            return None
        return self._waiting.pop(heapq.heappop(self._heap)[3])[1]

    def drain(self) -> Iterator[Visit]:
        """Take out all that waits, in no order."""
        self._heap.clear()
        while self._waiting:
            yield self._waiting.popitem()[1][1]
        if self._spill is not None and self._spilled:
            self._spilled = 0
            yield from self._spill.drain(self._site)


def guess_date(link: Link, now: datetime) -> datetime | None:
    """When a link's article is from, as far as its road says; a future date counts as now."""
    date = link.published or link.modified
    return min(date, now) if date else None
