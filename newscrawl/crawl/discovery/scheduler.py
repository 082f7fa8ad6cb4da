"""The scheduler: which of a site's waiting visits is made next, and which are skipped after all.

Keeps a window of visits in progress for each site, so that what they bring can change the order of the rest. Sends
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from newscrawl.crawl.discovery.frontier import FIRST
from newscrawl.crawl.discovery.listing_intake import ARCHIVE, MAX_UNPRODUCTIVE_ARCHIVES
from newscrawl.crawl.discovery.site import Forbidden, Site, nothing
from newscrawl.crawl.nouns.ledger import Ledger, LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.discover.address import same_article_key
from newscrawl.discover.pagination import stem
from newscrawl.keys import url_key

#: Sections that are not needed for the limit are dated back by this much, so that they come last.
_LAST = timedelta(days=36500)
_SOURCES = (VisitKind.FRONT_PAGE, VisitKind.FEED, VisitKind.SITEMAP)
#: Listings of a site that are read in a row while articles wait: then one article goes first. More where a limit asks
#: for the newest articles, which later listings may name.
_LISTINGS_IN_A_ROW, _WITH_LIMIT = 10, 60


class Scheduler:
    """window: visits of a site in progress at once. budget: requests of the run, or 0. max_unlikely: unlikely articles.

    cost: how many requests a visit takes. backed_off: why a URL's host is not requested any more in this run, or "".
    forbidden: why robots.txt forbids a URL, as far as it is known: reason and detail, or None.
    """

    def __init__(
        self,
        ledger: Ledger,
        window: int,
        budget: int,
        max_unlikely: int,
        cost: Callable[[Visit], int],
        backed_off: Callable[[str], str],
        forbidden: Forbidden = nothing,
    ) -> None:
        self._ledger = ledger
        self._window = window
        self._budget = budget
        self._max_unlikely = max_unlikely
        self._cost = cost
        self._backed_off = backed_off
        self._forbidden = forbidden
        self.requests = 0
        self._at_work: set[str] = set()

    @property
    def is_budget_spent(self) -> bool:
        """Has the run no request left?"""
        return bool(self._budget) and self.requests >= self._budget

    def begin(self, site: Site, visit: Visit) -> None:
        """A visit is about to be requested."""
        site.in_progress[visit.url] = visit
        site.listings_in_a_row = site.listings_in_a_row + 1 if visit.kind.is_listing else 0
        self.requests += self._cost(visit)

    def next_visits(self, site: Site) -> Iterator[Visit]:
        """The visits to request now, as far as the site's window has room for them.

        Outcomes that this brings about do not start it anew.
        """
        if site.name in self._at_work:
            return
        self._at_work.add(site.name)
        try:
            while self._has_room(site):
                visit = self.next_visit(site)
                if visit is None:
                    break
                if self._budget and self.requests + self._cost(visit) > self._budget:
                    self._postpone(site, visit)
                elif not visit.guessed and (why := self._backed_off(visit.url)):
                    self._ledger.settle(visit.entry("HostBackedOff", detail=why))
                elif self._is_wanted(site, visit):
                    self.begin(site, visit)
                    yield visit
        finally:
            self._at_work.discard(site.name)

    def _has_room(self, site: Site) -> bool:
        """May another visit be in progress? Pages that are being retried take no place, up to a bound."""
        count = len(site.in_progress)
        if count < self._window:
            return True
        retrying = sum(url in site.in_progress for url in site.retrying)
        return count < 4 * self._window and count - retrying < self._window

    def _postpone(self, site: Site, visit: Visit) -> None:
        """The budget of the run is spent: what waits is left for the next one."""
        for left in (visit, *site.frontier.drain()):
            if not left.guessed:
                self._ledger.settle(left.entry("Postponed"))

    def next_visit(self, site: Site) -> Visit | None:
        """The next visit; None when nothing waits, or when it must wait for those in progress."""
        stage = site.frontier.peek_stage()
        if stage is None or site.is_full:
            return None
        in_progress = site.in_progress.values()
        is_articles_turn = site.listings_in_a_row >= (_LISTINGS_IN_A_ROW if site.limit is None else _WITH_LIMIT)
        if stage > FIRST and not is_articles_turn and any(visit.kind in _SOURCES for visit in in_progress):
            return None  # they may name newer articles
        if stage > FIRST and not site.are_sections_dated:
            self._date_sections(site)
        articles = [visit for visit in in_progress if visit.kind is VisitKind.ARTICLE]
        if site.limit is not None and site.recorded + len(articles) >= site.limit:
            return None
        visit = site.frontier.pop(prefers_article=is_articles_turn)
        if visit is not None and self._must_wait(visit, articles):
            site.frontier.push(visit)
            return None
        return visit

    def _must_wait(self, visit: Visit, articles: list[Visit]) -> bool:
        """Must a visit wait for the articles in progress?"""
        if visit.page > 1 and any(article.branch == visit.branch for article in articles):
            return True  # whether this page of a listing is needed depends on the articles of the one before
        if visit.is_given:
            return False
        # two articles with almost the same URL may be pages of one: the first that is read tells
        if visit.kind is not VisitKind.ARTICLE:
            return False
        own = stem(visit.url)
        return any(stem(article.link.url) == own for article in articles)

    def _date_sections(self, site: Site) -> None:
        """Once feeds and sitemaps are read: sections begin with what is newest on the site, as far as that is known.

        Where enough dated articles are known for the limit, sections come last: they have only older ones.
        """
        site.are_sections_dated = True
        is_enough = site.limit is not None and site.dated >= site.limit
        for visit in [visit for visit in site.frontier if visit.kind is VisitKind.SECTION]:
            around = min(visit.around, site.newest or visit.around)
            site.frontier.push(replace(visit, around=around - (_LAST if is_enough else timedelta(0))))

    # -- a last look before the request ---------------------------------------------------------

    def _is_wanted(self, site: Site, visit: Visit) -> bool:
        """Is the visit still wanted? Things may have changed while it waited. Enters the outcome of one that is not."""
        if self._ledger.is_settled(visit.url):
            return False
        why = (None if visit.guessed else self._forbidden(visit.url)) or self._why_not(site, visit)
        if why is not None:
            self._ledger.settle(visit.entry(why[0], detail=why[1]))
        return why is None

    def _why_not(self, site: Site, visit: Visit) -> tuple[str, str] | None:
        if visit.is_given:
            return None
        if visit.kind is VisitKind.ARTICLE:
            # a URL that several articles name is none of them: their template gives the same one to all
            if site.recorded_keys[url_key(same_article_key(visit.url))] == 1:
                return "Duplicate", "a recorded article names it as its canonical URL"
            if not visit.sure:
                site.unlikely_tried += 1
                if site.unlikely_tried > self._max_unlikely:
                    return "OverBudget", "it hardly looks like an article"
        if (trap := site.traps.why_not(visit)) is not None:
            return trap
        if visit.branch == ARCHIVE and visit.link.source == ARCHIVE and ARCHIVE in site.exhausted:
            return "OverBudget", f"{MAX_UNPRODUCTIVE_ARCHIVES} newer archives brought nothing new"
        if visit.kind is VisitKind.SECTION and visit.page > 1:
            if visit.branch in site.exhausted:
                return "OverBudget", "a page before it in its listing brought nothing new"
            if _was_old(site, visit.branch, visit.page - 1):
                return "OldLink", "all that is new on the page before it was too old"
        return None

    # -- what comes back ------------------------------------------------------------------------

    def settled(self, site: Site, entry: LedgerEntry) -> bool:
        """A URL of the site has its outcome. Returns whether that frees a place in the window: it was in progress."""
        visit = site.in_progress.pop(entry.url, None)
        site.retrying.discard(entry.url)
        site.memory.settled(entry, visit)
        if visit is not None:
            site.traps.settled(visit, entry)
        site.settle(entry.url, entry.reason)
        if visit is not None and visit.branch and visit.kind is VisitKind.ARTICLE:
            site.outcomes[visit.branch, visit.page, entry.reason == "TooOld"] += 1
        return visit is not None


def _was_old(site: Site, branch: str, page: int) -> bool:
    """Was every new article of this page of a listing too old?"""
    return bool(site.outcomes[branch, page, True]) and not site.outcomes[branch, page, False]
