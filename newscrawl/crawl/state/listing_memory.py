"""What the memory knows of the listings of one site: validators, which of them are due, and where there are none.

`NoListingMemory` takes its place in a run without a memory: every listing is due and new.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from newscrawl.article import Link
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.crawl.state.stored_visit import visit_key
from newscrawl.discover.feed import asked_pause
from newscrawl.discover.when import parse_when
from newscrawl.keys import url_key
from newscrawl.memory import HostState, ListingState
from newscrawl.memory.rhythm import Rhythm
from newscrawl.memory.schedule import listing_retry
from newscrawl.urls import split

#: Hours that a listing must have been watched before its rhythm may say that it is not due; it is not due while fewer
#: new articles than this are expected.
_WATCHED, _WORTH = 24.0, 0.05
#: Seconds after which a listing is due whatever its rhythm says, and a sitemap whatever its index says.
_LONGEST, _SITEMAP_PAUSE = 6 * 3600, 86400
#: The longest pause, in seconds, that a feed and a max-age are believed.
_MAX_FLOOR, _MAX_AGE = 86400, 3600
_MAX_AGE_WORD = re.compile(r"\bmax-age=(\d{1,9})\b")
#: Sections requested in one run, whatever the size of the site, and the number of articles for which there is one more.
_SECTIONS, _ARTICLES_A_SECTION = 8, 25
#: Seconds that a usual place that was empty is not tried again.
_ABSENT = 7 * 86400
#: Seconds: no listing waits longer than this, so a date further ahead means that the clock was set back.
_LONGEST_WAIT = 8 * 86400


class NoListingMemory:
    """A run that knows nothing of earlier ones."""

    def was_read(self, visit: Visit) -> bool:
        """Was this listing read in an earlier run?"""
        return False

    def conditional_headers(self, visit: Visit) -> dict[str, str]:
        """Headers that spare the server from sending what has not changed."""
        return {}

    def is_unchanged(self, visit: Visit, status: int, body: bytes) -> bool:
        """Is the response to a listing the same as last time?"""
        return False

    def answered(
        self, visit: Visit, headers: dict[str, str], body: bytes, fresh: int, is_unchanged: bool = False
    ) -> None:
        """A listing was read. fresh: how many of its links were new."""

    def failed(self, visit: Visit, status: int | None) -> None:
        """A listing could not be read."""

    def is_due(self, url: str, kind: VisitKind, modified: datetime | None = None) -> bool:
        """Should this listing be requested in this run? modified: what its index says."""
        return True

    def has_any(self, kind: VisitKind) -> bool:
        """Are feeds (or sitemaps) of the site known, so that the usual places need not be tried?"""
        return False

    def is_absent(self, url: str) -> bool:
        """Was this usual place empty lately?"""
        return False

    def absent(self, url: str, kind: VisitKind) -> None:
        """This usual place is empty."""

    def due_listings(self) -> list[tuple[Link, VisitKind]]:
        """Listings that earlier runs discovered and that are due."""
        return []


class ListingMemory(NoListingMemory):
    """One site.

    name: as the memory files it. since: the bound of the run. wants_others: the run before wanted other articles.
    """

    def __init__(self, keeper: MemoryKeeper, name: str, since: datetime | None, wants_others: bool = False) -> None:
        self._keeper = keeper
        self._memory = keeper.memory
        self._name = name
        self._since = int(since.timestamp()) if since is not None else 0
        self._wants_others = wants_others
        self._now = keeper.now
        self._listings = {state.url: state for state in self._memory.listings(name)}
        self._read_before = {url for url, state in self._listings.items() if state.asked}
        self._hosts: dict[str, HostState] = {}
        self._unverified = self._listing_to_verify()

    def _listing_to_verify(self) -> str:
        """The listing that this run requests without validators: the one for which that was done longest ago.

        It shows whether the site's validators can be trusted.
        """
        asked = [state for state in self._listings.values() if state.asked and (state.etag or state.modified)]
        if not asked:
            return ""
        front_page = VisitKind.FRONT_PAGE.value
        return min(asked, key=lambda state: (state.verified, state.kind != front_page, state.url)).url

    def _host(self, url: str) -> HostState:
        name = split(url).netloc
        if name not in self._hosts:
            self._hosts[name] = self._memory.host(name)
        return self._hosts[name]

    def _state_of(self, visit: Visit) -> ListingState:
        if visit.url not in self._listings:
            key = visit_key(visit.kind, visit.url)
            self._listings[visit.url] = ListingState(key, self._name, visit.url, visit.kind.value)
        return self._listings[visit.url]

    def was_read(self, visit: Visit) -> bool:
        """Was this listing read in an earlier run?"""
        return visit.url in self._read_before

    def conditional_headers(self, visit: Visit) -> dict[str, str]:
        """The validators of the last response, of a listing or of an article that is visited again.

        None for the listing that verifies them, and for hosts whose validators are wrong.
        """
        if visit.again:
            article = self._memory.article(visit_key(VisitKind.ARTICLE, visit.url))
            if article is None or self._host(visit.url).distrusted:
                return {}
            return _conditional(article.etag, article.modified)
        state = self._listings.get(visit.url)
        if state is None or visit.page > 1 or visit.url == self._unverified or not self._covers(state):
            return {}
        return {} if self._host(visit.url).distrusted else _conditional(state.etag, state.modified)

    def _covers(self, state: ListingState) -> bool:
        """Did the run that read it want everything that this one wants?"""
        if self._wants_others and state.asked != self._now:
            return False
        return state.since == 0 or (self._since != 0 and state.since <= self._since)

    def is_unchanged(self, visit: Visit, status: int, body: bytes) -> bool:
        """Is the response to a listing the same as last time: status 304, or the same body?"""
        state = self._listings.get(visit.url)
        if status == 304:
            return True
        if state is None or not state.asked or visit.page > 1:
            return False
        return state.body_hash == _hash(body) and self._covers(state)

    def answered(
        self, visit: Visit, headers: dict[str, str], body: bytes, fresh: int, is_unchanged: bool = False
    ) -> None:
        """A listing was read. fresh: how many of its links were new."""
        if visit.page > 1 or visit.kind is VisitKind.ROBOTS:
            return
        state = self._state_of(visit)
        named = {name.lower(): value for name, value in headers.items()}
        etag, modified = named.get("etag", ""), named.get("last-modified", "")
        if state.asked and visit.url == self._unverified:
            self._verify(state, etag, modified, fresh)
        if state.asked:
            rhythm = Rhythm(state.rhythm)
            rhythm.observe(state.asked, self._now, fresh)
            state.rhythm = rhythm.packed()
        if not is_unchanged:
            state.etag, state.modified, state.body_hash = etag, modified, _hash(body)
            state.floor = min(asked_pause(body), _MAX_FLOOR) if visit.kind is VisitKind.FEED else 0
        elif body:
            state.etag, state.modified = etag or state.etag, modified or state.modified
        age = _MAX_AGE_WORD.search(named.get("cache-control", ""))
        state.floor = max(state.floor, min(int(age.group(1)), _MAX_AGE) if age else 0)
        state.asked, state.failures, state.absent, state.since, state.due = self._now, 0, False, self._since, 0
        state.lastmod = visit.link.modified.isoformat() if visit.link.modified is not None else state.lastmod
        if fresh:
            state.changed = self._now
        self._keeper.batch.listings.append(state)

    def _verify(self, state: ListingState, etag: str, modified: str, fresh: int) -> None:
        """A listing was requested without validators: would the server have wrongly answered "not modified"?"""
        state.verified = self._now
        host = self._host(state.url)
        host.checks += 1
        host.checked = self._now
        same = (etag == state.etag) if etag else bool(modified) and modified == state.modified
        date = parse_when(modified)
        if fresh and (same or (date is not None and date.timestamp() < state.asked)):
            host.distrusted = True
        self._keeper.batch.hosts.append(host)

    def failed(self, visit: Visit, status: int | None) -> None:
        """A listing could not be read: it waits, longer after each failure."""
        state = self._state_of(visit)
        state.failures += 1
        state.due = self._now + listing_retry(state.failures, status == 410)
        self._keeper.batch.listings.append(state)

    def is_due(self, url: str, kind: VisitKind, modified: datetime | None = None) -> bool:
        """Should this listing be requested in this run? modified: what its index says. A new listing is due."""
        state = self._listings.get(url)
        if state is None or not (state.asked or state.failures):
            return True
        since = self._now - state.asked
        if since < 0 or not self._covers(state):  # the clock was set back, or this run wants more
            return True
        if state.failures:
            return not self._now < state.due <= self._now + _LONGEST_WAIT
        if since < state.floor:
            return False
        if state.lastmod and modified is not None:
            # the index says that it has not changed: a recent date may be off by hours, and any date may be wrong
            is_recent = modified.timestamp() > state.asked - 2 * 86400
            return modified.isoformat() != state.lastmod or is_recent or since > _SITEMAP_PAUSE
        rhythm = Rhythm(state.rhythm)
        if rhythm.hours < _WATCHED or since > _LONGEST:
            return True
        return rhythm.expected(state.asked, self._now) >= _WORTH

    def has_any(self, kind: VisitKind) -> bool:
        """Are feeds (or sitemaps) of the site known, so that the usual places need not be tried?"""
        return any(state.kind == kind.value and not state.absent for state in self._listings.values())

    def is_absent(self, url: str) -> bool:
        """Was this usual place empty in the last week?"""
        state = self._listings.get(url)
        return state is not None and state.absent and 0 <= self._now - state.asked < _ABSENT

    def absent(self, url: str, kind: VisitKind) -> None:
        """This usual place is empty."""
        state = ListingState(url_key(url), self._name, url, kind.value, asked=self._now, absent=True)
        self._listings[url] = state
        self._keeper.batch.listings.append(state)

    def due_listings(self) -> list[tuple[Link, VisitKind]]:
        """Listings that earlier runs discovered and that are due.

        Of the sections only some: those from which most is expected, and in turn those that were not read for longest.
        """
        found: list[tuple[Link, VisitKind]] = []
        sections: list[tuple[float, ListingState]] = []
        for state in self._listings.values():
            kind = VisitKind(state.kind)
            modified = parse_when(state.lastmod)
            if state.absent or not state.asked or kind not in (VisitKind.FEED, VisitKind.SITEMAP, VisitKind.SECTION):
                continue
            if not self.is_due(state.url, kind, modified):
                continue
            if kind is not VisitKind.SECTION:
                found.append((Link(state.url, source=state.kind, modified=modified), kind))
            elif modified is None:  # else an archive by date: its listing names it as long as it is recent
                age = (self._now - state.asked) / 86400
                sections.append((Rhythm(state.rhythm).expected(state.asked, self._now) + age, state))
        most = max(_SECTIONS, self._memory.count_articles(self._name) // _ARTICLES_A_SECTION)
        for _, state in sorted(sections, key=lambda one: (-one[0], one[1].url))[:most]:
            found.append((Link(state.url, source="section"), VisitKind.SECTION))
        return found


def _conditional(etag: str, modified: str) -> dict[str, str]:
    return {**({"If-None-Match": etag} if etag else {}), **({"If-Modified-Since": modified} if modified else {})}


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=12).hexdigest()
