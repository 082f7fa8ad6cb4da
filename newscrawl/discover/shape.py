"""Is this address an article's? A judgement before fetching, by the address, the anchor, and the road that named it.

Does not see the page. Knows words for places in many languages (places.txt) and no site; what this site's articles look like is
learned within the run, from roads that are sure (`Shapes`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote

from newscrawl.article import Link
from newscrawl.discover.address import normalise
from newscrawl.text import length

__all__ = ["Shapes", "article_score", "refusal"]


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MEDIA = _set_of(
    """jpg jpeg png gif webp avif svg ico bmp tif tiff heic mp3 m4a ogg oga opus wav flac aac mp4 m4v mov avi wmv webm mkv flv m3u8
    ts mpd pdf doc docx xls xlsx ppt pptx odt ods epub mobi csv zip gz tgz rar 7z tar dmg exe apk msi iso bin css js mjs map woff woff2
    ttf eot otf xml rss atom rdf json jsonld ics vcf kml swf torrent wasm webmanifest"""
)
_PAGE_ENDINGS = _set_of("html htm xhtml shtml php php3 php5 asp aspx jsp jspx cfm do cms ece amp stm dhtml phtml")
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,11})$")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_DATE = re.compile(
    r"/(?:19[89]|20[0-4])\d[/\-._]?(?:0?[1-9]|1[0-2]|[a-z]{3,9})(?:[/\-._]?(?:0?[1-9]|[12]\d|3[01]))?(?=[/\-._T]|$)"
    r"|(?<!\d)(?:19[89]|20[0-4])\d[\-._]?(?:0[1-9]|1[0-2])[\-._]?(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?:0[1-9]|[12]\d|3[01])[\-._/](?:0[1-9]|1[0-2])[\-._/](?:19[89]|20[0-4])\d(?!\d)",
    re.IGNORECASE,
)
_LONG_ID = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_SHORT_ID = re.compile(r"(?:^|[^\d])\d{2,4}(?:\.\w{2,5})?$")
_MIXED = re.compile(r"(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{6,}")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[\-_][a-z]{2,4})?")
_QUERY_ID = re.compile(
    r"(?:^|&)(?!(?:s|c|(?:cat|tag|user|author|page|section|rubr|menu|parent|session|topic)[a-z_]*)(?:id|no|nr)=)"
    r"(?:[a-z0-9_\-]*(?:id|no|nr|code|seq|idx|art|news|article|story|item|key|guid)=[\w\-]*\d|(?:p|n|a)=\d{3}|[a-z]*\d{4,}(?:&|$))",
    re.IGNORECASE,
)
_QUERY_SEARCH = re.compile(
    r"(?:^|&)(?:s|q|query|search|suche|buscar|keyword|keywords|searchterm|search_query|search_text|ara)=", re.IGNORECASE
)
_QUERY_ACTION = re.compile(
    r"(?:^|&)(?:replytocom|share|add-to-cart|add_to_cart|action|redirect_to|redirect_uri|returnurl|return_to|login|tribe-bar-date|"
    r"ical|do|sort|orderby|order|filter\w*|filter%5b)=?", re.IGNORECASE)  # fmt: skip
_PAGE_OF_LIST = re.compile(
    r"/(?:page|seite|pagina|sayfa|strona|side|p)[/\-]?\d{1,4}/?$|[?&](?:page|paged|pg|seite|pagina|offset|start)=\d+",
    re.IGNORECASE,
)


def _groups() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """The data file: refused word -> its group, words of sections, words of articles."""
    refused: dict[str, str] = {}
    plain: dict[str, set[str]] = {}
    group = ""
    for line in files("newscrawl.discover").joinpath("places.txt").read_text("utf-8").splitlines():
        line = line.strip()
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            for word in line.split():
                if group.endswith("!"):
                    refused.setdefault(word, group.rstrip(" !"))
                else:
                    plain.setdefault(group, set()).add(word)
    return refused, frozenset(plain["section page"]), frozenset(plain["article"])


_REFUSED, _SECTION_WORDS, _ARTICLE_WORDS = _groups()
#: Groups whose pages are named by what follows the word: /tag/NAME, /author/NAME.
_NAMED = frozenset({"tag page", "author page", "shop", "search", "calendar", "technical address"})


@dataclass(frozen=True, slots=True)
class _Path:
    """What the path and query of an address show. words: in the longest slug. last_words: in the last step."""

    segments: tuple[str, ...]
    ending: str
    words: int
    last_words: int
    has_date: bool
    has_id: bool
    has_short_id: bool
    ends_in_number: bool
    query: str

    @property
    def depth(self) -> int:
        return len(self.segments)


def _plain(segment: str) -> str:
    segment = segment.lower()
    if segment.isascii():
        return segment
    segment = segment.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFKD", segment) if not unicodedata.combining(c))


def _words_of(segment: str) -> int:
    words = [word for word in _WORD.findall(segment) if len(word) > 1 or not word.isascii()]
    joined = "".join(words)
    # scripts without spaces: two characters count as a word
    return len(words) if joined.isascii() else max(len(words), round(length(joined)) if len(words) <= 2 else 0)


@lru_cache(maxsize=8192)
def _path(url: str) -> _Path:
    if "?" in url:
        url = normalise(url)  # parameters that only track tell nothing
    _, mark, rest = url.partition("://")
    rest = (rest if mark else url).partition("#")[0]
    rest, _, query = rest.partition("?")
    path = rest.partition("/")[2]
    if "%" in path:
        path = unquote(path, errors="replace")
    parts = [part for part in path.split("/") if part]
    ending = ""
    if parts:
        found = _ENDING.search(parts[-1])
        if found and (found.group(1).lower() in _PAGE_ENDINGS or found.group(1).lower() in _MEDIA):
            ending = found.group(1).lower()
            parts[-1] = parts[-1][: found.start()]
            if parts[-1] in ("index", "default", ""):
                parts.pop()
    counts = [_words_of(part) for part in parts]
    slashed = "/" + "/".join(parts)
    last = parts[-1] if parts else ""
    date = _DATE.search(slashed)
    undated = slashed[: date.start()] + "/" + slashed[date.end() :] if date else slashed
    mixed = any(_MIXED.fullmatch(word) for part in parts for word in re.split(r"[\-_.,~:]", part))
    return _Path(
        segments=tuple(parts),
        ending=ending,
        words=max(counts, default=0),
        last_words=counts[-1] if counts else 0,
        has_date=date is not None,
        has_id=_LONG_ID.search(undated) is not None or mixed,
        has_short_id=bool(_SHORT_ID.search(last)) and not _YEAR.fullmatch(last[-4:]),
        ends_in_number=last.isdigit(),
        query=query,
    )


@lru_cache(maxsize=8192)
def refusal(url: str) -> str | None:
    """Why this address is surely no article's, for a person; None when it may be one (or a section: those are not refused).

    Refused: media and other files, tags, authors, search, shop, sign-in, legal and service pages, calendars, technical addresses.
    """
    if not url[:8].lower().startswith(("http://", "https://")):
        return "no web address"
    path = _path(url)
    if path.ending in _MEDIA:
        return f"a file of type {path.ending}"
    if path.query:
        if _QUERY_ACTION.search(path.query) and not _QUERY_ID.search(path.query):
            return "an action on a page, by its query"
        if _QUERY_SEARCH.search(path.query) and path.words < 3 and not path.has_id:
            return "search results, by the query"
    segments = [_plain(part) for part in path.segments]
    return _refused_place(segments, path) if segments else None


def _is_story(group: str, after: list[str], path: _Path) -> bool:
    """Does what follows the name of a refused place look like an article that is filed there?"""
    if group == "technical address":
        return False
    if any(word in _ARTICLE_WORDS for word in after[:-1]):
        return True
    if group == "shop":
        return path.has_date
    if group in ("tag page", "author page"):
        return (
            len(after) >= 2
            and (path.has_date or path.words >= (3 if group == "tag page" else 4))
            and "page" not in after
        )
    if path.has_date and group != "calendar":
        return True
    return (
        path.words >= 5 or (path.has_id and path.words >= 2) or (group == "legal or service page" and path.words >= 3)
    )


def _refused_place(segments: list[str], path: _Path) -> str | None:
    for at, segment in enumerate(segments):
        group = _REFUSED.get(segment)
        if group is None:
            if at >= 2 and at < len(segments) - 1:
                break  # a place so deep inside names a part of something else
            continue
        after = segments[at + 1 :]
        if after and _is_story(group, after, path):
            continue
        last = not after
        if last and path.has_date and at > 0:
            continue
        if last or (group in _NAMED and at <= 2) or at == 0 or (at == 1 and _LANGUAGE.fullmatch(segments[0])):
            return f"{group}, by {segment!r} in the path"
    return None


class Shapes:
    """What addresses of this site's sure articles look like, learned within one run. Kept per site; small however many are learned."""

    def __init__(self) -> None:
        self.total = 0
        self._seen: list[Counter[object]] = [Counter() for _ in range(6)]

    @staticmethod
    def _traits(url: str) -> tuple[object, ...]:
        path = _path(url)
        names = (
            tuple(sorted(field.partition("=")[0] for field in path.query.split("&")))
            if _QUERY_ID.search(path.query)
            else ()
        )
        return (path.has_date, path.has_id or path.has_short_id, path.ending, path.depth, min(path.words, 3), names)

    def learn(self, url: str) -> None:
        """Take in the address of an article that is surely one."""
        self.total += 1
        for counter, trait in zip(self._seen, self._traits(url), strict=True):
            if trait in counter or len(counter) < 64:
                counter[trait] += 1

    def likeness(self, url: str) -> float:
        """How like the learned addresses this one is: over its traits (date, number, ending, depth, length of slug, query) the mean
        share of learned ones that agree, 0..1. 0.5 when nothing was learned.
        """
        if not self.total:
            return 0.5
        shares = (counter[trait] / self.total for counter, trait in zip(self._seen, self._traits(url), strict=True))
        return sum(shares) / len(self._seen)


#: How much each sign speaks for an article, in logits; set by hand, and checked against real addresses of articles and others.
_SOURCES = {"news sitemap": 4.0, "feed": 3.0, "sitemap": 0.4, "navigation": -2.0}
_SLUG = (-1.6, -1.5, -0.4, 1.0, 1.8, 2.4, 2.7, 2.9, 3.0)


#: First labels of hosts that serve parts of pages, or sell.
_OTHER_HOSTS = _set_of(
    "img image images cdn media static assets gfx pics foto fotos photos files download ads track auth id accounts data"
)


def _is_other_host(url: str) -> bool:
    """Does the host's first label name a shop, a service, a help desk or a store of files? (img.a.example, abo.a.example)"""
    labels = url.partition("://")[2].partition("/")[0].lower().split(".")
    if len(labels) < 3:
        return False
    return labels[0] in _OTHER_HOSTS or _REFUSED.get(labels[0], "tag page") not in ("tag page", "author page")


def _by_path(path: _Path) -> float:
    if not path.segments:
        return 0.5 if _QUERY_ID.search(path.query) else -5.0
    places = [_plain(part) for part in path.segments]
    score = -0.6 + _SLUG[min(path.last_words if path.depth > 1 else path.words, 8)]
    if path.words > path.last_words and path.depth > 1:
        # a number or "artikel" may end the path after the slug
        gain = _SLUG[min(path.words, 8)] - _SLUG[min(path.last_words, 8)]
        score += gain * (0.9 if path.ends_in_number or path.has_id or places[-1] in _ARTICLE_WORDS else 0.2)
    score += 1.5 * path.has_date + 2.2 * path.has_id + 0.7 * (path.has_short_id and not path.has_id)
    score += 0.6 * (path.ending != "" and path.last_words >= 2)
    before = places[:-1]
    if any(word in _ARTICLE_WORDS for word in before):
        score += 1.2 if path.words >= 2 else 0.6
    score -= (0.4 if path.has_id else 1.0) * any(word in _SECTION_WORDS for word in before)
    score -= 1.2 * any(word in _REFUSED for word in places)
    by_query = bool(path.query) and _QUERY_ID.search(path.query) is not None
    if places[-1] in _SECTION_WORDS or places[-1] in _ARTICLE_WORDS:
        score -= 0.3 if path.has_id or by_query else 1.5
    if path.ends_in_number and before and before[-1] in _ARTICLE_WORDS:
        score += 1.5
    if path.has_date and not path.has_id and all(part.isdigit() for part in path.segments):
        score -= 4.0  # an archive's day or month
    score += 2.2 * by_query
    return score


def article_score(link: Link, known: Shapes | None = None) -> float:
    """The chance, 0..1, that `link` leads to an article: from 0.5 on more likely than not.

    Judged by the address, the length of the anchor's text or title, the road (`link.source`), a stated date of publication, and the
    likeness to what this run learned of the site. An address that `refusal` refuses has 0.
    """
    if refusal(link.url) is not None:
        return 0.0
    score = _by_path(_path(link.url))
    if _PAGE_OF_LIST.search(link.url):
        score -= 3.0
    if _is_other_host(link.url):
        score -= 4.0
    score += _SOURCES.get(link.source, 0.0)
    if link.published is not None:
        score += 1.0
    if link.headline is not None:
        said = length(link.headline)
        score += 1.2 if said >= 6 else 0.7 if said >= 4 else 0.0 if said >= 3 else -0.7
    if known is not None and known.total >= 5:
        score += 6.0 * (known.likeness(link.url) - 0.65)
    return 1 / (1 + math.exp(-score))
