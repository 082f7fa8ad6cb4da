"""The frontier of one site: the visits that wait, newest first.

A plain heap, so that a waiting URL costs a few hundred bytes where a Request costs two thousand, and the order is exact
however many wait. Beyond `IN_MEMORY`, later ones wait on disk. There are three stages: what tells where articles are
(front page, feeds, sitemaps), then what looks like an article and the listings in between, and last what is unlikely.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import replace

from newscrawl.article import Link
from newscrawl.crawl.discovery.disk_queue import DiskQueue, Place
from newscrawl.crawl.nouns.visit import Visit, VisitKind

FIRST, MAIN, UNLIKELY = 0, 1, 2
#: A visit in a heap: its place (stage, age, number), and its URL.
Entry = tuple[int, float, int, str]
#: Visits of a site that wait in memory; when there are more, the later half of them goes to disk.
IN_MEMORY = 1000
_LAST: Place = (UNLIKELY + 1, 0.0, 0)


def stage_of(visit: Visit) -> int:
    """The stage a visit belongs to."""
    if visit.kind in (VisitKind.FRONT_PAGE, VisitKind.ROBOTS, VisitKind.FEED):
        return FIRST
    if visit.kind is VisitKind.SITEMAP and visit.link.modified is None:
        return FIRST
    return MAIN if visit.sure else UNLIKELY


class Frontier:
    """Each URL waits once; a date that another source gives later moves it.

    The order: stage, age, then the number in which they came. disk: where visits wait that do not fit into memory,
    under the number `site`; None keeps all in memory. Only articles go to disk, and only those that come after every
    visit that stays in memory: `_bound` is the place of the first one on disk.
    """

    def __init__(self, disk: DiskQueue | None = None, site: int = 0) -> None:
        #: entries of articles and of listings; the entry that comes first in either is the next visit
        self._articles: list[Entry] = []
        self._listings: list[Entry] = []
        self._waiting: dict[str, tuple[int, Visit]] = {}
        self._count = 0
        self._disk = disk
        self._site = site
        self._on_disk = 0
        self._bound: Place = _LAST

    def __len__(self) -> int:
        return len(self._waiting) + self._on_disk

    def __iter__(self) -> Iterator[Visit]:
        """The visits in memory: every listing, and the first of the articles."""
        return (visit for _, visit in self._waiting.values())

    def push(self, visit: Visit) -> None:
        """Let a visit wait. It replaces one that waits in memory for the same URL."""
        self._count += 1
        place = (stage_of(visit), -visit.around.timestamp(), self._count)
        if self._on_disk and self._disk is not None and place > self._bound and visit.kind is VisitKind.ARTICLE:
            self._waiting.pop(visit.url, None)
            self._on_disk += self._disk.add(self._site, [(place, visit)])
            return
        self._keep(place, visit)
        if self._disk is not None and len(self._waiting) > IN_MEMORY:
            self._move_to_disk()

    def _keep(self, place: Place, visit: Visit) -> None:
        self._waiting[visit.url] = (place[2], visit)
        heap = self._articles if visit.kind is VisitKind.ARTICLE else self._listings
        heapq.heappush(heap, (*place, visit.url))

    def _is_current(self, entry: Entry) -> bool:
        """Is this entry of the heap the latest one of its URL?"""
        waiting = self._waiting.get(entry[3])
        return waiting is not None and waiting[0] == entry[2]

    def _move_to_disk(self) -> None:
        """Move the later half of the waiting articles to disk."""
        assert self._disk is not None
        articles = sorted(filter(self._is_current, self._articles))
        later = articles[len(articles) // 2 :]
        if not later:
            return
        self._on_disk += self._disk.add(self._site, [(entry[:3], self._waiting.pop(entry[3])[1]) for entry in later])
        self._bound = min(self._bound, later[0][:3])
        self._articles = articles[: len(articles) // 2]  # sorted, so it is a heap

    def _fetch_from_disk(self) -> None:
        assert self._disk is not None
        taken = self._disk.take(self._site, IN_MEMORY // 2)
        self._on_disk -= len(taken)
        self._bound = self._disk.first(self._site) or _LAST
        for place, visit in taken:
            self._keep(place, visit)

    def waiting(self, url: str) -> Visit | None:
        """The visit that waits for a URL; None when none does."""
        waiting = self._waiting.get(url)
        if waiting is None:
            return self._disk.get(self._site, url) if self._on_disk and self._disk is not None else None
        return waiting[1]

    def date(self, url: str, link: Link) -> None:
        """Another source names a URL that may be waiting: take over its date and title where they are missing."""
        if not link.published:
            return
        visit = self.waiting(url)
        if visit is None or visit.link.published:
            return
        self.remove(url)
        headline = visit.link.headline or link.headline
        dated = replace(visit.link, published=link.published, headline=headline, language=link.language)
        self.push(replace(visit, link=dated, around=link.published, sure=True))

    def remove(self, url: str) -> bool:
        """Take one out; False when it does not wait."""
        if self._waiting.pop(url, None) is not None:
            return True
        if self._on_disk and self._disk is not None and self._disk.remove(self._site, url):
            self._on_disk -= 1
            return True
        return False

    def _first_article(self) -> Entry | None:
        """The entry of the next article, fetched from disk where it is there; None when none waits."""
        while True:
            self._drop_stale(self._articles)
            if not self._on_disk or (self._articles and self._articles[0][:3] < self._bound):
                return self._articles[0] if self._articles else None
            self._fetch_from_disk()

    def _first_listing(self) -> Entry | None:
        self._drop_stale(self._listings)
        return self._listings[0] if self._listings else None

    def _drop_stale(self, heap: list[Entry]) -> None:
        while heap and not self._is_current(heap[0]):
            heapq.heappop(heap)

    def peek_stage(self) -> int | None:
        """Stage of the next visit; None when nothing waits."""
        firsts = [entry for entry in (self._first_article(), self._first_listing()) if entry is not None]
        return min(firsts)[0] if firsts else None

    def pop(self, prefers_article: bool = False) -> Visit | None:
        """The next visit; None when nothing waits. prefers_article: the next article, if one waits."""
        article, listing = self._first_article(), self._first_listing()
        if article is None and listing is None:
            return None
        is_article = article is not None and (prefers_article or listing is None or article < listing)
        return self._waiting.pop(heapq.heappop(self._articles if is_article else self._listings)[3])[1]

    def drain(self) -> Iterator[Visit]:
        """Take out everything that waits, in no order."""
        self._articles.clear()
        self._listings.clear()
        while self._waiting:
            yield self._waiting.popitem()[1][1]
        if self._disk is not None and self._on_disk:
            self._on_disk = 0
            yield from self._disk.drain(self._site)
