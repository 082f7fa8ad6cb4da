"""What the memory knows of the URLs of one site, and what the crawl tells it of them.

`NoSiteMemory` takes its place in a run without a memory: it knows nothing and remembers nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone

from newscrawl.article import Link
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.state.listing_memory import NoListingMemory
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.crawl.state.stored_visit import pack, unpack, visit_key
from newscrawl.keys import KeySet, url_key
from newscrawl.memory import LastOutcome, State, Waiting
from newscrawl.memory.schedule import retry
from newscrawl.outcomes import REASONS, Outcome
from newscrawl.sites import Wanted

#: Reasons that leave a visit for the next run.
_LATER = frozenset({"Stopped", "OverLimit", "Postponed", "HostBackedOff", "DelayTooLong"})
#: Reasons after which a URL is not requested again.
_FINAL = frozenset(
    {
        "Duplicate",
        "SectionPage",
        "SearchPage",
        "OtherPage",
        "VideoPage",
        "Dropped",
        "NoIndex",
        "Expired",
        "Reserved",
    }
)
#: Of those, the ones that say nothing about a record that was made earlier: its article is visited again as planned.
_WITHHELD = frozenset({"NoIndex", "Expired", "Reserved"})
#: Reasons that decide nothing for later runs: a source that names the URL again brings it in again.
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
        "CrawlTrap",
        "TooOld",
        "TooNew",
        "Undated",
    }
)
#: Reasons that count for runs that want the same.
_UNWANTED = frozenset({"OtherLanguage", "NoMatch"})
#: Failures that may pass.
_TEMPORARY = frozenset({"HostNotFound", "TimedOut", "ConnectionFailed", "TlsFailed", "Truncated", "BadResponse"})
#: URLs that were skipped whose outcomes one run remembers of a site, and characters of a detail.
_MAX_SKIPPED, _MAX_DETAIL = 2000, 300
#: Visits taken out of the memory at once.
_AT_ONCE = 1000
#: Seconds: no visit waits longer than this, so a date further ahead means that the clock was set back.
_LONGEST_WAIT = 8 * 86400


class NoSiteMemory:
    """A run that knows nothing of earlier ones."""

    def knows(self, key: int) -> bool:
        """Is the URL of this key settled by an earlier run, or not to be requested now?"""
        return False

    def remember_visit(self, visit: Visit) -> None:
        """A visit will be made."""

    def settled(self, entry: LedgerEntry, visit: Visit | None) -> None:
        """A URL has its outcome. visit: the visit that was made; None when it was skipped."""

    def too_old(self, visit: Visit, published: datetime | None) -> None:
        """An article was fetched, and is older than `since`."""

    def waiting(self) -> Iterator[Visit]:
        """Visits that earlier runs left and that may be made now, newest first, some at a time."""
        return iter(())

    def due_articles(self) -> Iterator[Visit]:
        """Recorded articles that are due to be visited again."""
        return iter(())


class SiteMemory(NoSiteMemory):
    """One site. name: as the memory files it. run_name: as the person named it. wanted: by this run."""

    def __init__(
        self, keeper: MemoryKeeper, name: str, run_name: str, wanted: Wanted, listings: NoListingMemory
    ) -> None:
        self._keeper = keeper
        self._memory = keeper.memory
        self._name = name
        self._run_name = run_name
        self._since = int(wanted.since.timestamp()) if wanted.since is not None else 0
        self._wanted_key = wanted.key
        self._listings = listings
        self._now = keeper.now
        self._taken = KeySet()
        self._skipped = 0
        self._last: tuple[float, int] | None = None

    def knows(self, key: int) -> bool:
        """Is the URL of this key settled by an earlier run, or not to be requested now?"""
        known = self._memory.known(key)
        if known is not None:
            state, due = known
            if state is State.UNWANTED:
                return due == self._wanted_key
            return state is not State.OLD or (self._since > (due or 0))
        waiting = self._memory.wait(key)
        return waiting is not None and self._now < waiting.not_before <= self._now + _LONGEST_WAIT

    def remember_visit(self, visit: Visit) -> None:
        """A visit will be made; should this run not come to it, the next one does."""
        key = visit_key(visit.kind, visit.url)
        self._taken.add(key)
        self._keeper.remember_visit(Waiting(key, self._name, visit.around.timestamp(), pack(visit)))

    def settled(self, entry: LedgerEntry, visit: Visit | None) -> None:
        """A URL has its outcome."""
        reason = entry.reason
        self._remember_outcome(entry, visit)
        if reason in _LATER:
            return
        if visit is None:
            if reason in ("OldLink", "OverBudget", "Duplicate"):  # it was waiting, and is not wanted any more
                self._keeper.forget_visit(visit_key(VisitKind.ARTICLE, entry.url))
                self._keeper.forget_visit(url_key(entry.url))
            return
        key = visit_key(visit.kind, visit.url)
        if visit.kind.is_listing:
            self._keeper.forget_visit(key)
            if entry.outcome not in (Outcome.LISTING, Outcome.UNCHANGED) and visit.page == 1 and not visit.guessed:
                self._listings.failed(visit, entry.status)
        elif visit.again and reason in _WITHHELD:
            self._keeper.remember_unchanged(visit.url)
        elif reason in _FINAL:
            self._keeper.remember_state(key, self._name, State.REFUSED)
            self._keeper.forget_visit(key)
        elif reason in _UNWANTED:
            self._keeper.remember_state(key, self._name, State.UNWANTED, self._wanted_key)
            self._keeper.forget_visit(key)
        elif reason in _OPEN or REASONS[reason].outcome is Outcome.RECORDED:
            self._keeper.forget_visit(key)
        elif visit.again:
            self._revisit_failed(key)
        else:
            self._failed(key, entry, visit)

    def _remember_outcome(self, entry: LedgerEntry, visit: Visit | None) -> None:
        """For a person who asks why; of URLs that were skipped, only so many."""
        if visit is None or entry.outcome is Outcome.SKIPPED:
            self._skipped += 1
            if self._skipped > _MAX_SKIPPED:
                return
        key = visit_key(visit.kind if visit is not None else VisitKind.ARTICLE, entry.url)
        detail, found_on = entry.detail[:_MAX_DETAIL], entry.found_on
        self._keeper.batch.outcomes.append(
            LastOutcome(key, self._name, entry.reason, entry.status, detail, entry.source, found_on, int(time.time()))
        )

    def _failed(self, key: int, entry: LedgerEntry, visit: Visit) -> None:
        waiting = self._memory.wait(key)
        attempts = 1 + (waiting.attempts if waiting is not None else 0)
        is_temporary = entry.reason in _TEMPORARY or (
            entry.reason == "HttpStatus" and (entry.status or 500) not in (404, 410)
        )
        pause = retry(attempts, is_temporary)
        self._keeper.forget_visit(key)
        if pause is None:
            self._keeper.remember_state(key, self._name, State.GONE)
        else:
            around, not_before = visit.around.timestamp(), self._now + pause
            self._keeper.remember_visit(Waiting(key, self._name, around, pack(visit), attempts, not_before))

    def _revisit_failed(self, key: int) -> None:
        """A recorded article could not be fetched: it is tried again in an hour."""
        state = self._memory.article(key)
        if state is not None:
            state.due = self._now + 3600
            state.visits += 1
            self._keeper.batch.articles.append(state)

    def too_old(self, visit: Visit, published: datetime | None) -> None:
        """An article was fetched, and is older than `since`: only a run that asks for older ones fetches it again."""
        due = int(published.timestamp()) if published is not None else 0
        self._keeper.remember_state(visit_key(VisitKind.ARTICLE, visit.url), self._name, State.OLD, due)

    def waiting(self) -> Iterator[Visit]:
        """Visits that earlier runs left and that may be made now, newest first, some at a time."""
        rows = self._memory.waiting(self._name, self._now, _AT_ONCE, self._last)
        for row in rows:
            self._last = (row.around, row.key)
            if row.key not in self._taken:
                self._taken.add(row.key)
                visit = unpack(self._run_name, row)
                if visit is not None:
                    yield visit

    def due_articles(self) -> Iterator[Visit]:
        """Recorded articles that are due to be visited again."""
        for state in self._memory.due_articles(self._name, self._now, _AT_ONCE):
            link = Link(state.url, source="memory")
            first = datetime.fromtimestamp(state.first, timezone.utc)
            yield Visit(self._run_name, link, VisitKind.ARTICLE, first, again=True)
