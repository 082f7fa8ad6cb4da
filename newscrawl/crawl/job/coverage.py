"""What an audit file says of each site: the funnel, what each source found, and an estimate of what none found. Pure.

The estimate is Chapman's form of the Lincoln-Petersen estimator of capture and recapture (D. G. Chapman, "Some
properties of the hypergeometric distribution with applications to zoological sample censuses", University of California
Publications in Statistics 1, 1951), with Seber's variance (G. A. F. Seber, "The effects of trap response on tag
recapture estimates", Biometrics 26, 1970). It assumes that the two groups of sources find articles independently of
each other; where both show the same newest articles, it is too low.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import sqrt

from newscrawl.units import counted

#: The two groups of sources: what machines read, and pages. Other sources do not count in the estimate.
LISTED = frozenset({"feed", "sitemap", "news sitemap"})
LINKED = frozenset({"front page", "section page", "embedded data", "navigation"})


@dataclass
class SiteCoverage:
    """One site: the counts of its URLs by outcome and reason, and the sources of each recorded article."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    articles: dict[str, set[str]] = field(default_factory=dict)

    def by_source(self) -> list[tuple[str, int, int]]:
        """Each source, with the number of articles that it names, and of those that it alone names; most first."""
        counts = Counter(source for named in self.articles.values() for source in named)
        alone = Counter(next(iter(named)) for named in self.articles.values() if len(named) == 1)
        return [(source, count, alone[source]) for source, count in counts.most_common()]


@dataclass(frozen=True)
class Estimate:
    """Articles that no source named: the estimate with its 95 % interval; the count of each group, and of both."""

    unseen: float
    low: float
    high: float
    first: int
    second: int
    both: int


def read_audit(lines: Iterable[str]) -> dict[str, SiteCoverage]:
    """The sites of an audit file, in the order they come.

    A torn last line is ignored. Raises ValueError that names a line which is not one of an audit.
    """
    sites: dict[str, SiteCoverage] = {}
    for number, text in enumerate(lines, 1):
        if not text.endswith("\n") or not text.strip():
            continue
        try:
            line = json.loads(text)
            site = sites.setdefault(line["site"], SiteCoverage())
            if "again" in line:
                if line["again"] in site.articles:
                    site.articles[line["again"]].add(line["source"])
                continue
            site.outcomes[line["outcome"]] += 1
            site.reasons[line["reason"]] += 1
            if line["reason"] == "Recorded":
                site.articles[line["url"]] = {one["source"] for one in line["sources"]}
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} is not a line of an audit: {error!r}") from None
    return sites


def estimate(articles: Iterable[set[str]]) -> Estimate | None:
    """Chapman's estimate from the sources of each article; None where the two groups have no article in common."""
    first = second = both = 0
    for sources in articles:
        in_first, in_second = not sources.isdisjoint(LISTED), not sources.isdisjoint(LINKED)
        first, second, both = first + in_first, second + in_second, both + (in_first and in_second)
    if not both:
        return None
    seen = first + second - both
    total = (first + 1) * (second + 1) / (both + 1) - 1
    spread = sqrt((first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2)))
    unseen = max(0.0, total - seen)
    low, high = max(0.0, total - seen - 1.96 * spread), total - seen + 1.96 * spread
    return Estimate(unseen, low, high, first, second, both)


def unseen_line(found: Estimate | None) -> str:
    """The estimate in one line, for a person."""
    if found is None:
        return "articles that no source named: no estimate, because feeds and sitemaps share no article with the pages"
    interval = f"95 % interval {found.low:.0f} to {found.high:.0f}"
    return f"articles that no source named: about {found.unseen:.0f} ({interval})"


def short_lines(sites: dict[str, SiteCoverage], most: int) -> Iterator[str]:
    """One line a site, for the summary at the end of a crawl. most: sites that get one."""
    for name, site in list(sites.items())[:most]:
        if site.articles:
            sources = ", ".join(f"{source} {count} ({alone} alone)" for source, count, alone in site.by_source())
            yield f"{name}: {sources}; {unseen_line(estimate(site.articles.values()))}"


def report(sites: dict[str, SiteCoverage]) -> Iterator[str]:
    """The lines of `scrapy newscrawl coverage`."""
    for name, site in sites.items():
        yield name
        outcomes = ", ".join(f"{count} {word}" for word, count in site.outcomes.most_common())
        yield f"  discovered {sum(site.outcomes.values())}: {outcomes}"
        yield "  reasons: " + ", ".join(f"{count} {reason}" for reason, count in site.reasons.most_common())
        for source, count, alone in site.by_source():
            yield f"  {source}: {counted(count, 'article')}, {alone} by this source alone"
        yield "  " + unseen_line(estimate(site.articles.values()))
