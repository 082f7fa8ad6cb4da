"""What the crawl knows of one site while it runs: its hosts, what waits, what is in progress, what was found so far.

Sends nothing and reads no page. `newscrawl.crawl.discovery.scheduler` says what is requested next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scrapy.http import Response

from newscrawl.article import Link
from newscrawl.crawl.discovery.crawl_traps import CrawlTraps, TrapLimits
from newscrawl.crawl.discovery.frontier import Frontier
from newscrawl.crawl.discovery.stale_lastmod import StaleLastmod
from newscrawl.crawl.nouns.visit import Visit
from newscrawl.crawl.state.listing_memory import NoListingMemory
from newscrawl.crawl.state.site_memory import NoSiteMemory
from newscrawl.discover.address import is_on_site, normalise, same_article_key
from newscrawl.discover.shape import Shapes
from newscrawl.keys import KeySet, url_key
from newscrawl.sites import SectionScope, SiteOptions, Wanted
from newscrawl.urls import split

#: Dates of articles that are kept for one site.
_MAX_DATES = 5000
_NO_OPTIONS = SiteOptions("", ())
#: Says why robots.txt forbids a URL, as far as it is known: reason and detail, or None.
Forbidden = Callable[[str], "tuple[str, str] | None"]


def nothing(url: str) -> None:
    """Nothing is forbidden, as far as is known."""


class Seen(KeySet):
    """Keys of URLs that this run has discovered, or that earlier runs have settled (`memory`)."""

    memory: NoSiteMemory | None = None

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, int):
            return False
        return super().__contains__(key) or (self.memory is not None and self.memory.knows(key))

    def has_in_this_run(self, key: int) -> bool:
        """Was it discovered in this run?"""
        return super().__contains__(key)


@dataclass
class Site:
    """One site of the run.

    name: as the person wrote it. seed: the URL requested first. scheme_guessed: the person gave no scheme, so http is
    tried where https fails. limit: the number of records wanted, or None. options: what the person says of it. pages:
    the pages that are wanted of it and no others, or None.
    """

    name: str
    seed: str
    scheme_guessed: bool = False
    limit: int | None = None
    options: SiteOptions = _NO_OPTIONS
    pages: tuple[str, ...] | None = None

    #: the seed, and where it redirects to: URLs on these belong to the site
    homes: list[str] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)
    in_progress: dict[str, Visit] = field(default_factory=dict)
    #: of those, URLs that have failed and may be retried
    retrying: set[str] = field(default_factory=set)
    seen: Seen = field(default_factory=Seen)
    #: hashes of links as pages write them: a link seen before costs nothing more
    hrefs: KeySet = field(default_factory=KeySet)
    memory: NoSiteMemory = field(default_factory=NoSiteMemory)
    listing_memory: NoListingMemory = field(default_factory=NoListingMemory)
    shapes: Shapes = field(default_factory=Shapes)
    traps: CrawlTraps = field(default_factory=lambda: CrawlTraps(TrapLimits()))
    lastmod: StaleLastmod = field(default_factory=StaleLastmod)
    sections: SectionScope = field(default_factory=SectionScope)

    # -- articles
    recorded: int = 0
    #: keys of the URLs that recorded articles name as their canonical ones -> how many name each
    recorded_keys: Counter[int] = field(default_factory=Counter)
    #: URL of a visit -> the canonical URL of the article read there, until the visit is settled
    article_urls: dict[str, str] = field(default_factory=dict)
    #: links that do not look like articles, by key; skipped at the end unless a better source names them
    unlikely: dict[int, str] = field(default_factory=dict)
    #: visits to URLs that hardly look like articles
    unlikely_tried: int = 0
    #: articles that this run discovered
    discovered: int = 0
    #: for the audit alone: the URL that stands for each article, by key
    urls: dict[int, str] = field(default_factory=dict)
    #: later pages of articles that came before their first page: URL -> parsed document; few are kept
    parts: dict[str, Any] = field(default_factory=dict)

    # -- dates
    #: dates of articles that a source or their page states, by key
    dates: dict[int, datetime] = field(default_factory=dict)
    #: articles with a date, and the newest date
    dated: int = 0
    newest: datetime | None = None
    are_sections_dated: bool = False

    # -- listings
    listings: int = 0
    listings_in_a_row: int = 0
    #: articles that listings have named for the first time, wanted or not
    named: int = 0
    has_sitemap: bool = False
    has_feed: bool = False
    #: how the articles of a listing's page came out: (branch, page, too old?) -> count
    outcomes: Counter[tuple[str, int, bool]] = field(default_factory=Counter)
    #: branches of which a further page brought nothing new
    exhausted: set[str] = field(default_factory=set)
    #: archives by date, in a row, that brought nothing new
    unproductive_archives: int = 0
    #: responses with lists that continue by script alone; a browser unrolls them if no feed or sitemap names the rest
    unrollable: list[Response] = field(default_factory=list)

    _https_hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.homes.append(self.seed)

    @classmethod
    def of(cls, options: SiteOptions, pages: tuple[str, ...] | None = None) -> Site:
        """The site of these options. pages: see the class."""
        site = cls(options.name, options.start[0], options.scheme_guessed, options.limit, options, pages)
        site.homes.extend(options.start[1:])
        site.sections = SectionScope(options.start)
        return site

    @property
    def wanted(self) -> Wanted:
        """Which of its articles are wanted."""
        return self.options.wanted

    def refuses(self, url: str, *lists: str) -> str | None:
        """Why an article is not wanted, by its URL and those of the lists that name it; None if it may be."""
        if not self.sections.wants_article(url, *lists):
            return "outside the section that is crawled"
        return self.options.wanted.refuses_url(url)

    # -- URLs -----------------------------------------------------------------------------------

    def adopt(self, url: str) -> None:
        """The seed redirects to this URL: its host belongs to the site."""
        parts = split(url)
        if parts.scheme == "https":
            self._https_hosts.add("https://" + parts.netloc)
        if not self.owns(url):
            self.homes.append(url)

    def owns(self, url: str) -> bool:
        """Does the URL belong to this site?"""
        return any(is_on_site(url, home) for home in self.homes)

    def resolved(self, url: str) -> str:
        """The normalised URL, as https where its host has redirected the seed from http to https."""
        url = normalise(url)
        if not url.startswith("http://") or "https://" + split(url).netloc not in self._https_hosts:
            return url
        return "https" + url.removeprefix("http")

    # -- articles -------------------------------------------------------------------------------

    @property
    def is_full(self) -> bool:
        """Has the limit been reached?"""
        return self.limit is not None and self.recorded >= self.limit

    def date_article(self, key: int, date: datetime) -> None:
        """The date of an article is known."""
        if len(self.dates) < _MAX_DATES:
            self.dates[key] = date

    def date_of(self, link: Link) -> datetime | None:
        """The date of an article that is known by now."""
        return self.dates.get(url_key(same_article_key(self.resolved(link.url)))) if self.dates else None

    def claim_part(self, url: str) -> bool:
        """May the article that is being read have this page, though a source named it? Not once it was requested."""
        return self.frontier.remove(url) or url in self.parts

    def settle(self, url: str, reason: str) -> None:
        """A visit to an article has its outcome: count its record."""
        if reason == "Recorded":
            self.recorded += 1
            self.recorded_keys[url_key(same_article_key(self.article_urls.get(url, url)))] += 1
        self.article_urls.pop(url, None)
