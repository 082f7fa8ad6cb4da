"""What the crawl knows of one site while it runs: what waits, what is under way, which hosts are its own.

Decides what is asked for next; sends nothing and reads no page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from newscrawl.crawl.frontier import FIRST, Frontier
from newscrawl.crawl.visit import As, Visit
from newscrawl.discover.address import is_on_site
from newscrawl.discover.shape import Shapes


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
    seen: set[int] = field(default_factory=set)
    hrefs: set[int] = field(default_factory=set)
    recorded_keys: set[int] = field(default_factory=set)
    #: links that look like no article's, by key; settled at the end unless a better road names them
    unlikely: dict[int, str] = field(default_factory=dict)
    newest: datetime | None = None
    pages_of: dict[str, str] = field(default_factory=dict)
    shapes: Shapes = field(default_factory=Shapes)
    recorded: int = 0
    dated: int = 0
    sections_put_off: bool = False
    listings: int = 0
    doubtful: int = 0
    #: how the articles of a branch of listings came out: (branch, too old?) -> count
    branches: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.homes.append(self.seed)

    def adopt(self, url: str) -> None:
        """The seed leads to this address: its host belongs to the site."""
        if not self.owns(url):
            self.homes.append(url)

    def owns(self, url: str) -> bool:
        """Is the address one of this site?"""
        return any(is_on_site(url, home) for home in self.homes)

    @property
    def netlocs(self) -> list[str]:
        """The hosts (with ports) whose robots.txt and usual places are this site's."""
        return list(dict.fromkeys(urlsplit(home).netloc for home in self.homes))

    @property
    def is_full(self) -> bool:
        """Has the limit been reached?"""
        return self.limit is not None and self.recorded >= self.limit

    def next_visit(self) -> Visit | None:
        """The next thing to ask for; None when nothing waits, or when it must wait for what is under way."""
        stage = self.frontier.peek_stage()
        if stage is None or self.is_full:
            return None
        if stage > FIRST and any(visit.kind in (As.FRONT_PAGE, As.FEED, As.SITEMAP) for visit in self.under_way.values()):
            return None  # what is under way may name newer articles
        if self.limit is not None:
            self._put_off_sections(self.limit)
            articles = sum(visit.kind is As.ARTICLE for visit in self.under_way.values())
            if self.recorded + articles >= self.limit:
                return None
        return self.frontier.pop()

    def _put_off_sections(self, limit: int) -> None:
        """Where feeds and sitemaps have named enough dated articles for the limit, sections have only older ones to offer."""
        if self.dated < limit or self.sections_put_off:
            return
        self.sections_put_off = True
        for visit in [visit for visit in self.frontier if visit.kind is As.SECTION]:
            self.frontier.push(replace(visit, around=visit.around - timedelta(days=36500)))

    def is_branch_old(self, branch: str) -> bool:
        """Have the listing's articles all come out as older than asked for, so that its further pages need no look?"""
        return bool(self.branches[branch, True]) and not self.branches[branch, False]




def earlier(date: datetime | None, since: datetime | None) -> bool:
    """Is a date older than asked for? An unknown one is not."""
    return date is not None and since is not None and date < since
