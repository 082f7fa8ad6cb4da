"""Crawl traps: endless series of URLs that bring nothing.

Such are calendars, facets, session ids, growing paths, mazes and mirrors.
No trap is known by its name. What counts is what became of URLs of one pattern (`pattern_of`): when so many of them in
a row brought no article, or no new link, further ones are skipped, but for a trial now and then, at growing distances.
An article among the trials opens the pattern again. URLs that a feed, a sitemap or a list names get more patience than
those that only an article's page names, and the number of steps from page to page is bounded. One object a site.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.outcomes import GONE, REASONS, Outcome
from newscrawl.urls import split

#: Factors of patience: with URLs that a feed, sitemap or list names, and with all URLs together that only articles
#: name.
_LISTED, _ALL_UNLISTED = 4, 5
_UNLISTED = "whatever only articles name"
#: Sitemaps get less patience than a pattern, because each may name 50,000 articles: a quarter for those of one index,
#: half for all of a site.
_OF_AN_INDEX, _ALL_SITEMAPS = 0.25, 0.5
_SITEMAPS = "all its sitemaps"
#: Sitemap indexes that may lead from one to the next. By the protocol an index names no index; some sites nest two or
#: three.
_MAX_INDEXES = 4
#: Patterns of one site that are counted apart; any more count as one.
_PATTERNS = 2000
#: Refusals that say nothing against a URL: there was an article, or a wall before it, or nobody wants its record.
_NEUTRAL = frozenset(
    {
        "TooOld",
        "Undated",
        "PipelineError",
        "Dropped",
        "NoIndex",
        "Expired",
        "Reserved",
        "NeedsBrowser",
        "Challenge",
        "ConsentWall",
        "LoginPage",
        "Paywall",
        "Maintenance",
    }
)
#: Bounds of a URL: its characters, the segments of its path, and how often one segment may be repeated.
_MAX_LENGTH, _MAX_SEGMENTS, _MAX_REPEATED = 1500, 16, 3
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]{1,24}")


@dataclass(frozen=True, slots=True)
class TrapLimits:
    """0 is no bound.

    unproductive: URLs of one pattern, in a row, that may bring nothing. depth: articles that may lead from one to the
    next. pages: requests for one site. unlisted: articles that no feed, sitemap or list names.
    """

    unproductive: int = 0
    depth: int = 0
    pages: int = 0
    unlisted: int = 0


def pattern_of(url: str) -> str:
    """What URLs of one kind have in common.

    The first segment of the path, the sort of each further one, and the names of the query's fields.
    """
    parts = split(url.lower())
    segments = [segment for segment in parts.path.split("/") if segment]
    sorts = [
        segment if place == 0 and _WORD.fullmatch(segment) else _sort(segment)
        for place, segment in enumerate(segments[:8])
    ]
    names = sorted({field.partition("=")[0] for field in parts.query.split("&") if field})[:8]
    return f"{'/'.join(sorts)}{'/+' if len(segments) > 8 else ''}{'?' + '&'.join(names) if names else ''}"


def _sort(segment: str) -> str:
    """The letter for a segment: "#" for a number, "*" for a slug, "w" for a word, "x" for anything else."""
    if _DIGITS.fullmatch(segment):
        return "#"
    if segment.count("-") + segment.count("_") + segment.count("+") >= 2 or len(segment) > 24:
        return "*"
    return "w" if _WORD.fullmatch(segment) else "x"


def endless_growth(url: str) -> str | None:
    """Why a URL looks like one of a series that grows without end, for a person; None when it does not."""
    if len(url) > _MAX_LENGTH:
        return f"a URL of {len(url)} characters"
    segments = [segment for segment in split(url).path.split("/") if segment]
    if len(segments) > _MAX_SEGMENTS:
        return f"a path of {len(segments)} segments"
    words = [segment for segment in segments if not _DIGITS.fullmatch(segment)]
    if len(words) >= _MAX_REPEATED:
        segment, count = Counter(words).most_common(1)[0]
        if count >= _MAX_REPEATED:
            return f"{segment!r} occurs {count} times in the path"
    return None


def _is_child_sitemap(visit: Visit) -> bool:
    """Is it a sitemap that an index, or robots.txt, names?"""
    return visit.kind is VisitKind.SITEMAP and bool(visit.link.found_on)


class CrawlTraps:
    """What became of the URLs of one site, by pattern."""

    def __init__(self, limits: TrapLimits) -> None:
        self._limits = limits
        self._unproductive: Counter[str] = Counter()
        self._skipped: dict[str, int] = {}
        self._pages = self._unlisted = 0

    def why_not(self, visit: Visit) -> tuple[str, str] | None:
        """Why this visit should not be made: a reason, and a detail for a person.

        None when it should; then it is counted.
        """
        if visit.kind in (VisitKind.FRONT_PAGE, VisitKind.ROBOTS) or visit.again:
            return None
        if self._limits.pages and self._pages >= self._limits.pages:
            return "OverBudget", f"{self._pages} pages of this site were requested already"
        if visit.depth and self._limits.unlisted and self._unlisted >= self._limits.unlisted:
            return "OverBudget", f"{self._unlisted} articles that no listing names were requested already"
        why = None
        if visit.kind in (VisitKind.ARTICLE, VisitKind.SECTION):
            why = endless_growth(visit.url) or self._too_deep(visit) or self._closed(visit)
        elif _is_child_sitemap(visit):
            is_too_deep = visit.depth > _MAX_INDEXES
            why = f"{visit.depth} sitemap indexes lead to it" if is_too_deep else self._closed(visit)
        if why is not None:
            return "CrawlTrap", why
        self._pages += 1
        self._unlisted += visit.depth > 0
        return None

    def _too_deep(self, visit: Visit) -> str | None:
        is_too_deep = self._limits.depth and visit.depth > self._limits.depth
        return f"{visit.depth} pages away from any list" if is_too_deep else None

    def _closed(self, visit: Visit) -> str | None:
        """Why the pattern of a visit is closed."""
        for key, patience in self._counters(visit):
            count = self._unproductive[key]
            if not self._limits.unproductive or count < patience * self._limits.unproductive:
                continue
            skipped = self._skipped[key] = self._skipped.get(key, 0) + 1
            if skipped >= self._limits.unproductive and skipped & (skipped - 1) == 0:
                return None  # a trial, each time twice as far away as the last one
            return f"the last {count} URLs like it ({key}) brought nothing"
        return None

    def _counters(self, visit: Visit) -> list[tuple[str, float]]:
        """The counters that a visit belongs to, with the factor of patience of each."""
        if visit.kind is VisitKind.SITEMAP:
            index = f"sitemaps of {visit.link.found_on.partition('?')[0]}"
            return [(self._bounded(index), _OF_AN_INDEX), (_SITEMAPS, _ALL_SITEMAPS)]
        pattern = pattern_of(visit.url)
        if visit.kind is VisitKind.SECTION:
            return [(self._bounded(f"list {pattern}"), 1)]
        if visit.depth == 0:
            return [(self._bounded(pattern), _LISTED)]
        return [(self._bounded(pattern), 1), (_UNLISTED, _ALL_UNLISTED)]

    def _bounded(self, key: str) -> str:
        return key if key in self._unproductive or len(self._unproductive) < _PATTERNS else "other"

    def listed(self, visit: Visit, fresh: int) -> None:
        """A list was read. fresh: how many of its links were new."""
        self._count(visit, is_unproductive=not fresh)

    def sitemap_read(self, visit: Visit, named: int, sitemaps: int) -> None:
        """A sitemap was read. named: new articles in it. sitemaps: further ones; an index is judged by these."""
        if _is_child_sitemap(visit) and (named or not sitemaps):
            self._count(visit, is_unproductive=not named)

    def settled(self, visit: Visit, entry: LedgerEntry) -> None:
        """An article's page, or a sitemap of an index, has its outcome."""
        if _is_child_sitemap(visit) and (entry.status in GONE or entry.reason == "Unreadable"):
            self._count(visit, is_unproductive=True)
        if visit.kind is not VisitKind.ARTICLE or visit.again:
            return
        outcome = REASONS[entry.reason].outcome
        if (outcome is Outcome.REFUSED and entry.reason not in _NEUTRAL) or entry.status in GONE:
            self._count(visit, is_unproductive=True)
        elif outcome in (Outcome.RECORDED, Outcome.UNCHANGED) or entry.reason in ("TooOld", "JoinedPage"):
            self._count(visit, is_unproductive=False)

    def _count(self, visit: Visit, is_unproductive: bool) -> None:
        for key, _ in self._counters(visit):
            if is_unproductive:
                self._unproductive[key] += 1
            else:
                self._unproductive.pop(key, None)
                self._skipped.pop(key, None)
