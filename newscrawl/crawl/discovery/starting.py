"""What a site begins with besides its front page: pages that the person named, and what earlier runs left."""

from __future__ import annotations

from datetime import timedelta

from newscrawl.article import Link
from newscrawl.crawl.discovery.intake import LinkIntake
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.visit import GIVEN, Visit, VisitKind
from newscrawl.discover.address import same_article_key
from newscrawl.discover.when import is_before
from newscrawl.keys import url_key


class Starting:
    """Adds visits through a `LinkIntake`."""

    def __init__(self, links: LinkIntake) -> None:
        self._links = links

    def add_pages(self, site: Site) -> None:
        """Add the pages that the person named: exactly these, whatever they look like."""
        for place, url in enumerate(site.pages or ()):
            link = Link(url, source=GIVEN)
            self._links.ledger.discover(site.name, link)
            self._links.push(
                site, Visit(site.name, link, VisitKind.ARTICLE, self._links.now - timedelta(seconds=place))
            )

    def resume(self, site: Site) -> None:
        """Add what earlier runs left: listings that are due, articles to visit again, visits that were not made."""
        for link, kind in site.listing_memory.due_listings():
            self._links.add_listing(site, link, kind, around=site.newest)
        for visit in site.memory.due_articles():
            if not self._may_resume(site, visit):
                continue
            site.seen.add(url_key(same_article_key(visit.url)))
            self._links.ledger.discover(site.name, visit.link)
            site.frontier.push(visit)
        self.resume_waiting(site)

    def resume_waiting(self, site: Site) -> None:
        """Add the next thousand visits that earlier runs did not make."""
        for visit in site.memory.waiting():
            keys = {url_key(same_article_key(visit.url)), url_key(visit.url)}
            if any(map(site.seen.has_in_this_run, keys)) or not self._may_resume(site, visit):
                continue
            for key in keys:
                site.seen.add(key)
            self._links.ledger.discover(site.name, visit.link)
            if is_before(visit.link.published, site.wanted.since):
                self._links.skip(site, visit.link, "OldLink")
            else:
                site.frontier.push(visit)

    def _may_resume(self, site: Site, visit: Visit) -> bool:
        """Does a visit that an earlier run left fit what is wanted now? If not, it waits for a run that it fits."""
        if visit.kind is VisitKind.ARTICLE:
            return site.owns(visit.url) and not site.refuses(visit.url, visit.link.found_on, visit.branch)
        return visit.page > 1 or site.sections.wants_source(visit.url)
