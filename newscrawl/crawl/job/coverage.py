"""What an audit file says of each site: the funnel, what each source found, and how many articles no source showed. Pure: reads lines only.

The estimate is Chapman's form of the Lincoln-Petersen estimator of capture and recapture (D. G. Chapman, "Some properties of the
hypergeometric distribution with applications to zoological sample censuses", University of California Publications in Statistics 1,
1951), with Seber's variance (G. A. F. Seber, "The effects of trap response on tag recapture estimates", Biometrics 26, 1970). It holds as
far as the two groups of sources find articles independently of one another; sources that show the same newest articles make it too low.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import sqrt

#: The first group of sources is what machines read, the second the pages; the rest is left out of the estimate.
LISTED = frozenset({"feed", "sitemap", "news sitemap"})
LINKED = frozenset({"front page", "section page", "embedded data", "navigation"})


@dataclass
class SiteCoverage:
    """One site: outcomes and reasons of its URLs, and the sources of each recorded article."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    articles: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimate:
    """Articles that no source showed: the estimate and its 95 % interval; both groups' counts and what they share."""

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
                    site.articles[line["again"]].add(line["source"])
                continue
            site.outcomes[line["outcome"]] += 1
            site.reasons[line["reason"]] += 1
            if line["reason"] == "Recorded":
                site.articles[line["url"]] = {one["source"] for one in line["sources"]}
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} is no line of an audit: {error!r}") from None
    return sites


def estimate(articles: Iterable[set[str]]) -> Estimate | None:
    """Chapman's estimate from the sources of each article; None where one group found nothing or they share nothing."""
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
    return Estimate(unseen, max(0.0, total - seen - 1.96 * spread), total - seen + 1.96 * spread, first, second, both)


def unseen_line(found: Estimate | None) -> str:
    """The estimate in short, for a person."""
    if found is None:
        return "articles that no source showed: no estimate, because feeds and sitemaps share no article with the pages"
    return (
        f"articles that no source showed: about {found.unseen:.0f} (95 % interval {found.low:.0f} to {found.high:.0f})"
    )


def short_lines(sites: dict[str, SiteCoverage], most: int) -> Iterator[str]:
    """A line a site for the summary at the end of a crawl: what each source found, alone in brackets, and the estimate."""
    for name, site in list(sites.items())[:most]:
        if site.articles:
            yield f"{name}: {_sources(site)}; {unseen_line(estimate(site.articles.values()))}"


def _sources(site: SiteCoverage) -> str:
    sources = Counter(source for named in site.articles.values() for source in named)
    alone = Counter(next(iter(named)) for named in site.articles.values() if len(named) == 1)
    return ", ".join(f"{source} {count} ({alone[source]} alone)" for source, count in sources.most_common())


def report(sites: dict[str, SiteCoverage]) -> Iterator[str]:
    """The lines of `scrapy newscrawl coverage`."""
    for name, site in sites.items():
        yield name
        yield f"  discovered {sum(site.outcomes.values())}: " + ", ".join(
            f"{count} {word}" for word, count in site.outcomes.most_common()
        )
        yield "  reasons: " + ", ".join(f"{count} {reason}" for reason, count in site.reasons.most_common())
        sources = Counter(source for named in site.articles.values() for source in named)
        alone = Counter(next(iter(named)) for named in site.articles.values() if len(named) == 1)
        for source, count in sources.most_common():
            yield f"  {source}: {count} articles, {alone[source]} by this source alone"
        yield "  " + unseen_line(estimate(site.articles.values()))
