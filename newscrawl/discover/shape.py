"""Does a URL look like an article's? Judged before fetching, by the URL, the anchor's text and the source of the link.

Does not see the page. Knows words for places in many languages (places.txt), but no particular site; what a site's
own articles look like is learned during the run, from sources that are reliable (`Shapes`).
"""

from __future__ import annotations

import math
import re
from collections import Counter

from newscrawl.article import Link
from newscrawl.discover.path import QUERY_ID, UrlPath, path_of, plain_segment
from newscrawl.discover.places import ARTICLE_WORDS, REFUSED, SECTION_WORDS, refusal
from newscrawl.text import length

__all__ = ["Shapes", "article_score", "refusal"]

_PAGE_OF_LIST = re.compile(
    r"/(?:page|seite|pagina|sayfa|strona|side|p)[/\-]?\d{1,4}/?$|[?&](?:page|paged|pg|seite|pagina|offset|start)=\d+",
    re.IGNORECASE,
)
#: An article's number as the whole query of a front page: "?123", "?p=12".
_FRONT_QUERY = re.compile(
    r"(?!page|paged|pg|seite|pagina|cat|tag|lang|v\d)(?:[a-z]{0,12}\d{1,9}|(?:p|n|a|post|art|story)=\d{1,9})",
    re.IGNORECASE,
)
#: URLs of a site's articles from which what they look like is known.
_ENOUGH = 5
#: Words of lists by date; with a number after them that is no date, they name an article.
_ARCHIVES = frozenset({"archives", "archive", "archiv", "archivo", "archivos", "archivio", "arquivo", "arsiv"})


class Shapes:
    """What the URLs of a site's certain articles look like, learned during one run.

    Kept per site; stays small however many URLs are learned.
    """

    def __init__(self) -> None:
        self.total = 0
        self._seen: list[Counter[object]] = [Counter() for _ in range(6)]

    @staticmethod
    def _traits(url: str) -> tuple[object, ...]:
        path = path_of(url)
        names = (
            tuple(sorted(field.partition("=")[0] for field in path.query.split("&")))
            if QUERY_ID.search(path.query)
            else ()
        )
        return (path.has_date, path.has_id or path.has_short_id, path.ending, path.depth, min(path.words, 3), names)

    @property
    def are_known(self) -> bool:
        """Were enough URLs learned to judge others by them?"""
        return self.total >= _ENOUGH

    def learn(self, url: str) -> None:
        """Learn from the URL of a certain article."""
        self.total += 1
        for counter, trait in zip(self._seen, self._traits(url), strict=True):
            if trait in counter or len(counter) < 64:
                counter[trait] += 1

    def likeness(self, url: str) -> float:
        """How much a URL is like those learned, 0..1; 0.5 if none was learned.

        For each trait (date, number, ending, depth, length of the slug, query), the share of learned URLs with the
        same value; the mean of these shares.
        """
        if not self.total:
            return 0.5
        shares = (counter[trait] / self.total for counter, trait in zip(self._seen, self._traits(url), strict=True))
        return sum(shares) / len(self._seen)


#: How much each sign speaks for an article, in logits; set by hand, and checked against real URLs of both sorts.
_SOURCES = {"news sitemap": 4.0, "feed": 3.0, "sitemap": 0.4, "navigation": -2.0}
#: By the number of words in the slug.
_SLUG = (-1.6, -1.5, -0.4, 1.0, 1.8, 2.4, 2.7, 2.9, 3.0)
#: First labels of hosts that serve parts of pages, or services.
_OTHER_HOSTS = frozenset(
    "img image images cdn media static assets gfx pics foto fotos photos files download "
    "ads track auth id accounts data".split()
)


def _is_other_host(url: str) -> bool:
    """Does the host's first label name a shop, a service or a file server? (img.a.example, abo.a.example)"""
    labels = url.partition("://")[2].partition("/")[0].lower().split(".")
    if len(labels) < 3:
        return False
    return labels[0] in _OTHER_HOSTS or REFUSED.get(labels[0], "tag page") not in ("tag page", "author page")


def _is_year(segment: str) -> bool:
    return len(segment) == 4 and segment.startswith(("19", "20"))


def _is_date(segments: tuple[str, ...]) -> bool:
    """Is a path only a year, month or day, and at most a page of its list?"""
    if not all(part.isdigit() for part in segments):
        return False
    return all(len(part) <= 2 for part in segments[1:3]) and all(len(part) == 1 for part in segments[3:])


def _path_score(path: UrlPath) -> float:
    if not path.segments:
        return 0.5 if QUERY_ID.search(path.query) or _FRONT_QUERY.fullmatch(path.query) else -5.0
    places = [plain_segment(part) for part in path.segments]
    score = -0.6 + _SLUG[min(path.last_words if path.depth > 1 else path.words, 8)]
    if path.words > path.last_words and path.depth > 1:
        # a number or a word like "artikel" may end the path after the slug
        gain = _SLUG[min(path.words, 8)] - _SLUG[min(path.last_words, 8)]
        score += gain * (0.9 if path.ends_in_number or path.has_id or places[-1] in ARTICLE_WORDS else 0.2)
    score += 1.5 * path.has_date + 2.2 * path.has_id + 0.7 * (path.has_short_id and not path.has_id)
    score += 0.6 * (path.ending != "" and path.last_words >= 2)
    before = places[:-1]
    if any(word in ARTICLE_WORDS for word in before):
        score += 1.2 if path.words >= 2 else 0.6
    if (
        path.depth == 2
        and places[0] in _ARCHIVES
        and path.ends_in_number
        and not path.has_date
        and not _is_year(places[1])
    ):
        return score + 2.1
    score -= (0.4 if path.has_id else 1.0) * any(word in SECTION_WORDS for word in before)
    score -= 1.2 * any(word in REFUSED for word in (before if path.ending else places))
    by_query = bool(path.query) and QUERY_ID.search(path.query) is not None
    if places[-1] in SECTION_WORDS or places[-1] in ARTICLE_WORDS:
        score -= 0.3 if path.has_id or by_query else 1.5
    if path.ends_in_number and before and before[-1] in ARTICLE_WORDS:
        score += 1.5
    if path.has_date and _is_date(path.segments):
        score -= 4.0  # the day or month of an archive
    score += 2.2 * by_query
    return score


def article_score(link: Link, known: Shapes | None = None) -> float:
    """The chance, 0..1, that a link leads to an article; 0.5 or more means more likely than not.

    Judged by the URL, the length of the anchor's text or title, the source (`link.source`), a stated date of
    publication, and the likeness to what this run learned about the site (`known`). 0 for a URL that `refusal`
    refuses.
    """
    if refusal(link.url) is not None:
        return 0.0
    score = _path_score(path_of(link.url))
    if _PAGE_OF_LIST.search(link.url):
        score -= 3.0
    if _is_other_host(link.url):
        score -= 4.0
    score += _SOURCES.get(link.source, 0.0)
    if link.published is not None:
        score += 1.0
    if link.headline is not None:
        words = length(link.headline)
        score += 1.2 if words >= 6 else 0.7 if words >= 4 else 0.0 if words >= 3 else -0.7
    if known is not None and known.are_known:
        score += 6.0 * (known.likeness(link.url) - 0.65)
    return 1 / (1 + math.exp(-score))
