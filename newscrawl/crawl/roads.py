"""The roads of a site: what each kind of answer names, and which of it is asked for.

Turns Links into Visits that wait in the site's frontier, and enters the fate of each that is not asked for.
Sends no request.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.crawl.frontier import guess_date
from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.site import Site, earlier
from newscrawl.crawl.visit import As, Visit, road_of
from newscrawl.discover.address import normalise, same_article_key
from newscrawl.discover.archive import archive_links, archive_period
from newscrawl.discover.feed import read_feed
from newscrawl.discover.page import announced_feeds, next_pages, page_links, section_links, state_links
from newscrawl.discover.shape import article_score, refusal
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.fate import url_key
from newscrawl.keys import KeySet

logger = logging.getLogger(__name__)

#: From this score on a link is an article for sure enough; below the other it is none, between them it is doubtful.
SURE, DOUBTFUL = 0.5, 0.25
#: Entries of a sitemap between two turns of other work.
_TURN = 200
#: Anchors to articles on a listing from which on its embedded data is not looked at: it would name the same, and costs milliseconds.
_ANCHORS_ENOUGH = 5
#: Archives by date that bring nothing new, one after the other, after which the older ones are not asked for.
_BARREN_ARCHIVES = 3
_ARCHIVE = "archive"
_KEY = 2**64 - 1
USUAL_SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "news-sitemap.xml")
USUAL_FEEDS = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")
_FEED_BODY = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b|^\s*\{", re.IGNORECASE)
_SITEMAP_BODY = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex|rss|feed)\b", re.IGNORECASE)
_HTML_BODY = re.compile(rb"<html\b|<!doctype html", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")


class Roads:
    """Decides over links. since: None, or the date before which nothing is wanted."""

    def __init__(
        self, keeper: LedgerKeeper, now: datetime, since: datetime | None, max_listings: int, max_doubtful: int
    ) -> None:
        self.keeper = keeper
        self.now = now
        self.since = since
        self.max_listings = max_listings
        self.max_doubtful = max_doubtful

    # -- from answers to links ------------------------------------------------------------------

    def from_front_page(
        self, site: Site, visit: Visit, tree: LexborHTMLParser | None, url: str, sitemaps: list[str]
    ) -> int:
        """All roads that start at the front page; tree None when it could not be had. The number of new articles on it."""
        feeds = announced_feeds(tree, url) if tree is not None else []
        for feed in feeds:
            self.add_listing(site, feed, As.FEED)
        if not feeds:
            self.add_usual(site, As.FEED, 0)
        for address in sitemaps:
            named = Link(address, source="sitemap", found_on=urljoin(site.homes[-1], "/robots.txt"))
            self.add_listing(site, named, As.SITEMAP)
        if not sitemaps:
            self.add_usual(site, As.SITEMAP, 0)
        return self.from_listing(site, visit, tree, url) if tree is not None else 0

    def from_listing(self, site: Site, visit: Visit, tree: LexborHTMLParser, url: str) -> int:
        """Articles, sections and further pages of a front page or section; the number of new articles."""
        sections = section_links(tree, url)
        known_sections = {link.url for link in sections}
        base, branch = visit.around, visit.branch or visit.url
        fresh, oldest = 0, base
        links = page_links(tree, url)
        if sum(article_score(link, site.shapes) >= SURE for link in links) < _ANCHORS_ENOUGH:
            links += state_links(tree, url)
        listed = [link for link in links if link.url not in known_sections or article_score(link, site.shapes) >= SURE]
        for link, around in zip(listed, self._guess_dates(site, listed, base), strict=True):
            if self.add_article(site, link, around, branch=branch, page=visit.page):
                fresh += 1
                oldest = min(oldest, around)
        # a section may begin with what the front page has shown: where no sitemap names the rest, its next page is worth a look
        archives = self._add_archives(site, visit, tree, url)
        if visit.branch == _ARCHIVE:
            site.barren_archives = 0 if fresh or archives else site.barren_archives + 1
            if site.barren_archives >= _BARREN_ARCHIVES:
                site.spent.add(branch)
        is_first_walk = not site.memory.has_walked(visit)
        is_worth_more = fresh or (
            is_first_walk and (visit.kind is As.FRONT_PAGE or (visit.page == 1 and not site.has_sitemap))
        )
        if is_worth_more or visit.kind is As.FRONT_PAGE:
            if visit.kind is As.SECTION and visit.page == 1:
                for feed in announced_feeds(tree, url):
                    self.add_listing(site, feed, As.FEED)
            for address in (
                next_pages(tree, url)[:2] if is_worth_more else ()
            ):  # surest first; more are the same page by other addresses
                further = Link(address, source="pagination", found_on=url)
                self.add_listing(site, further, As.SECTION, oldest - timedelta(seconds=1), visit.page + 1, branch)
            for link in sections:  # after these: a link "older" may look like a section
                self.add_listing(site, link, As.SECTION, around=site.newest or self.now)
        elif visit.page > 1 and branch != _ARCHIVE:
            site.spent.add(branch)
        return fresh

    def _guess_dates(self, site: Site, links: list[Link], base: datetime) -> list[datetime]:
        """When each article of a listing is from: as stated, else in the pace in which the dated ones before it follow each other."""
        last, pace, first, count = base, timedelta(minutes=1), None, 0
        guesses = []
        for link in links:
            date = (
                guess_date(link, self.now)
                or _date_of(link.url)
                or (
                    site.dates.get(url_key(same_article_key(site.secured(normalise(link.url))))) if site.dates else None
                )
            )
            if date is None:
                last = date = last - pace
            elif first is None:
                first = last = date
            elif date < last:
                count += 1
                last, pace = date, max(pace, (first - date) / count)
            guesses.append(date)
        return guesses

    def _add_archives(self, site: Site, visit: Visit, tree: LexborHTMLParser, url: str) -> int:
        """Archives by date that a page names; those that are wholly older than asked for are none. Their number."""
        count = 0
        for link in archive_links(tree, url, self.now):
            period = archive_period(link.url)
            if period is not None and earlier(period[1], self.since):
                self._refuse(site, link, "OldLink")
            else:
                count += self.add_listing(site, link, As.SECTION, around=link.modified, branch=_ARCHIVE)
        return count

    def from_article(
        self, site: Site, visit: Visit, tree: LexborHTMLParser, url: str, published: datetime | None
    ) -> None:
        """The further articles that an article's page names: only those whose address looks the part."""
        base = (published or visit.around) - timedelta(hours=1)
        known = None if self.keeper.audit is not None else lambda address: hash(address) & _KEY in site.hrefs
        for place, link in enumerate(page_links(tree, url, known=known)):
            around = guess_date(link, self.now) or _date_of(link.url) or base - timedelta(minutes=place)
            self.add_article(site, link, around, least=SURE, depth=visit.depth + 1)

    def from_feed(self, site: Site, visit: Visit, body: bytes, url: str) -> int:
        """The entries of a feed; their number."""
        links = read_feed(body, url) if _FEED_BODY.search(body[:4096]) or not _HTML_BODY.search(body[:4096]) else []
        site.has_feed = site.has_feed or bool(links)
        for place, link in enumerate(links):
            around = guess_date(link, self.now) or _date_of(link.url) or self.now - timedelta(minutes=place)
            self.add_article(site, link, around, listed=True)
        return len(links)

    def from_sitemap(self, site: Site, visit: Visit, body: bytes, url: str) -> Iterator[int]:
        """The entries of a sitemap, or the children of an index. Yields their number so far, now and then and at the end.

        A sitemap may have 50,000 entries: who iterates can let other work have its turn in between.
        """
        count = 0
        if _HTML_BODY.search(body[:1024]) and not _SITEMAP_BODY.search(body[:1024]):
            yield count
            return
        for count, link in enumerate(read_sitemap(body, url), 1):
            site.has_sitemap = True
            if link.source == "sitemap index":
                if earlier(link.modified, self.since) and not site.held.lies:
                    site.held.sitemaps.append(link)
                else:
                    # a day's grace: lastmod is often a date without a time
                    around = min(link.modified + timedelta(days=1), self.now) if link.modified else None
                    self.add_listing(site, link, As.SITEMAP, around=around)
            else:
                site.held.moves = site.held.moves or (
                    link.modified is not None and not earlier(link.modified, self.since)
                )
                around = (
                    guess_date(link, self.now) or _date_of(link.url) or self.now - timedelta(days=30, minutes=count)
                )
                self.add_article(site, link, around, listed=True)
            if count % _TURN == 0:
                yield count
        yield count

    # -- from links to visits -------------------------------------------------------------------

    def add_usual(self, site: Site, kind: As, number: int) -> bool:
        """Try the next usual place of a feed or sitemap; False when there is none left."""
        names = USUAL_FEEDS if kind is As.FEED else USUAL_SITEMAPS
        bases = list(dict.fromkeys([urljoin(site.homes[-1], "./"), urljoin(site.homes[-1], "/")]))
        places = [base + name for name in names for base in bases]
        if number >= len(places) or site.memory.places(kind):
            return False
        link = Link(places[number], source="usual place")
        if url_key(normalise(link.url)) in site.seen or site.memory.is_absent(link.url):
            return self.add_usual(site, kind, number + 1)
        site.frontier.push(Visit(site.name, link, kind, self.now, page=number + 1, guessed=True))
        return True

    def add_listing(
        self, site: Site, link: Link, kind: As, around: datetime | None = None, page: int = 1, branch: str = ""
    ) -> bool:
        """Let a feed, sitemap or section wait, if it is new. Feeds and sitemaps may lie on another host."""
        url = site.secured(normalise(link.url))
        key = url_key(url)
        if key in site.seen or self.keeper.ledger.is_settled(url) or (kind is As.SECTION and not site.owns(url)):
            return False
        site.seen.add(key)
        if kind is As.SECTION:
            site.seen.add(url_key(same_article_key(url)))
        self.keeper.meet(url, site.name, road_of(link))
        if kind is As.SECTION and page == 1 and refusal(url):
            return (
                self.keeper.settle(url, "NotAnArticleUrl", site.name, detail=refusal(url) or "", road=road_of(link))
                and False
            )
        if site.listings >= self.max_listings:
            return self.keeper.settle(url, "OverBudget", site.name, road=road_of(link)) and False
        if page == 1 and not site.memory.is_due(url, kind, link.modified):
            return self.keeper.settle(url, "NotDue", site.name, road=road_of(link)) and False
        site.listings += 1
        self._push(site, Visit(site.name, replace(link, url=url), kind, around or self.now, page, branch=branch))
        return True

    def _push(self, site: Site, visit: Visit) -> None:
        site.frontier.push(visit)
        site.memory.met(visit)
        site.met += visit.kind is As.ARTICLE

    def resume(self, site: Site) -> None:
        """What earlier runs have left: listings whose turn has come, visits that were not made, articles to be visited again."""
        for link, kind in site.memory.remembered():
            self.add_listing(site, link, kind, around=site.newest)
        for visit in site.memory.again():
            site.seen.add(url_key(same_article_key(visit.url)))
            self.keeper.meet(visit.url, site.name, visit.road)
            site.frontier.push(visit)
        self.resume_waiting(site)

    def resume_waiting(self, site: Site) -> None:
        """Visits that earlier runs have not made, the next thousand of them."""
        for visit in site.memory.waiting():
            keys = {url_key(same_article_key(visit.url)), url_key(visit.url)}
            if any(KeySet.__contains__(site.seen, key) for key in keys) or not (
                site.owns(visit.url) or visit.kind.is_listing
            ):
                continue
            for key in keys:
                site.seen.add(key)
            self.keeper.meet(visit.url, site.name, visit.road)
            if earlier(visit.link.published, self.since):
                self._refuse(site, visit.link, "OldLink")
            else:
                site.frontier.push(visit)

    def add_article(
        self,
        site: Site,
        link: Link,
        around: datetime,
        least: float = DOUBTFUL,
        listed: bool = False,
        branch: str = "",
        page: int = 1,
        depth: int = 0,
    ) -> bool:
        """Let a link to what looks like an article wait; True when it is new.

        least: the score it must have. listed: a feed or sitemap names it. branch, page: the listing that does. depth: see `Visit`.
        """
        if not listed:
            href = hash(link.url if self.keeper.audit is None else f"{link.source} {link.url}") & _KEY
            if href in site.hrefs:
                return False
            site.hrefs.add(href)
        url = site.secured(normalise(link.url))
        key = url_key(same_article_key(url))
        if self.keeper.audit is not None and site.owns(url):
            self._name_again(site, url, key, link)
        if key in site.seen or self.keeper.ledger.is_settled(url):
            return self._met_again(site, link, url, key, listed, branch, page)
        if key in site.unlikely and not listed:
            return False
        if not site.owns(url):
            if listed:
                site.seen.add(key)
                self._refuse(site, replace(link, url=url), "ForeignHost")
            return False
        if (why := refusal(url)) is not None:
            if url_key(url) in site.seen:  # a feed, or another listing: it has a fate of its own
                return False
            site.seen.add(key)
            self._refuse(site, replace(link, url=url), "NotAnArticleUrl", why)
            return False
        score = article_score(link, site.shapes)
        # what this site's sure articles look like ranks a link, and alone shuts none out: sites change their addresses
        if max(score, article_score(link) if score < least else 0.0) < least:
            if least == DOUBTFUL:  # a feed or sitemap may still say otherwise, so its fate waits for the end
                self.keeper.meet(url, site.name, road_of(link))
                site.unlikely.setdefault(key, url)
            return False
        site.seen.add(key)
        site.unlikely.pop(key, None)
        self._wait(
            site,
            Visit(
                site.name,
                replace(link, url=url),
                As.ARTICLE,
                around,
                page,
                sure=score >= SURE,
                branch=branch,
                depth=depth,
            ),
        )
        return True

    def _met_again(self, site: Site, link: Link, url: str, key: int, listed: bool, branch: str, page: int) -> bool:
        """Another road names an article: it may date it, or free it where a sitemap's lastmod alone holds it back."""
        if listed:
            if self._is_held_by_lastmod(link) and key not in site.held.articles:
                waiting = site.frontier.waiting(url)
                if waiting is not None and waiting.link.published and not earlier(waiting.link.published, self.since):
                    site.held.lies = True
                site.held.doubted.add(key)
            site.frontier.date(url, link)
        if not site.held or link.source == "sitemap":
            return False
        held = site.held.named(key, link.published is not None and not earlier(link.published, self.since))
        if held is None:
            return False
        self._let_go(site, [replace(held, published=link.published, headline=link.headline)], [], branch, page)
        if site.held.lies:
            self._let_go(site, *site.held.take_all())
        return True

    def _is_held_by_lastmod(self, link: Link) -> bool:
        return link.published is None and earlier(link.modified, self.since)

    def _let_go(self, site: Site, articles: list[Link], sitemaps: list[Link], branch: str = "", page: int = 1) -> None:
        for link in sitemaps:
            self.add_listing(site, link, As.SITEMAP, around=self.now)
        for link in articles:
            around = guess_date(link, self.now) or self.now
            self._push(
                site,
                Visit(
                    site.name,
                    link,
                    As.ARTICLE,
                    around,
                    page,
                    sure=article_score(link, site.shapes) >= SURE,
                    branch=branch,
                ),
            )

    def proved_young(self, site: Site, link: Link) -> None:
        """An article came out younger than asked for though its sitemap's lastmod is older: no lastmod of this site is believed any more."""
        if site.held.lies or self.since is None:
            return
        if (
            self._is_held_by_lastmod(replace(link, published=None))
            or url_key(same_article_key(link.url)) in site.held.doubted
        ):
            site.held.lies = True
            self._let_go(site, *site.held.take_all())

    def last_look(self, site: Site) -> None:
        """When nothing else waits: what a lastmod holds back is tried where nothing speaks for that lastmod, and refused where something does."""
        if not site.held:
            return
        if site.held.lies:
            self._let_go(site, *site.held.take_all())
        elif not site.held.moves and not site.recorded:
            self._let_go(site, *site.held.take_some())
        else:
            self.refuse_held(site)

    def refuse_held(self, site: Site) -> None:
        """What is still held is older than asked for."""
        articles, sitemaps = site.held.take_all()
        for link in articles + sitemaps:
            self._refuse(site, link, "OldLink", "by its sitemap's lastmod")

    def _name_again(self, site: Site, url: str, key: int, link: Link) -> None:
        """For the audit: a road names what is met already, perhaps by another of its addresses."""
        known = site.addresses.get(key)
        if known is not None:
            self.keeper.meet(known, site.name, road_of(link))

    def _wait(self, site: Site, visit: Visit) -> None:
        link, around = visit.link, visit.around
        if earlier(link.published, self.since):
            self._refuse(site, link, "OldLink")
            site.outcomes[visit.branch, visit.page, True] += 1
            return
        if self._is_held_by_lastmod(link) and not site.held.lies:
            self.keeper.meet(link.url, site.name, road_of(link))
            site.held.articles[url_key(same_article_key(link.url))] = link
            return
        if self.keeper.audit is not None:
            site.addresses[url_key(same_article_key(link.url))] = link.url
        self.keeper.meet(link.url, site.name, road_of(link))
        if link.published is not None:
            site.dated_as(url_key(same_article_key(link.url)), link.published)
            site.dated += 1
            site.newest = max(site.newest or around, around)
            if link.source in ("feed", "news sitemap"):
                site.shapes.learn(link.url)
        self._push(site, visit)

    def is_wanted(self, site: Site, visit: Visit) -> bool:
        """A last look before a request is built: things may have changed while it waited. Enters the fate of what is not."""
        if self.keeper.ledger.is_settled(visit.url):
            return False
        why = self._why_not(site, visit)
        if why is not None:
            self.keeper.settle(visit.url, why[0], site.name, detail=why[1], road=visit.road)
        return why is None

    def _why_not(self, site: Site, visit: Visit) -> tuple[str, str] | None:
        if visit.kind is As.ARTICLE:
            if url_key(same_article_key(visit.url)) in site.recorded_keys:
                return "Duplicate", "a recorded article names it as its address"
            if not visit.sure:
                site.doubtful += 1
                if site.doubtful > self.max_doubtful:
                    return "OverBudget", "it hardly looks like an article"
        if (trap := site.traps.why_not(visit)) is not None:
            return trap
        if visit.branch == _ARCHIVE and visit.link.source == _ARCHIVE and _ARCHIVE in site.spent:
            return "OverBudget", f"{_BARREN_ARCHIVES} newer archives brought nothing new"
        if visit.kind is As.SECTION and visit.page > 1:
            if visit.branch in site.spent:
                return "OverBudget", "a page before it in its listing brought nothing new"
            if site.is_old(visit.branch, visit.page - 1):
                return "OldLink", "all that is new on the page before it was too old"
        return None

    def _refuse(self, site: Site, link: Link, reason: str, detail: str = "") -> None:
        self.keeper.meet(link.url, site.name, road_of(link))
        self.keeper.settle(link.url, reason, site.name, detail=detail, road=road_of(link))


def _date_of(url: str) -> datetime | None:
    """The date that stands in an address's path; None when none does."""
    found = _URL_DATE.search(url)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        return datetime.fromisoformat(f"{year}-{int(month):02}-{int(day or 1):02}T00:00:00+00:00")
    except ValueError:
        return None
