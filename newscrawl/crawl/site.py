"""What the crawl knows of one site while it runs: what waits, what is under way, which hosts are its own.

Decides what is asked for next; sends nothing and reads no page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from newscrawl.crawl.frontier import FIRST, Frontier
from newscrawl.crawl.held import Held
from newscrawl.crawl.recall import NoMemory
from newscrawl.crawl.traps import Limits, Traps
from newscrawl.crawl.visit import As, Visit
from newscrawl.discover.address import is_on_site
from newscrawl.discover.pagination import stem
from newscrawl.discover.shape import Shapes
from newscrawl.discover.when import latest
from newscrawl.keys import KeySet


class Seen(KeySet):
    """Addresses met in this run, and those that earlier runs have dealt with. memory: asked for what this run has not met."""

    memory: NoMemory | None = None

    def __contains__(self, key: object) -> bool:
        return (isinstance(key, int) and super().__contains__(key)) or (
            self.memory is not None and isinstance(key, int) and self.memory.knows(key)
        )


@dataclass
class Site:
    """One site of the run.

    name: as the person wrote it. seed: the address asked for first. scheme_guessed: the person gave no scheme,
    so http is tried where https fails. limit: records wanted at most, or None.
    """

    name: str
    seed: str
    scheme_guessed: bool = False
    limit: int | None = None
    homes: list[str] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)
    under_way: dict[str, Visit] = field(default_factory=dict)
    #: of what is under way: what has failed and may be asked for again
    set_back: set[str] = field(default_factory=set)
    seen: Seen = field(default_factory=Seen)
    hrefs: KeySet = field(default_factory=KeySet)
    recorded_keys: set[int] = field(default_factory=set)
    #: links that look like no article's, by key; settled at the end unless a better road names them
    unlikely: dict[int, str] = field(default_factory=dict)
    newest: datetime | None = None
    #: dates of articles that a road or their page has stated, by key; some thousands are kept
    dates: dict[int, datetime] = field(default_factory=dict)
    pages_of: dict[str, str] = field(default_factory=dict)
    shapes: Shapes = field(default_factory=Shapes)
    recorded: int = 0
    _https: set[str] = field(default_factory=set)
    dated: int = 0
    sections_dated: bool = False
    listings: int = 0
    #: articles that this run has met first
    met: int = 0
    doubtful: int = 0
    #: how the articles of a listing's page came out: (listing, page, too old?) -> count
    outcomes: Counter[tuple[str, int, bool]] = field(default_factory=Counter)
    #: listings of which a further page brought nothing new
    spent: set[str] = field(default_factory=set)
    #: archives by date that brought nothing new, one after the other
    barren_archives: int = 0
    held: Held = field(default_factory=Held)
    traps: Traps = field(default_factory=lambda: Traps(Limits()))
    memory: NoMemory = field(default_factory=NoMemory)
    has_sitemap: bool = False
    has_feed: bool = False
    #: answers with lists that go on by script alone; a browser unrolls them where no feed or sitemap names what comes after
    rolled_up: list[Response] = field(default_factory=list)
    #: for the audit alone: the address that stands for each article met, by key
    addresses: dict[int, str] = field(default_factory=dict)
    #: later pages of articles that came before their first one, by address, as parsed documents; few are kept
    parts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.homes.append(self.seed)

    def dated_as(self, key: int, date: datetime) -> None:
        """An article's date is known."""
        if len(self.dates) < 5000:
            self.dates[key] = date

    def adopt(self, url: str) -> None:
        """The seed leads to this address: its host belongs to the site."""
        parts = urlsplit(url)
        if parts.scheme == "https":
            self._https.add("https://" + parts.netloc)
        if not self.owns(url):
            self.homes.append(url)

    def secured(self, url: str) -> str:
        """The https form of an http address whose host has led the seed to https: it would lead there too."""
        if not url.startswith("http://") or "https://" + urlsplit(url).netloc not in self._https:
            return url
        return "https" + url.removeprefix("http")

    def owns(self, url: str) -> bool:
        """Is the address one of this site?"""
        return any(is_on_site(url, home) for home in self.homes)

    def has_room(self, window: int) -> bool:
        """May another visit be under way? Pages that are out of order keep no place, up to three times the window."""
        count = len(self.under_way)
        return count < window or (
            count < 4 * window and count - sum(url in self.under_way for url in self.set_back) < window
        )

    @property
    def is_full(self) -> bool:
        """Has the limit been reached?"""
        return self.limit is not None and self.recorded >= self.limit

    def take_part(self, url: str) -> bool:
        """May the article that is being read have this page, though another road named it? Not when it had its turn already."""
        return self.frontier.remove(url) or url in self.parts

    def next_visit(self) -> Visit | None:
        """The next thing to ask for; None when nothing waits, or when it must wait for what is under way."""
        stage = self.frontier.peek_stage()
        if stage is None or self.is_full:
            return None
        if stage > FIRST and any(
            visit.kind in (As.FRONT_PAGE, As.FEED, As.SITEMAP) for visit in self.under_way.values()
        ):
            return None  # what is under way may name newer articles
        if stage > FIRST and not self.sections_dated:
            self._date_sections()
        articles = [visit for visit in self.under_way.values() if visit.kind is As.ARTICLE]
        if self.limit is not None and self.recorded + len(articles) >= self.limit:
            return None
        visit = self.frontier.pop()
        if visit is not None and visit.page > 1 and any(article.branch == visit.branch for article in articles):
            self.frontier.push(visit)  # how the articles of the page before come out says whether this one is needed
            return None
        if (
            visit is not None
            and visit.kind is As.ARTICLE
            and any(stem(article.url) == stem(visit.url) for article in articles)
        ):
            self.frontier.push(visit)  # they may be pages of one article, and the one that is read first says so
            return None
        return visit

    def is_old(self, branch: str, page: int) -> bool:
        """Has every new article of this page of a listing come out as older than asked for?"""
        return bool(self.outcomes[branch, page, True]) and not self.outcomes[branch, page, False]

    def _date_sections(self) -> None:
        """Once feeds and sitemaps are read: sections begin with what is newest on the site, as far as that is known.

        Where enough dated articles are known for the limit, sections come last: they have only older ones to offer.
        """
        self.sections_dated = True
        is_enough = self.limit is not None and self.dated >= self.limit
        for visit in [visit for visit in self.frontier if visit.kind is As.SECTION]:
            around = min(visit.around, self.newest or visit.around)
            self.frontier.push(replace(visit, around=around - timedelta(days=36500 if is_enough else 0)))


def earlier(date: datetime | None, since: datetime | None) -> bool:
    """Is a date surely older than asked for? An unknown one is not; one without a time stands for its whole day."""
    return date is not None and since is not None and latest(date) < since
