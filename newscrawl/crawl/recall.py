"""What the memory says of one site, and what the crawl tells it: which addresses are known, which listings are due, what waits from earlier runs.

`NoMemory` stands in its place where there is none: it knows nothing and remembers nothing. Sends no request and reads no page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

from newscrawl.article import Link
from newscrawl.crawl.remember import MemoryKeeper
from newscrawl.crawl.visit import As, Visit
from newscrawl.discover.address import same_article_key
from newscrawl.discover.feed import asked_pause
from newscrawl.discover.when import parse_when
from newscrawl.fate import REASONS, Fate, Outcome, url_key
from newscrawl.keys import KeySet
from newscrawl.memory import HostState, ListingState, State, Waiting
from newscrawl.memory.rhythm import Rhythm
from newscrawl.memory.schedule import listing_retry, retry
from newscrawl.text import UNSTATED

#: Ends that leave a visit waiting for the next run.
_LATER = frozenset({"Stopped", "OverLimit", "Postponed", "HostHeld", "DelayTooLong"})
#: Ends after which an address is not asked for again.
_FINAL = frozenset(
    {"Duplicate", "SectionPage", "SearchPage", "OtherPage", "VideoPage", "Dropped", "NoIndex", "Expired", "Reserved"}
)
#: Those of a recorded article that say nothing of what was recorded: it is visited again as planned.
_WITHHELD = frozenset({"NoIndex", "Expired", "Reserved"})
#: Ends that say nothing of the address for good; a road that names it again brings it in again.
_OPEN = frozenset(
    {
        "OldLink",
        "NotAnArticleUrl",
        "ForeignHost",
        "PrivateAddress",
        "OverBudget",
        "NotWritten",
        "Unchanged",
        "JoinedPage",
        "Trap",
    }
)
_TEMPORARY = frozenset({"HostNotFound", "TimedOut", "ConnectionFailed", "TlsFailed", "Truncated", "BadAnswer"})
#: Visits that are taken out of the memory at once.
_TURN = 1000
#: Hours of watching from which on a listing's rhythm may say that its turn has not come; below so many expected arrivals it has not.
_WATCHED, _WORTH = 24.0, 0.05
#: Seconds after which a listing is asked whatever its rhythm says, and a sitemap whatever its index says.
_LONGEST, _SITEMAP_PAUSE = 6 * 3600, 86400
_MAX_FLOOR, _MAX_AGE = 86400, 3600
_MAX_AGE_WORD = re.compile(r"\bmax-age=(\d{1,9})\b")
#: Sections asked in one run, whatever the size of the site, and the articles that each further one stands for.
_SECTIONS, _ARTICLES_A_SECTION = 8, 25


def visit_key(kind: As, url: str) -> int:
    """The key under which a visit waits."""
    return url_key(same_article_key(url)) if kind is As.ARTICLE else url_key(url)


class NoMemory:
    """A run that knows nothing of earlier ones."""

    def knows(self, key: int) -> bool:
        """Is the address dealt with, or not to be asked for now?"""
        return False

    def has_walked(self, visit: Visit) -> bool:
        """Was this listing walked in an earlier run?"""
        return False

    def met(self, visit: Visit) -> None:
        """A visit will be made."""

    def settled(self, fate: Fate, visit: Visit | None) -> None:
        """A visit has come to its end."""

    def too_old(self, visit: Visit, published: datetime | None) -> None:
        """An article was fetched and is older than asked for."""

    def headers(self, visit: Visit) -> dict[str, str]:
        """What to ask with, so that what did not change is not sent again."""
        return {}

    def is_unchanged(self, visit: Visit, status: int, body: bytes) -> bool:
        """Is the answer to a listing what it was last time?"""
        return False

    def answered(
        self, visit: Visit, headers: dict[str, str], body: bytes, fresh: int, is_unchanged: bool = False
    ) -> None:
        """A listing answered, and so many of its links were new."""

    def is_due(self, url: str, kind: As, modified: datetime | None = None) -> bool:
        """Has the turn of a listing come?"""
        return True

    def places(self, kind: As) -> bool:
        """Are places of feeds or sitemaps known, so that the usual ones need not be tried?"""
        return False

    def is_absent(self, url: str) -> bool:
        """Was nothing at this usual place lately?"""
        return False

    def absent(self, url: str, kind: As) -> None:
        """Nothing is at this usual place."""

    def remembered(self) -> list[tuple[Link, As]]:
        """Listings of earlier runs whose turn has come."""
        return []

    def waiting(self) -> Iterator[Visit]:
        """Visits of earlier runs that may be made now, newest first, some at a time."""
        return iter(())

    def again(self) -> Iterator[Visit]:
        """Articles whose next visit is due."""
        return iter(())


class SiteMemory(NoMemory):
    """One site. name: as the memory files it. run_name: as the person named it. since: the run's bound."""

    def __init__(self, keeper: MemoryKeeper, name: str, run_name: str, since: datetime | None) -> None:
        self._keeper = keeper
        self._memory = keeper.memory
        self._name = name
        self._run_name = run_name
        self._since = int(since.timestamp()) if since is not None else 0
        self._now = keeper.now
        self._listings = {state.url: state for state in self._memory.listings(name)}
        self._asked_before = {url: state.asked for url, state in self._listings.items()}
        self._hosts: dict[str, HostState] = {}
        self._unverified = self._listing_to_verify()
        self._taken = KeySet()
        self._last: tuple[float, int] | None = None

    # -- addresses ------------------------------------------------------------------------------

    def knows(self, key: int) -> bool:
        """Is the address dealt with, or not to be asked for now?"""
        known = self._memory.known(key)
        if known is not None:
            state, due = known
            return state is not State.OLD or (self._since > (due or 0))
        waits = self._memory.wait(key)
        return waits is not None and self._now < waits.not_before <= self._now + 8 * 86400

    def met(self, visit: Visit) -> None:
        """A visit will be made: should it not come to that in this run, the next one makes it."""
        key = visit_key(visit.kind, visit.url)
        self._taken.add(key)
        self._keeper.meets(Waiting(key, self._name, visit.around.timestamp(), _packed(visit)))

    def settled(self, fate: Fate, visit: Visit | None) -> None:
        """A visit has come to its end."""
        reason = fate.reason
        if reason in _LATER:
            return
        if visit is None:
            if reason in ("OldLink", "OverBudget", "Duplicate"):  # it waited, and is not wanted any more
                self._keeper.is_over(visit_key(As.ARTICLE, fate.url))
                self._keeper.is_over(url_key(fate.url))
            return
        key = visit_key(visit.kind, visit.url)
        if visit.kind.is_listing:
            self._keeper.is_over(key)
            if (
                REASONS[reason].outcome not in (Outcome.LISTING, Outcome.UNCHANGED)
                and visit.page == 1
                and not visit.guessed
            ):
                self._listing_failed(visit, fate.status)
        elif visit.again and reason in _WITHHELD:
            self._keeper.unchanged(visit.url)
        elif reason in _FINAL:
            self._keeper.knows(key, self._name, State.REFUSED)
            self._keeper.is_over(key)
        elif reason in _OPEN or REASONS[reason].outcome is Outcome.RECORDED or reason in ("TooOld", "Undated"):
            self._keeper.is_over(key)
        elif visit.again:
            self._revisit_failed(key)
        else:
            self._failed(key, fate, visit)

    def _failed(self, key: int, fate: Fate, visit: Visit) -> None:
        waits = self._memory.wait(key)
        attempts = 1 + (waits.attempts if waits is not None else 0)
        is_temporary = fate.reason in _TEMPORARY or (
            fate.reason == "HttpStatus" and (fate.status or 500) not in (404, 410)
        )
        pause = retry(attempts, is_temporary)
        self._keeper.is_over(key)
        if pause is None:
            self._keeper.knows(key, self._name, State.GONE)
        else:
            self._keeper.meets(
                Waiting(key, self._name, visit.around.timestamp(), _packed(visit), attempts, self._now + pause)
            )

    def _revisit_failed(self, key: int) -> None:
        """An article could not be had this time: in an hour, or as planned."""
        state = self._memory.article(key)
        if state is not None:
            state.due = self._now + 3600
            state.visits += 1
            self._keeper.batch.articles.append(state)

    def too_old(self, visit: Visit, published: datetime | None) -> None:
        """An article was fetched and is older than asked for: a run that asks for older ones fetches it again."""
        due = int(published.timestamp()) if published is not None else 0
        self._keeper.knows(visit_key(As.ARTICLE, visit.url), self._name, State.OLD, due)

    def waiting(self) -> Iterator[Visit]:
        """Visits of earlier runs that may be made now."""
        rows = self._memory.waiting(self._name, self._now, _TURN, self._last)
        for row in rows:
            self._last = (row.around, row.key)
            if row.key not in self._taken:
                self._taken.add(row.key)
                visit = _unpacked(self._run_name, row)
                if visit is not None:
                    yield visit

    def again(self) -> Iterator[Visit]:
        """Articles whose next visit is due."""
        for state in self._memory.due_articles(self._name, self._now, _TURN):
            link = Link(state.url, source="memory")
            yield Visit(self._run_name, link, As.ARTICLE, datetime.fromtimestamp(state.first, timezone.utc), again=True)

    # -- listings -------------------------------------------------------------------------------

    def _listing_to_verify(self) -> str:
        """The listing that is asked without its validators in this run: the one for which that was done longest ago."""
        asked = [state for state in self._listings.values() if state.asked and (state.etag or state.modified)]
        if not asked:
            return ""
        return min(asked, key=lambda state: (state.verified, state.kind != As.FRONT_PAGE.value, state.url)).url

    def _host(self, url: str) -> HostState:
        name = urlsplit(url).netloc
        if name not in self._hosts:
            self._hosts[name] = self._memory.host(name)
        return self._hosts[name]

    def has_walked(self, visit: Visit) -> bool:
        """Was this listing walked in an earlier run?"""
        return bool(self._asked_before.get(visit.url))

    def headers(self, visit: Visit) -> dict[str, str]:
        """ETag and Last-Modified of the last answer, of an article's too; none for the one that is verified, nor of a host whose validators lie."""
        if visit.again:
            article = self._memory.article(visit_key(As.ARTICLE, visit.url))
            return (
                _validators(article.etag, article.modified)
                if article is not None and not self._host(visit.url).distrusted
                else {}
            )
        state = self._listings.get(visit.url)
        if (
            state is None
            or visit.page > 1
            or not self._covers(state)
            or visit.url == self._unverified
            or self._host(visit.url).distrusted
        ):
            return {}
        return _validators(state.etag, state.modified)

    def _covers(self, state: ListingState) -> bool:
        """Did the run that walked it want all that this one wants?"""
        return state.since == 0 or (self._since != 0 and state.since <= self._since)

    def is_unchanged(self, visit: Visit, status: int, body: bytes) -> bool:
        """304, or the body that it was."""
        state = self._listings.get(visit.url)
        if status == 304:
            return True
        return (
            state is not None
            and bool(state.asked)
            and visit.page == 1
            and state.body_hash == _hash(body)
            and self._covers(state)
        )

    def answered(
        self, visit: Visit, headers: dict[str, str], body: bytes, fresh: int, is_unchanged: bool = False
    ) -> None:
        """A listing answered."""
        if visit.page > 1 or visit.kind is As.ROBOTS:
            return
        state = self._listings.get(visit.url) or ListingState(
            visit_key(visit.kind, visit.url), self._name, visit.url, visit.kind.value
        )
        self._listings[visit.url] = state
        given = {name.lower(): value for name, value in headers.items()}
        etag, modified = given.get("etag", ""), given.get("last-modified", "")
        if state.asked and visit.url == self._unverified:
            self._verified(state, etag, modified, fresh)
        if state.asked:
            rhythm = Rhythm(state.rhythm)
            rhythm.observe(state.asked, self._now, fresh)
            state.rhythm = rhythm.packed()
        if not is_unchanged:
            state.etag, state.modified, state.body_hash = etag, modified, _hash(body)
            state.floor = min(asked_pause(body), _MAX_FLOOR) if visit.kind is As.FEED else 0
        elif body:
            state.etag, state.modified = etag or state.etag, modified or state.modified
        age = _MAX_AGE_WORD.search(given.get("cache-control", ""))
        state.floor = max(state.floor, min(int(age.group(1)), _MAX_AGE) if age else 0)
        state.asked, state.failures, state.absent, state.since, state.due = self._now, 0, False, self._since, 0
        state.lastmod = visit.link.modified.isoformat() if visit.link.modified is not None else state.lastmod
        if fresh:
            state.changed = self._now
        self._keeper.batch.listings.append(state)

    def _verified(self, state: ListingState, etag: str, modified: str, fresh: int) -> None:
        """A listing was asked without its validators: did the server, by the validators it gives, owe us "not modified" though there was something new?"""
        state.verified = self._now
        host = self._host(state.url)
        host.checks += 1
        host.checked = self._now
        same = (etag == state.etag) if etag else bool(modified) and modified == state.modified
        said = _moment(modified)
        if fresh and (same or (said is not None and said < state.asked)):
            host.distrusted = True
        self._keeper.batch.hosts.append(host)

    def _listing_failed(self, visit: Visit, status: int | None) -> None:
        state = self._listings.get(visit.url) or ListingState(
            visit_key(visit.kind, visit.url), self._name, visit.url, visit.kind.value
        )
        self._listings[visit.url] = state
        state.failures += 1
        state.due = self._now + listing_retry(state.failures, status == 410)
        self._keeper.batch.listings.append(state)

    def is_due(self, url: str, kind: As, modified: datetime | None = None) -> bool:
        """Has the turn of a listing come? What was never asked is due."""
        state = self._listings.get(url)
        if state is None or not (state.asked or state.failures):
            return True
        since = self._now - state.asked
        if since < 0 or not self._covers(state):  # the clock was set back, or more is wanted
            return True
        if state.failures:
            return not self._now < state.due <= self._now + 8 * 86400
        if since < state.floor:
            return False
        if state.lastmod and modified is not None:
            # by its index it has not changed since; a young one may be wrong by the hour, and an index may be wrong altogether
            return (
                modified.isoformat() != state.lastmod
                or modified.timestamp() > state.asked - 2 * 86400
                or since > _SITEMAP_PAUSE
            )
        rhythm = Rhythm(state.rhythm)
        if rhythm.hours < _WATCHED or since > _LONGEST:
            return True
        return rhythm.expected(state.asked, self._now) >= _WORTH

    def places(self, kind: As) -> bool:
        """Are places of this kind known?"""
        return any(state.kind == kind.value and not state.absent for state in self._listings.values())

    def is_absent(self, url: str) -> bool:
        """Was nothing at this usual place in the last week?"""
        state = self._listings.get(url)
        return state is not None and state.absent and 0 <= self._now - state.asked < 7 * 86400

    def absent(self, url: str, kind: As) -> None:
        """Nothing is at this usual place."""
        state = ListingState(url_key(url), self._name, url, kind.value, asked=self._now, absent=True)
        self._listings[url] = state
        self._keeper.batch.listings.append(state)

    def remembered(self) -> list[tuple[Link, As]]:
        """Listings of earlier runs whose turn has come: of the sections, those that promise most, and in turn those that were not asked longest."""
        found: list[tuple[Link, As]] = []
        sections: list[tuple[float, ListingState]] = []
        for state in self._listings.values():
            kind = As(state.kind)
            modified = parse_when(state.lastmod)
            if (
                state.absent
                or kind not in (As.FEED, As.SITEMAP, As.SECTION)
                or not state.asked
                or not self.is_due(state.url, kind, modified)
            ):
                continue
            if kind is As.SECTION and modified is not None:
                continue  # an archive by date: its listing names it while it is young
            if kind is As.SECTION:
                worth = Rhythm(state.rhythm).expected(state.asked, self._now) + (self._now - state.asked) / 86400
                sections.append((worth, state))
            else:
                found.append((Link(state.url, source=state.kind, modified=modified), kind))
        most = max(_SECTIONS, self._memory.count_articles(self._name) // _ARTICLES_A_SECTION)
        for _, state in sorted(sections, key=lambda one: (-one[0], one[1].url))[:most]:
            found.append((Link(state.url, source="section"), As.SECTION))
        return found


def _validators(etag: str, modified: str) -> dict[str, str]:
    return {**({"If-None-Match": etag} if etag else {}), **({"If-Modified-Since": modified} if modified else {})}


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def _moment(text: str) -> float | None:
    found = parse_when(text)
    return found.timestamp() if found is not None else None


def _date(date: datetime | None) -> str | None:
    if date is None:
        return None
    return (date.replace(tzinfo=None) if date.tzinfo is UNSTATED else date).isoformat()


def _packed(visit: Visit) -> list[Any]:
    link = visit.link
    return [
        visit.kind.value, link.url, _date(link.published), link.headline, link.source, link.found_on, _date(link.modified), link.language,
        visit.page, visit.sure, visit.branch,
    ]  # fmt: skip


def _unpacked(site: str, row: Waiting) -> Visit | None:
    try:
        kind, url, published, headline, source, found_on, modified, language, page, sure, branch = row.visit
        link = Link(url, parse_when(published), headline, source, found_on, parse_when(modified), language)
        around = datetime.fromtimestamp(row.around, timezone.utc)
        return Visit(site, link, As(kind), around, page, False, sure, branch)
    except (TypeError, ValueError):
        return None
