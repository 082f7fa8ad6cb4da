"""What becomes of a URL: one list of reasons, and the one ledger that counts.

Does not fetch, decide or write anything. Whoever decides the fate of a URL says so once, with
`Ledger.settle`; everything that reports (progress, summary, audit, exit status) reads the ledger and
counts nothing by itself. A reason's name is the word everywhere: the drop's class, the stat's key, the
audit's column and the README's row.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from newscrawl.keys import KeySet


class Outcome(Enum):
    """The sort of end a URL comes to."""

    RECORDED = "recorded"
    LISTING = "listing"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    NOT_FETCHED = "not fetched"
    FAILED = "failed"


class Reason(NamedTuple):
    """A row of the list of reasons."""

    outcome: Outcome
    meaning: str


#: Every reason there is. Add one here, and it has a drop class, a stat, an audit word and a row in the README.
REASONS: dict[str, Reason] = {
    "Recorded": Reason(Outcome.RECORDED, "an article record was written"),
    "Changed": Reason(Outcome.RECORDED, "a new version of an article recorded earlier"),
    "Removed": Reason(Outcome.RECORDED, "an article recorded earlier is gone; a record says so"),
    "Unchanged": Reason(Outcome.UNCHANGED, "recorded earlier, and the same still"),
    "JoinedPage": Reason(Outcome.LISTING, "a further page of an article in several pages, joined to its first"),
    "Listing": Reason(Outcome.LISTING, "a front page, section, feed or sitemap, read for its links"),
    # fetched and read, and no record made of it
    "SectionPage": Reason(Outcome.REFUSED, "a page of links: section, tag, author, archive or front page"),
    "SearchPage": Reason(Outcome.REFUSED, "a page of search results"),
    "LoginPage": Reason(Outcome.REFUSED, "a form to sign in or to register"),
    "SoftNotFound": Reason(Outcome.REFUSED, "an error page that came with status 200"),
    "Challenge": Reason(
        Outcome.REFUSED, "a bot challenge, or a refusal by region, age or ad blocker, in place of the page"
    ),
    "ConsentWall": Reason(Outcome.REFUSED, "a consent form in place of the page"),
    "Maintenance": Reason(Outcome.REFUSED, "a notice of maintenance in place of the page, with status 200"),
    "ParkedDomain": Reason(Outcome.REFUSED, "the domain is for sale, has expired, or shows a server's default page"),
    "ErrorPage": Reason(Outcome.REFUSED, "an error of the server or its application that came with status 200"),
    "NeedsScript": Reason(Outcome.REFUSED, "an empty shell that a script would fill"),
    "NeedsBrowser": Reason(Outcome.REFUSED, "its content is made by scripts, and there is no browser to run them"),
    "VideoPage": Reason(Outcome.REFUSED, "a video or audio with no story to it"),
    "OtherPage": Reason(Outcome.REFUSED, "no article: service, product, form, about or other page"),
    "IncompleteArticle": Reason(Outcome.REFUSED, "an article whose headline or body could not be read"),
    "Unreadable": Reason(Outcome.REFUSED, "empty, not HTML, or not decodable"),
    "Duplicate": Reason(Outcome.REFUSED, "the same article was recorded from another address"),
    "NoIndex": Reason(Outcome.REFUSED, "its publisher wants no record of it: noindex or none, in its page or header"),
    "Expired": Reason(
        Outcome.REFUSED, "its publisher wants no record of it any more: its `unavailable_after` has passed"
    ),
    "Reserved": Reason(
        Outcome.REFUSED, "its publisher reserves it for the purpose of every output, or of `NEWSCRAWL_PURPOSE`"
    ),
    "TooOld": Reason(Outcome.REFUSED, "published before `since`"),
    "Undated": Reason(Outcome.REFUSED, "`since` was asked for and the article has no date"),
    "PipelineError": Reason(Outcome.REFUSED, "a pipeline or exporter raised on this article"),
    "Dropped": Reason(Outcome.REFUSED, "a pipeline of the project dropped it, for a reason of its own"),
    # met, and never asked for
    "OverLimit": Reason(Outcome.NOT_FETCHED, "the site's `limit` was reached"),
    "OldLink": Reason(Outcome.NOT_FETCHED, "its feed or sitemap dates it before `since`"),
    "NotAnArticleUrl": Reason(Outcome.NOT_FETCHED, "the address is that of a tag, search, login, media file ..."),
    "ForeignHost": Reason(Outcome.NOT_FETCHED, "the address is of another site"),
    "RobotsForbidden": Reason(Outcome.NOT_FETCHED, "robots.txt forbids it"),
    "DelayTooLong": Reason(Outcome.NOT_FETCHED, "robots.txt asks for a longer delay than `NEWSCRAWL_MAX_CRAWL_DELAY`"),
    "HostHeld": Reason(
        Outcome.NOT_FETCHED, "left for a later run: its server asks for a long pause, or fails again and again"
    ),
    "PrivateAddress": Reason(Outcome.NOT_FETCHED, "the address is loopback, private or reserved"),
    "OverBudget": Reason(
        Outcome.NOT_FETCHED,
        "beyond the crawl's budget for this site: of listings, of pages, of doubtful or of unlisted addresses",
    ),
    "Trap": Reason(
        Outcome.NOT_FETCHED,
        "one of addresses without end whose like have brought nothing: calendar, facets, maze, mirrors ...",
    ),
    "NotDue": Reason(Outcome.NOT_FETCHED, "a listing whose turn has not come, by what earlier runs have learned of it"),
    "Postponed": Reason(Outcome.NOT_FETCHED, "left for a later run: `NEWSCRAWL_BUDGET` is spent"),
    "Stopped": Reason(Outcome.NOT_FETCHED, "the crawl was stopped before its turn came"),
    # asked for, and not had
    "HttpStatus": Reason(Outcome.FAILED, "the server answered with an error status"),
    "HostNotFound": Reason(Outcome.FAILED, "the host's name could not be resolved"),
    "TimedOut": Reason(Outcome.FAILED, "no whole answer in time"),
    "ConnectionFailed": Reason(Outcome.FAILED, "no connection, or it broke"),
    "TlsFailed": Reason(Outcome.FAILED, "the server's certificate or TLS handshake was bad"),
    "BrowserFailed": Reason(
        Outcome.FAILED,
        "the browser failed on it twice (hung, crashed or killed), or what its scripts asked for could not be had",
    ),
    "TooLarge": Reason(Outcome.FAILED, "the answer was larger than allowed"),
    "Truncated": Reason(Outcome.FAILED, "the answer broke off before its end"),
    "BadAnswer": Reason(Outcome.FAILED, "the answer was no valid HTTP, or in a coding that cannot be undone"),
    "RedirectLoop": Reason(Outcome.FAILED, "it redirects in a circle, or too often"),
    "NotWritten": Reason(
        Outcome.FAILED, "its record could not be written to an output; with a memory it is owed to it"
    ),
    "SpiderError": Reason(Outcome.FAILED, "newscrawl itself raised on this page"),
}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one URL.

    site: the site as the person named it. roads: how it was found, as "source found_on". reason: a name in
    `REASONS`. status: HTTP status, or None. detail: for a person.
    """

    url: str
    site: str
    roads: tuple[str, ...] = ()
    reason: str = "Recorded"
    status: int | None = None
    detail: str = ""

    @property
    def outcome(self) -> Outcome:
        """The outcome that goes with the reason."""
        return REASONS[self.reason].outcome


def url_key(url: str) -> int:
    """64-bit key of a URL: a set of these is a small memory of many addresses."""
    return int.from_bytes(hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class Ledger:
    """The fates of one run, each URL settled once.

    Keeps counts and 8-byte keys, not the fates themselves; who wants each one (an audit file) subscribes.
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._met: Counter[str] = Counter()
        self._met_keys = KeySet()
        self._settled = KeySet()
        self._roads: Counter[tuple[str, str]] = Counter()
        self._listeners: list[Callable[[Fate], None]] = []

    def subscribe(self, listener: Callable[[Fate], None]) -> None:
        """Call `listener` with every fate from now on."""
        self._listeners.append(listener)

    def meet(self, site: str, url: str) -> bool:
        """A URL of `site` was met: from now on it is owed a fate. False when it was met before."""
        key = url_key(url)
        if key in self._met_keys:
            return False
        self._met_keys.add(key)
        self._met[site] += 1
        return True

    def settle(self, fate: Fate) -> bool:
        """Enter a fate. False, and nothing changes, when this URL has one already."""
        if fate.reason not in REASONS:
            raise ValueError(f"{fate.reason!r} is no reason: see newscrawl.fate.REASONS")
        key = url_key(fate.url)
        if key in self._settled:
            return False
        self.meet(fate.site, fate.url)
        self._settled.add(key)
        self._counts[fate.site, fate.reason] += 1
        if fate.outcome is Outcome.RECORDED and fate.roads:
            self._roads[fate.site, fate.roads[0].partition(" http")[0].strip()] += 1
        for listener in self._listeners:
            listener(fate)
        return True

    def is_settled(self, url: str) -> bool:
        """Has this URL come to its end?"""
        return url_key(url) in self._settled

    def count(self, site: str | None = None, reason: str | None = None, outcome: Outcome | None = None) -> int:
        """How many URLs were settled; of one site, for one reason, with one outcome, or any mix of these."""
        return sum(
            n
            for (s, r), n in self._counts.items()
            if (site is None or s == site)
            and (reason is None or r == reason)
            and (outcome is None or REASONS[r].outcome is outcome)
        )

    def met(self, site: str | None = None) -> int:
        """How many different URLs were met, of one site or of all."""
        return self._met[site] if site is not None else sum(self._met.values())

    def reasons(self, site: str | None = None) -> dict[str, int]:
        """Counts by reason, most first."""
        total: Counter[str] = Counter()
        for (s, r), n in self._counts.items():
            if site is None or s == site:
                total[r] += n
        return dict(total.most_common())

    def table(self) -> dict[str, dict[str, int]]:
        """Site -> reason -> how many URLs; every site that anything was met of, in the order of their first fate."""
        found: dict[str, dict[str, int]] = {site: {} for site in self.sites()}
        for (site, reason), n in self._counts.items():
            found[site][reason] = n
        return found

    def roads(self) -> dict[str, dict[str, int]]:
        """Site -> road that first named them -> records."""
        found: dict[str, dict[str, int]] = {}
        for (site, road), n in self._roads.items():
            found.setdefault(site, {})[road] = n
        return found

    def records_by_road(self, site: str | None = None) -> dict[str, int]:
        """Records by the road that first named them, most first."""
        total: Counter[str] = Counter()
        for (s, road), n in self._roads.items():
            if site is None or s == site:
                total[road] += n
        return dict(total.most_common())

    def sites(self) -> list[str]:
        """The sites that anything was met or settled of, in the order of their first fate."""
        return list(dict.fromkeys([*self._met, *(site for site, _ in self._counts)]))
