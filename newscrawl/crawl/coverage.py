"""What an audit file says of each site: the funnel, what each road found, and how many articles no road showed. Pure: reads lines only.

The estimate is Chapman's form of the Lincoln-Petersen estimator of capture and recapture (D. G. Chapman, "Some properties of the
hypergeometric distribution with applications to zoological sample censuses", University of California Publications in Statistics 1,
1951), with Seber's variance (G. A. F. Seber, "The effects of trap response on tag recapture estimates", Biometrics 26, 1970). It holds as
far as the two groups of roads find articles independently of one another; roads that show the same newest articles make it too low.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import sqrt

#: The first group of roads is what machines read, the second the pages; the rest is left out of the estimate.
LISTED = frozenset({"feed", "sitemap", "news sitemap"})
LINKED = frozenset({"front page", "section page", "embedded data", "navigation"})


@dataclass
class SiteCoverage:
    """One site: outcomes and reasons of its URLs, and the roads of each recorded article."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    articles: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimate:
    """Articles that no road showed: the estimate and its 95 % interval; both groups' counts and what they share."""

    unseen: float
    low: float
    high: float
    first: int
    second: int
    both: int


def read_audit(lines: Iterable[str]) -> dict[str, SiteCoverage]:
    """The sites of an audit file, in the order they come. ValueError names a line that is no audit line; a torn last one is left."""
    sites: dict[str, SiteCoverage] = {}
    for number, text in enumerate(lines, 1):
        if not text.endswith("\n") or not text.strip():
            continue
        try:
            line = json.loads(text)
            site = sites.setdefault(line["site"], SiteCoverage())
            if "again" in line:
                if line["again"] in site.articles:
                    site.articles[line["again"]].add(line["road"])
                continue
            site.outcomes[line["decision"]] += 1
            site.reasons[line["reason"]] += 1
            if line["reason"] == "Recorded":
                site.articles[line["url"]] = {road["road"] for road in line["roads"]}
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} is no line of an audit: {error!r}") from None
    return sites


def estimate(articles: Iterable[set[str]]) -> Estimate | None:
    """Chapman's estimate from the roads of each article; None where one group found nothing or they share nothing."""
    first = second = both = 0
    for roads in articles:
        in_first, in_second = not roads.isdisjoint(LISTED), not roads.isdisjoint(LINKED)
        first, second, both = first + in_first, second + in_second, both + (in_first and in_second)
    if not both:
        return None
    seen = first + second - both
    total = (first + 1) * (second + 1) / (both + 1) - 1
    spread = sqrt((first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2)))
    unseen = max(0.0, total - seen)
    return Estimate(unseen, max(0.0, total - seen - 1.96 * spread), total - seen + 1.96 * spread, first, second, both)


def unseen_line(found: Estimate | None) -> str:
    """The estimate in short, for a person."""
    if found is None:
        return "articles that no road showed: no estimate, because feeds and sitemaps share no article with the pages"
    return f"articles that no road showed: about {found.unseen:.0f} (95 % interval {found.low:.0f} to {found.high:.0f})"


def short_lines(sites: dict[str, SiteCoverage], most: int) -> Iterator[str]:
    """A line a site for the summary at the end of a crawl: what each road found, alone in brackets, and the estimate."""
    for name, site in list(sites.items())[:most]:
        if site.articles:
            yield f"{name}: {_roads(site)}; {unseen_line(estimate(site.articles.values()))}"


def _roads(site: SiteCoverage) -> str:
    roads = Counter(road for named in site.articles.values() for road in named)
    alone = Counter(next(iter(named)) for named in site.articles.values() if len(named) == 1)
    return ", ".join(f"{road} {count} ({alone[road]} alone)" for road, count in roads.most_common())


def report(sites: dict[str, SiteCoverage]) -> Iterator[str]:
    """The lines of `scrapy newscrawl coverage`."""
    for name, site in sites.items():
        yield name
        yield f"  met {sum(site.outcomes.values())}: " + ", ".join(
            f"{count} {word}" for word, count in site.outcomes.most_common()
        )
        yield "  reasons: " + ", ".join(f"{count} {reason}" for reason, count in site.reasons.most_common())
        roads = Counter(road for named in site.articles.values() for road in named)
        alone = Counter(next(iter(named)) for named in site.articles.values() if len(named) == 1)
        for road, count in roads.most_common():
            yield f"  {road}: {count} articles, {alone[road]} by this road alone"
        yield "  " + unseen_line(estimate(site.articles.values()))
