"""The ledger of a crawl: every URL that was discovered gets exactly one outcome.

Whoever decides what becomes of a URL calls `Ledger.settle` once. Everything that reports (progress, summary, audit,
manifest, metrics, exit status) reads the ledger and counts nothing itself, so no two reports can disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from scrapy.crawler import Crawler

from newscrawl.article import Link
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.crawl.nouns.shared import shared
from newscrawl.keys import KeySet, url_key
from newscrawl.outcomes import GONE, REASONS, Outcome, is_lost


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one URL.

    site: as the person named it. reason: a name in `REASONS`. status: the HTTP status, or None. detail: for a person.
    source, found_on: what discovered the URL ("feed", "front page" ...), and the URL of that document. is_article: the
    URL was wanted as an article, for the first time.
    """

    url: str
    site: str
    reason: str = "Recorded"
    status: int | None = None
    detail: str = ""
    source: str = ""
    found_on: str = ""
    is_article: bool = True

    @property
    def outcome(self) -> Outcome:
        """The outcome that goes with the reason."""
        return REASONS[self.reason].outcome


#: Articles that may be gone though a run wanted no other: those that a list still names.
_FEW_GONE = 4


class Ledger:
    """The entries of one run.

    Keeps counts and 8-byte keys, not the entries; listeners (`on_settled`, `on_discovered`) see each one. faults: what
    went wrong with the run itself rather than with a URL. front_pages: site -> reason of its front page (the last one,
    where several were tried).
    """

    def __init__(self) -> None:
        self.faults: list[tuple[ExitStatus, str]] = []
        self.front_pages: dict[str, str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._discovered: Counter[str] = Counter()
        self._discovered_keys = KeySet()
        self._settled = KeySet()
        self._records: Counter[tuple[str, str]] = Counter()
        self._wanted: Counter[str] = Counter()
        self._gone: Counter[str] = Counter()
        self._lost: Counter[tuple[str, str]] = Counter()
        self._statuses: Counter[tuple[str, int]] = Counter()
        self._on_settled: list[Callable[[LedgerEntry], None]] = []
        self._on_discovered: list[Callable[[str, Link], None]] = []

    def on_settled(self, listener: Callable[[LedgerEntry], None]) -> None:
        """Call `listener` with every entry from now on."""
        self._on_settled.append(listener)

    def on_discovered(self, listener: Callable[[str, Link], None]) -> None:
        """Call `listener` with site and link each time that a source names a URL, again and again for the same URL."""
        self._on_discovered.append(listener)

    @property
    def wants_every_source(self) -> bool:
        """Does a listener want every source of a URL? Otherwise the first one is enough, which costs less."""
        return bool(self._on_discovered)

    def discover(self, site: str, link: Link) -> bool:
        """A source of `site` named a URL: from now on it is owed an outcome. False when it was discovered before."""
        for listener in self._on_discovered:
            listener(site, link)
        return self._discover(site, url_key(link.url))

    def _discover(self, site: str, key: int) -> bool:
        if key in self._discovered_keys:
            return False
        self._discovered_keys.add(key)
        self._discovered[site] += 1
        return True

    def settle(self, entry: LedgerEntry) -> bool:
        """Enter an outcome. Returns False, and changes nothing, when this URL has one already."""
        if entry.reason not in REASONS:
            raise ValueError(f"{entry.reason!r} is not a reason: see newscrawl.outcomes.REASONS")
        key = url_key(entry.url)
        if key in self._settled:
            return False
        self._discover(entry.site, key)
        self._settled.add(key)
        self._counts[entry.site, entry.reason] += 1
        if entry.reason == "HttpStatus" and entry.status is not None:
            self._statuses[entry.site, entry.status] += 1
        if entry.outcome is Outcome.RECORDED and entry.source:
            self._records[entry.site, entry.source] += 1
        if entry.source == "seed":
            self.front_pages[entry.site] = entry.reason
        elif entry.is_article:
            self._count_article(entry)
        for listener in self._on_settled:
            listener(entry)
        return True

    def _count_article(self, entry: LedgerEntry) -> None:
        lost = is_lost(entry.reason, entry.status)
        if lost:
            self._lost[entry.site, entry.reason] += 1
        if lost or entry.outcome in (Outcome.RECORDED, Outcome.UNCHANGED):
            self._wanted[entry.site] += 1
        elif entry.status in GONE and entry.outcome is Outcome.FAILED:
            self._gone[entry.site] += 1

    def lost_articles(self, site: str) -> tuple[dict[str, int], int]:
        """The lost articles of a site by reason, most first; and how many were wanted, with the recorded ones.

        Refused pages count as neither: they are no articles, or nobody wants their record. Pages that are gone are not
        lost either, but where most are: then the site names them wrongly, or is read wrongly.
        """
        lost = Counter({reason: count for (of_site, reason), count in self._lost.items() if of_site == site})
        wanted, gone = self._wanted[site], self._gone[site]
        if gone > max(wanted, _FEW_GONE):
            lost["HttpStatus"] += gone
            wanted += gone
        return dict(lost.most_common()), wanted

    def fault(self, status: ExitStatus, why: str) -> None:
        """Something is wrong with the run itself, not with one page: the process reports it when it ends."""
        if (status, why) not in self.faults:
            self.faults.append((status, why))

    def is_settled(self, url: str) -> bool:
        """Does this URL have an outcome?"""
        return url_key(url) in self._settled

    def count(self, site: str | None = None, reason: str | None = None, outcome: Outcome | None = None) -> int:
        """How many URLs were settled: of one site, for one reason, with one outcome, or any combination."""
        return sum(
            count
            for (of_site, of_reason), count in self._counts.items()
            if (site is None or of_site == site)
            and (reason is None or of_reason == reason)
            and (outcome is None or REASONS[of_reason].outcome is outcome)
        )

    def discovered(self, site: str | None = None) -> int:
        """How many different URLs were discovered, of one site or of all."""
        return self._discovered[site] if site is not None else sum(self._discovered.values())

    def reasons(self, site: str | None = None) -> dict[str, int]:
        """Counts by reason, most frequent first."""
        total: Counter[str] = Counter()
        for (of_site, reason), count in self._counts.items():
            if site is None or of_site == site:
                total[reason] += count
        return dict(total.most_common())

    def statuses(self, site: str | None = None) -> dict[int, int]:
        """HTTP status -> number of URLs that failed with it (reason `HttpStatus`)."""
        total: Counter[int] = Counter()
        for (of_site, status), count in self._statuses.items():
            if site is None or of_site == site:
                total[status] += count
        return dict(total)

    def table(self) -> dict[str, dict[str, int]]:
        """Site -> reason -> number of URLs, for every site that had anything discovered."""
        found: dict[str, dict[str, int]] = {site: {} for site in self.sites()}
        for (site, reason), count in self._counts.items():
            found[site][reason] = count
        return found

    def records_by_site_and_source(self) -> dict[str, dict[str, int]]:
        """Site -> source that discovered the article first -> number of records."""
        found: dict[str, dict[str, int]] = {}
        for (site, source), count in self._records.items():
            found.setdefault(site, {})[source] = count
        return found

    def records_by_source(self) -> dict[str, int]:
        """Source that discovered the article first -> number of records, most first."""
        total: Counter[str] = Counter()
        for (_, source), count in self._records.items():
            total[source] += count
        return dict(total.most_common())

    def sites(self) -> list[str]:
        """The sites that had anything discovered or settled, in the order of their first URL."""
        return list(dict.fromkeys([*self._discovered, *(site for site, _ in self._counts)]))


def ledger_of(crawler: Crawler) -> Ledger:
    """The one ledger of a crawl."""
    return shared(crawler, Ledger)
