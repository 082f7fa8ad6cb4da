"""Traps: addresses without end that bring nothing. Calendars, facets, session numbers, growing paths, mazes of soft errors, mirrors of one text.

None is known by its name. What is counted is what addresses of one pattern have come to (`pattern_of`): when so many of them, one after the other, have
brought no article, or no new link, their like are left out, but for a trial now and then, at growing distances: an article among them opens the pattern anew.
What a feed, a sitemap or a list has named is given more patience than what only an article's page did, and the way from page to page has an end.
One object a site; decides nothing but this, and fetches nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from newscrawl.crawl.visit import As, Visit
from newscrawl.fate import REASONS, Fate, Outcome

#: How much more patience there is with addresses that a feed, sitemap or list has named, and with all of those together that only articles' pages name.
_NAMED, _OF_ALL_PATTERNS = 4, 5
_UNNAMED = "whatever only articles name"
#: Patterns of one site that are kept apart; beyond, further ones count as one.
_PATTERNS = 2000
#: Refusals that say nothing against an address: an article was there, or its publisher or the project wants no record of it.
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
        "Maintenance",
    }
)
_BARREN_STATUS = frozenset({404, 410})
#: Longest address, most steps of a path, and how often one step, or one run of steps, may stand in it.
_LONGEST, _DEEPEST, _REPEATED = 1500, 16, 3
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]{1,24}")


@dataclass(frozen=True, slots=True)
class Limits:
    """barren: addresses of one pattern that may bring nothing, one after the other. depth: articles that may lead from one to the next.

    pages: of one site, in all. unlisted: articles that no feed, sitemap or list names. 0 is no bound.
    """

    barren: int = 0
    depth: int = 0
    pages: int = 0
    unlisted: int = 0


def pattern_of(url: str) -> str:
    """What addresses of one kind have in common: the first step of the path, what sort of thing each further one is, the ending, the names of the query."""
    parts = urlsplit(url.lower())
    steps = [step for step in parts.path.split("/") if step]
    kinds = [step if place == 0 and _WORD.fullmatch(step) else _sort(step) for place, step in enumerate(steps[:8])]
    names = sorted({field.partition("=")[0] for field in parts.query.split("&") if field})[:8]
    return f"{'/'.join(kinds)}{'/+' if len(steps) > 8 else ''}{'?' + '&'.join(names) if names else ''}"


def _sort(step: str) -> str:
    if _DIGITS.fullmatch(step):
        return "#"
    if step.count("-") + step.count("_") + step.count("+") >= 2 or len(step) > 24:
        return "*"
    return "w" if _WORD.fullmatch(step) else "x"


def is_endless(url: str) -> str | None:
    """Why an address is one of those that grow without end, for a person; None when it is not."""
    if len(url) > _LONGEST:
        return f"an address of {len(url)} characters"
    steps = [step for step in urlsplit(url).path.split("/") if step]
    if len(steps) > _DEEPEST:
        return f"a path of {len(steps)} steps"
    if len(steps) >= _REPEATED:
        step, count = (
            Counter(step for step in steps if not _DIGITS.fullmatch(step)).most_common(1)[0]
            if any(not _DIGITS.fullmatch(s) for s in steps)
            else ("", 0)
        )
        if count >= _REPEATED:
            return f"{step!r} stands {count} times in the path"
    return None


def _is_child(visit: Visit) -> bool:
    """Is it a sitemap that an index, or robots.txt, names?"""
    return visit.kind is As.SITEMAP and bool(visit.link.found_on)


class Traps:
    """What the addresses of one site have come to."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._barren: Counter[str] = Counter()
        self._tried: dict[str, int] = {}
        self._pages = self._unlisted = 0

    def why_not(self, visit: Visit) -> tuple[str, str] | None:
        """Why this visit is not worth making, as a reason and for a person; None when it is. Counts the ones that are."""
        if visit.kind in (As.FRONT_PAGE, As.ROBOTS) or visit.again:
            return None
        if self._limits.pages and self._pages >= self._limits.pages:
            return "OverBudget", f"{self._pages} pages of this site were asked for already"
        if visit.depth and self._limits.unlisted and self._unlisted >= self._limits.unlisted:
            return "OverBudget", f"{self._unlisted} articles were asked for already that no list, feed or sitemap names"
        why = None
        if visit.kind in (As.ARTICLE, As.SECTION):
            why = is_endless(visit.url) or self._too_deep(visit) or self._is_closed(visit)
        elif _is_child(visit):
            why = self._is_closed(visit)
        if why is not None:
            return "Trap", why
        self._pages += 1
        self._unlisted += visit.depth > 0
        return None

    def _too_deep(self, visit: Visit) -> str | None:
        return (
            f"{visit.depth} pages away from any list"
            if self._limits.depth and visit.depth > self._limits.depth
            else None
        )

    def _is_closed(self, visit: Visit) -> str | None:
        for key, patience in self._counted(visit):
            count = self._barren[key]
            if not self._limits.barren or count < patience * self._limits.barren:
                continue
            met = self._tried[key] = self._tried.get(key, 0) + 1
            if met >= self._limits.barren and met & (met - 1) == 0:  # a trial, each time twice as far away
                return None
            return f"{count} addresses like it ({key}) brought nothing, one after the other"
        return None

    def _counted(self, visit: Visit) -> list[tuple[str, int]]:
        """The counts that a visit belongs to, and how patient each is."""
        if visit.kind is As.SITEMAP:
            return [(self._kept(f"sitemaps of {visit.link.found_on}"), 1)]
        pattern = pattern_of(visit.url)
        if visit.kind is As.SECTION:
            return [(self._kept(f"list {pattern}"), 1)]
        if visit.depth == 0:
            return [(self._kept(pattern), _NAMED)]
        return [(self._kept(pattern), 1), (_UNNAMED, _OF_ALL_PATTERNS)]

    def _kept(self, key: str) -> str:
        return key if key in self._barren or len(self._barren) < _PATTERNS else "other"

    def listed(self, visit: Visit, fresh: int) -> None:
        """A list was read, and so many of its links were new."""
        self._count(visit, not fresh)

    def settled(self, visit: Visit, fate: Fate) -> None:
        """An article's page, or a sitemap of an index, has come to its end."""
        if _is_child(visit) and (fate.status in _BARREN_STATUS or fate.reason in ("Listing", "Unreadable")):
            self._count(visit, fate.reason != "Listing")
        if visit.kind is not As.ARTICLE or visit.again:
            return
        outcome = REASONS[fate.reason].outcome
        if (outcome is Outcome.REFUSED and fate.reason not in _NEUTRAL) or fate.status in _BARREN_STATUS:
            self._count(visit, True)
        elif outcome in (Outcome.RECORDED, Outcome.UNCHANGED) or fate.reason in ("TooOld", "JoinedPage"):
            self._count(visit, False)

    def _count(self, visit: Visit, is_barren: bool) -> None:
        for key, _ in self._counted(visit):
            if is_barren:
                self._barren[key] += 1
            else:
                self._barren.pop(key, None)
                self._tried.pop(key, None)
