"""From what a listing names to visits: articles, sections, further pages, archives, feeds and sitemaps of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urljoin

from newscrawl.article import Link
from newscrawl.crawl.discovery.intake import LinkIntake, Origin
from newscrawl.crawl.discovery.listing_page import LIKELY, ListingPage
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.discover.archive import archive_period
from newscrawl.discover.when import is_before, stated_date, url_date

#: Branch and source of archives by date.
ARCHIVE = "archive"
#: Archives by date, in a row, that bring nothing new, after which older ones are skipped.
MAX_UNPRODUCTIVE_ARCHIVES = 3
#: Entries of a sitemap after which other work gets a turn.
_TURN = 100


class ListingIntake:
    """Adds what listings name, through a `LinkIntake`."""

    def __init__(self, links: LinkIntake) -> None:
        self._links = links

    def add_front_page(self, site: Site, visit: Visit, page: ListingPage | None, sitemaps: list[str]) -> int:
        """Add every source that starts at the front page; returns the number of new articles.

        page: None when it could not be read, or its links must not be followed. sitemaps: those that robots.txt names.
        """
        feeds = page.feeds if page is not None else []
        for feed in feeds:
            self._links.add_listing(site, feed, VisitKind.FEED)
        if not feeds:
            self._links.add_usual_place(site, VisitKind.FEED, 0)
        robots = urljoin(site.homes[-1], "/robots.txt")
        for url in sitemaps:
            self._links.add_listing(site, Link(url, source="sitemap", found_on=robots), VisitKind.SITEMAP)
        if not sitemaps:
            self._links.add_usual_place(site, VisitKind.SITEMAP, 0)
        return self.add_page(site, visit, page) if page is not None else 0

    def add_page(self, site: Site, visit: Visit, page: ListingPage) -> int:
        """Add articles, sections and further pages of a front page or section; returns the number of new articles."""
        branch, since = visit.branch or visit.url, visit.around
        fresh, oldest = 0, since
        links = page.articles(site.shapes)
        for link, around in zip(links, self._dates(site, links, since), strict=True):
            if self._links.add_article(site, link, around, origin=Origin(branch=branch, page=visit.page)):
                fresh += 1
                oldest = min(oldest, around)
        archives = self._add_archives(site, page)
        if visit.branch == ARCHIVE:
            site.unproductive_archives = 0 if fresh or archives else site.unproductive_archives + 1
            if site.unproductive_archives >= MAX_UNPRODUCTIVE_ARCHIVES:
                site.exhausted.add(branch)
        has_more = self._may_have_more(site, visit, fresh)
        if has_more or visit.kind is VisitKind.FRONT_PAGE:
            self._add_further(site, visit, page, branch, oldest - timedelta(seconds=1), has_more)
        elif visit.page > 1 and branch != ARCHIVE:
            site.exhausted.add(branch)
        return fresh

    def _may_have_more(self, site: Site, visit: Visit, fresh: int) -> bool:
        """Are the next pages of a list worth a look?

        Not where all links were known, except on a first visit: a section may begin with what the front page has shown.
        """
        if fresh:
            return True
        if site.listing_memory.was_read(visit):
            return False
        return visit.kind is VisitKind.FRONT_PAGE or (visit.page == 1 and not site.has_sitemap)

    def _add_further(
        self, site: Site, visit: Visit, page: ListingPage, branch: str, around: datetime, has_more: bool
    ) -> None:
        """Add feeds, next pages and sections. around: when the next page begins."""
        if visit.kind is VisitKind.SECTION and visit.page == 1:
            for feed in page.feeds:
                self._links.add_listing(site, feed, VisitKind.FEED)
        for url in page.next_pages[:2] if has_more else ():  # any more are the same page under other URLs
            link = Link(url, source="pagination", found_on=page.url)
            self._links.add_listing(site, link, VisitKind.SECTION, around, visit.page + 1, branch)
        for link in page.sections:  # after the next pages: a link "older" may look like a section
            self._links.add_listing(site, link, VisitKind.SECTION, around=site.newest or self._links.now)

    def _dates(self, site: Site, links: list[Link], base: datetime) -> list[datetime]:
        """When each article of a listing is from: as stated, else by the pace of the dated ones before it."""
        last, pace, first, count = base, timedelta(minutes=1), None, 0
        dates = []
        for link in links:
            date = stated_date(link, self._links.now) or url_date(link.url) or site.date_of(link)
            if date is None:
                last = date = last - pace
            elif first is None:
                first = last = date
            elif date < last:
                count += 1
                last, pace = date, max(pace, (first - date) / count)
            dates.append(date)
        return dates

    def _add_archives(self, site: Site, page: ListingPage) -> int:
        """Add archives by date that are not wholly older than `since`; returns their number."""
        count = 0
        for link in page.archives:
            period = archive_period(link.url)
            if period is not None and is_before(period[1], site.wanted.since):
                self._links.skip(site, link, "OldLink")
            else:
                count += self._links.add_listing(site, link, VisitKind.SECTION, around=link.modified, branch=ARCHIVE)
        return count

    def add_article_links(self, site: Site, visit: Visit, links: list[Link], published: datetime | None) -> None:
        """Add the articles that an article's page names: only those whose URL clearly looks like one."""
        base = (published or visit.around) - timedelta(hours=1)
        origin = Origin(depth=visit.depth + 1)
        for place, link in enumerate(links):
            around = stated_date(link, self._links.now) or url_date(link.url) or base - timedelta(minutes=place)
            self._links.add_article(site, link, around, threshold=LIKELY, origin=origin)

    def add_feed(self, site: Site, entries: list[Link]) -> int:
        """Add the entries of a feed; returns their number."""
        site.has_feed = site.has_feed or bool(entries)
        now = self._links.now
        for place, link in enumerate(entries):
            around = stated_date(link, now) or url_date(link.url) or now - timedelta(minutes=place)
            self._links.add_article(site, link, around, origin=Origin(is_listed=True))
        return len(entries)

    def add_sitemap(self, site: Site, visit: Visit, entries: Iterable[Link]) -> Iterator[int]:
        """Add the entries of a sitemap, or the children of an index.

        Yields their number so far, now and then and at the end: a sitemap may have 50,000 entries, and whoever iterates
        can let other work have its turn in between.
        """
        now, count, origin = self._links.now, 0, Origin(is_listed=True)
        for count, link in enumerate(entries, 1):
            site.has_sitemap = True
            if link.source == "sitemap index":
                if not self._links.hold_back_sitemap(site, link):
                    # a day's grace: lastmod is often a date without a time
                    around = min(link.modified + timedelta(days=1), now) if link.modified else None
                    depth = visit.depth + 1
                    self._links.add_listing(site, link, VisitKind.SITEMAP, around=around, depth=depth)
            else:
                is_recent = link.modified is not None and not is_before(link.modified, site.wanted.since)
                site.lastmod.has_recent = site.lastmod.has_recent or is_recent
                around = stated_date(link, now) or url_date(link.url) or now - timedelta(days=30, minutes=count)
                self._links.add_article(site, link, around, origin=origin)
            if count % _TURN == 0:
                yield count
        yield count
