"""The intake: decides which links become visits that wait in the frontier, and which are skipped. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from newscrawl.article import Link
from newscrawl.crawl.discovery.listing_page import LIKELY
from newscrawl.crawl.discovery.site import Forbidden, Site, nothing
from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.crawl.nouns.visit import Visit, VisitKind, entry_of
from newscrawl.discover.address import normalise, same_article_key
from newscrawl.discover.shape import article_score, refusal
from newscrawl.discover.when import is_before, stated_date
from newscrawl.keys import url_key
from newscrawl.urls import is_web_url

#: Below this score a link is not an article; up to `LIKELY` it is an unlikely one.
UNLIKELY = 0.25
USUAL_SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "news-sitemap.xml")
USUAL_FEEDS = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")
_KEY = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a link to an article stands.

    is_listed: a feed or sitemap names it. branch, page: of the listing that names it. depth: see `Visit`.
    """

    is_listed: bool = False
    branch: str = ""
    page: int = 1
    depth: int = 0


_ON_A_PAGE = Origin()


def _unwanted(site: Site, link: Link) -> str | None:
    """Why an article is not wanted, by what the source that names it states; None if it may be."""
    if site.wanted.is_too_new(link.published):
        return "published after `until`"
    return f"in {link.language}, says its source" if site.wanted.refuses_language(link.language) else None


class LinkIntake:
    """max_listings: of one site. forbidden: see `Forbidden`."""

    def __init__(self, ledger: Ledger, now: datetime, max_listings: int, forbidden: Forbidden = nothing) -> None:
        self.ledger = ledger
        self.now = now
        self.max_listings = max_listings
        self._forbidden = forbidden

    def add_usual_place(self, site: Site, kind: VisitKind, number: int) -> bool:
        """Try the next usual place of a feed or sitemap; False when none is left."""
        names = USUAL_FEEDS if kind is VisitKind.FEED else USUAL_SITEMAPS
        bases = list(dict.fromkeys([urljoin(site.homes[-1], "./"), urljoin(site.homes[-1], "/")]))
        places = [base + name for name in names for base in bases if site.sections.wants_source(base + name)]
        if number >= len(places) or site.listing_memory.has_any(kind):
            return False
        link = Link(places[number], source="usual place")
        if url_key(normalise(link.url)) in site.seen or site.listing_memory.is_absent(link.url):
            return self.add_usual_place(site, kind, number + 1)
        site.frontier.push(Visit(site.name, link, kind, self.now, page=number + 1, guessed=True))
        return True

    def add_listing(
        self,
        site: Site,
        link: Link,
        kind: VisitKind,
        around: datetime | None = None,
        page: int = 1,
        branch: str = "",
        depth: int = 0,
    ) -> bool:
        """Add a feed, sitemap or section; True when it waits now. Feeds and sitemaps may be on another host.

        depth: sitemap indexes that lead here.
        """
        url = site.resolved(link.url)
        is_section = kind is VisitKind.SECTION
        is_strange = not (site.owns(url) if is_section else is_web_url(url))
        if is_strange or url_key(url) in site.seen or self.ledger.is_settled(url):
            return False
        site.seen.add(url_key(url))
        if is_section:
            site.seen.add(url_key(same_article_key(url)))
        link = replace(link, url=url)
        self.ledger.discover(site.name, link)
        if is_section and page == 1 and (why := refusal(url)):
            return self.skip(site, link, "NotAnArticleUrl", why)
        if page == 1 and not (site.sections.wants_list(url) if is_section else site.sections.wants_source(url)):
            return self.skip(site, link, "NotWanted", "outside the section that is crawled")
        if site.listings >= self.max_listings:
            return self.skip(site, link, "OverBudget")
        if page == 1 and not site.listing_memory.is_due(url, kind, link.modified):
            return self.skip(site, link, "NotDue")
        site.listings += 1
        self.push(site, Visit(site.name, link, kind, around or self.now, page, branch=branch, depth=depth))
        return True

    def add_article(
        self, site: Site, link: Link, around: datetime, threshold: float = UNLIKELY, origin: Origin = _ON_A_PAGE
    ) -> bool:
        """Add a link to what looks like an article; True when it is new. threshold: the score that it needs."""
        if not origin.is_listed and not self._is_new_href(site, link):
            return False
        url = site.resolved(link.url)
        key = url_key(same_article_key(url))
        if self.ledger.wants_every_source and site.owns(url):
            self._report_source(site, key, link)
        if key in site.seen or self.ledger.is_settled(url):
            return self._named_again(site, link, url, key, origin)
        if key in site.unlikely and not origin.is_listed:
            return False
        link = replace(link, url=url)
        site.named += 1
        if not site.owns(url):
            if origin.is_listed:
                site.seen.add(key)
                self.skip(site, link, "ForeignHost")
            return False
        if (why := refusal(url)) is not None:
            if url_key(url) not in site.seen:  # else it is a feed or another listing, with an outcome of its own
                site.seen.add(key)
                self.skip(site, link, "NotAnArticleUrl", why)
            return False
        if (unwanted := site.refuses(url, link.found_on, origin.branch)) is not None:
            site.seen.add(key)
            return self.skip(site, link, "NotWanted", unwanted)
        if (robots := self._forbidden(url)) is not None:
            site.seen.add(key)
            return self.skip(site, link, *robots)
        score = article_score(link, site.shapes)
        # the shapes of this site's articles rank a link, but alone exclude none: sites change their URLs
        if score < threshold and (not site.shapes.are_known or article_score(link) < threshold):
            if threshold == UNLIKELY:  # a feed or sitemap may still name it, so its outcome waits for the end
                self.ledger.discover(site.name, link)
                site.unlikely.setdefault(key, url)
            return False
        site.seen.add(key)
        site.unlikely.pop(key, None)
        self._admit(site, link, around, score >= LIKELY, origin)
        return True

    def _is_new_href(self, site: Site, link: Link) -> bool:
        """Is this link, as a page writes it, new? Most are not, and need no further look."""
        text = f"{link.source} {link.url}" if self.ledger.wants_every_source else link.url
        href = hash(text) & _KEY
        if href in site.hrefs:
            return False
        site.hrefs.add(href)
        return True

    def is_known_href(self, site: Site, url: str) -> bool:
        """Would `add_article` ignore this link of an article's page?"""
        return not self.ledger.wants_every_source and hash(url) & _KEY in site.hrefs

    def _report_source(self, site: Site, key: int, link: Link) -> None:
        """For the audit: a source names what was discovered before, perhaps by another of its URLs."""
        known = site.urls.get(key)
        if known is not None:
            self.ledger.discover(site.name, replace(link, url=known))

    def _admit(self, site: Site, link: Link, around: datetime, is_sure: bool, origin: Origin) -> None:
        """A new article: let it wait, unless it is too old."""
        key = url_key(same_article_key(link.url))
        if is_before(link.published, site.wanted.since):
            self.skip(site, link, "OldLink")
            site.outcomes[origin.branch, origin.page, True] += 1
            return
        if (unwanted := _unwanted(site, link)) is not None:
            self.skip(site, link, "NotWanted", unwanted)
            return
        self.ledger.discover(site.name, link)
        if self._is_old_by_lastmod(site, link) and not site.lastmod.is_wrong:
            site.lastmod.articles[key] = link
            return
        if self.ledger.wants_every_source:
            site.urls[key] = link.url
        if link.published is not None:
            site.date_article(key, link.published)
            site.dated += 1
            site.newest = max(site.newest or around, around)
            if link.source in ("feed", "news sitemap"):
                site.shapes.learn(link.url)
        self._push_article(site, link, around, is_sure, origin)

    def _push_article(self, site: Site, link: Link, around: datetime, is_sure: bool, origin: Origin) -> None:
        kind, branch = VisitKind.ARTICLE, origin.branch
        visit = Visit(site.name, link, kind, around, origin.page, sure=is_sure, branch=branch, depth=origin.depth)
        self.push(site, visit)

    def push(self, site: Site, visit: Visit) -> None:
        """Let a visit wait; should this run not come to it, the next one does."""
        site.frontier.push(visit)
        site.memory.remember_visit(visit)
        site.discovered += visit.kind is VisitKind.ARTICLE

    def skip(self, site: Site, link: Link, reason: str, detail: str = "") -> bool:
        """Enter the outcome of a link that is not requested; False, for callers that return it."""
        self.ledger.discover(site.name, link)
        self.ledger.settle(entry_of(site.name, link, reason, detail=detail))
        return False

    def _is_old_by_lastmod(self, site: Site, link: Link) -> bool:
        return link.published is None and is_before(link.modified, site.wanted.since)

    def _named_again(self, site: Site, link: Link, url: str, key: int, origin: Origin) -> bool:
        """Another source names an article: it may date it, or release it where only a lastmod holds it back."""
        is_recent = link.published is not None and not is_before(link.published, site.wanted.since)
        if origin.is_listed:
            if self._is_old_by_lastmod(site, link) and key not in site.lastmod.articles:
                waiting = site.frontier.waiting(url)
                published = waiting.link.published if waiting is not None else None
                if published and not is_before(published, site.wanted.since):
                    site.lastmod.is_wrong = True
                site.lastmod.doubted.add(key)
            site.frontier.date(url, link)
        if not site.lastmod or link.source == "sitemap":
            return False
        released = site.lastmod.named_again(key, is_recent)
        if released is None:
            return False
        dated = replace(released, published=link.published, headline=link.headline)
        self._release(site, [dated], [], Origin(branch=origin.branch, page=origin.page))
        if site.lastmod.is_wrong:
            self._release(site, *site.lastmod.take_all())
        return True

    def _release(self, site: Site, articles: list[Link], sitemaps: list[Link], origin: Origin = _ON_A_PAGE) -> None:
        for link in sitemaps:
            self.add_listing(site, link, VisitKind.SITEMAP, around=self.now)
        for link in articles:
            around = stated_date(link, self.now) or self.now
            is_sure = article_score(link, site.shapes) >= LIKELY
            self._push_article(site, link, around, is_sure, origin)

    def hold_back_sitemap(self, site: Site, link: Link) -> bool:
        """Hold back a sitemap whose index dates it before `since`; False where lastmods of the site are wrong."""
        if not is_before(link.modified, site.wanted.since) or site.lastmod.is_wrong:
            return False
        site.lastmod.sitemaps.append(link)
        return True

    def article_was_recent(self, site: Site, link: Link) -> None:
        """An article was not too old. If its lastmod says otherwise, no lastmod of this site is believed any more."""
        if site.lastmod.is_wrong or site.wanted.since is None:
            return
        is_doubted = url_key(same_article_key(link.url)) in site.lastmod.doubted
        if is_doubted or self._is_old_by_lastmod(site, replace(link, published=None)):
            site.lastmod.is_wrong = True
            self._release(site, *site.lastmod.take_all())

    def try_held_back(self, site: Site) -> None:
        """When nothing else waits: try what an unconfirmed lastmod holds back; skip the rest."""
        if not site.lastmod:
            return
        if site.lastmod.is_wrong:
            self._release(site, *site.lastmod.take_all())
        elif not site.lastmod.has_recent and not site.recorded:
            self._release(site, *site.lastmod.take_sample())
        else:
            self._skip_held_back(site)

    def _skip_held_back(self, site: Site) -> None:
        articles, sitemaps = site.lastmod.take_all()
        for link in articles + sitemaps:
            self.skip(site, link, "OldLink", "by its sitemap's lastmod")

    def close(self, site: Site) -> None:
        """The crawl ends: enter the outcome of everything that was discovered and not requested."""
        why = "OverLimit" if site.is_full else "Stopped"
        for visit in site.frontier.drain():
            if not visit.guessed:
                self.ledger.settle(visit.entry(why))
        for visit in list(site.in_progress.values()):
            if not visit.guessed:
                self.ledger.settle(visit.entry("Stopped"))
        self._skip_held_back(site)
        detail = "neither its URL nor its anchor looks like an article's"
        for url in site.unlikely.values():
            self.ledger.settle(entry_of(site.name, Link(url), "NotAnArticleUrl", detail=detail))
