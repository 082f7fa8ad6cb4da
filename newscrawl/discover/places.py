"""URLs that are certainly not an article's, by the words in places.txt: tags, authors, search, shop, sign-in ..."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.discover.path import MEDIA, QUERY_ID, UrlPath, path_of, plain_segment
from newscrawl.discover.wordlists import sections_of

__all__ = ["ARTICLE_WORDS", "REFUSED", "SECTION_WORDS", "refusal"]


_GROUPS = sections_of("places.txt")


def _refused_words() -> dict[str, str]:
    """Word -> its group; a word that two groups have belongs to the first."""
    found: dict[str, str] = {}
    for group, words in _GROUPS.items():
        if group.endswith("!"):
            for word in words:
                found.setdefault(word, group.rstrip(" !"))
    return found


#: Word -> the group of places it names, whose URLs are skipped.
REFUSED = _refused_words()
#: Words that name sections, and words that name articles.
SECTION_WORDS, ARTICLE_WORDS = frozenset(_GROUPS["section page"]), frozenset(_GROUPS["article"])
#: Groups in which the page's name follows the word: /tag/NAME, /author/NAME.
_NAME_FOLLOWS = frozenset({"tag page", "author page", "shop", "search", "calendar", "technical URL"})
_PEOPLE_AND_TAGS = frozenset({"tag page", "author page"})
_LANGUAGE = re.compile(r"[a-z]{2}(?:[\-_][a-z]{2,4})?")
_QUERY_SEARCH = re.compile(
    r"(?:^|&)(?:s|q|query|search|suche|buscar|keyword|keywords|searchterm|search_query|search_text|ara)=", re.IGNORECASE
)
_QUERY_ACTION = re.compile(
    r"(?:^|&)(?:replytocom|share|add-to-cart|add_to_cart|action|redirect_to|redirect_uri|returnurl|return_to|login"
    r"|tribe-bar-date|ical|do|sort|orderby|order|filter\w*|filter%5b)=?",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def refusal(url: str) -> str | None:
    """Why a URL is certainly not an article's, for a person to read; None if it may be one, or may be a section.

    Refuses media and other files, tags, authors, search, shop, sign-in, legal and service pages, calendars and
    technical URLs.
    """
    if not url[:8].lower().startswith(("http://", "https://")):
        return "not a web address"
    path = path_of(url)
    if path.ending in MEDIA:
        return f"a file of type {path.ending}"
    if path.query:
        if _QUERY_ACTION.search(path.query) and not QUERY_ID.search(path.query):
            return "an action on a page, judging by the query"
        if _QUERY_SEARCH.search(path.query) and path.words < 3 and not path.has_id:
            return "search results, judging by the query"
    segments = [plain_segment(part) for part in path.segments]
    return _refused_place(segments, path) if segments else None


def _refused_place(segments: list[str], path: UrlPath) -> str | None:
    for at, segment in enumerate(segments):
        group = REFUSED.get(segment)
        if group is None:
            if at >= 2 and at < len(segments) - 1:
                break  # a word so deep in the path is part of something else's name
            continue
        after = segments[at + 1 :]
        if after and _is_story(group, after, path):
            continue
        last = not after
        if last and group in _PEOPLE_AND_TAGS and (at >= 2 or (at == 1 and path.ending)):
            continue  # the name of a page, perhaps; lists are /tag/NAME and /tags
        if last and path.has_date and at > 0:
            continue
        if last or (group in _NAME_FOLLOWS and at <= 2) or at == 0 or (at == 1 and _LANGUAGE.fullmatch(segments[0])):
            return f"{group}, judging by {segment!r} in the path"
    return None


def _is_story(group: str, after: list[str], path: UrlPath) -> bool:
    """Do the segments after a refused word look like an article that is filed there?"""
    if group == "technical URL":
        return False
    if any(word in ARTICLE_WORDS for word in after[:-1]):
        return True
    if group == "shop":
        return path.has_date
    if group in _PEOPLE_AND_TAGS:
        words = 3 if group == "tag page" else 4
        return len(after) >= 2 and (path.has_date or path.words >= words) and "page" not in after
    if path.has_date and group != "calendar":
        return True
    return (
        path.words >= 5 or (path.has_id and path.words >= 2) or (group == "legal or service page" and path.words >= 3)
    )
