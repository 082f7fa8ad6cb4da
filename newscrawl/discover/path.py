"""What the path and query of a URL show: its steps, words, dates and numbers. Makes no judgement."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from newscrawl.discover.address import normalise
from newscrawl.discover.wordlists import sections_of
from newscrawl.text import length

__all__ = ["MEDIA", "QUERY_ID", "UrlPath", "path_of", "plain_segment"]

_ENDINGS = sections_of("endings.txt")
#: Endings of files that are never an article's page.
MEDIA = frozenset(_ENDINGS["media"])
_KNOWN_ENDINGS = MEDIA.union(_ENDINGS["page"])
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,11})$")
_INDEX = re.compile(r"(?:index|default)\.(?:php\d?|aspx?|jsp|cfm)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_DATE = re.compile(
    r"/(?:19[89]|20[0-4])\d[/\-._]?(?:0?[1-9]|1[0-2]|[a-z]{3,9})(?:[/\-._]?(?:0?[1-9]|[12]\d|3[01]))?(?=[/\-._T]|$)"
    r"|(?<!\d)(?:19[89]|20[0-4])\d[\-._]?(?:0[1-9]|1[0-2])[\-._]?(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?:0[1-9]|[12]\d|3[01])[\-._/](?:0[1-9]|1[0-2])[\-._/](?:19[89]|20[0-4])\d(?!\d)",
    re.IGNORECASE,
)
_LONG_ID = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_SHORT_ID = re.compile(r"(?:^|[^\d])\d{2,4}(?:\.\w{2,5})?$")
#: An identifier of letters and digits.
_MIXED = re.compile(r"(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{6,}")
#: A query parameter that identifies one thing, but not a category, user, page of a list and the like.
QUERY_ID = re.compile(
    r"(?:^|&)(?!(?:s|c|(?:cat|tag|user|author|page|section|rubr|menu|parent|session|topic)[a-z_]*)(?:id|no|nr)=)"
    r"(?:[a-z0-9_\-]*(?:id|no|nr|code|seq|idx|art|news|article|story|item|key|guid)=[\w\-]*\d"
    r"|(?:p|n|a)=\d{3}|[a-z]*\d{4,}(?:&|$)|\d{1,9}$)",
    re.IGNORECASE,
)
#: A path in the query: "?/news/slug", "?q=node/1".
_QUERY_PATH = re.compile(
    r"(?:(?:q|r|route|path|go|pagename|view)=)?(/?[^/&=?:]{1,300}(?:/[^/&=?:]{1,300})+/?|/[^/&=?:]{1,300})(?:&|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UrlPath:
    """What the path and query of a URL show.

    segments: the path's steps, unescaped, without the ending and a leading index.php; also of a path in the query.
    ending: "html", "jpg" ..., "" if none is known. words: in the segment with most of them. last_words: in the last
    segment. has_id: a long number, or letters and digits mixed, beside the date. has_short_id: two to four digits at
    the end. ends_in_number: the last segment is a number. query: without parameters that only track.
    """

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
        """How many segments there are."""
        return len(self.segments)


def plain_segment(segment: str) -> str:
    """A segment in lower case without accents, as the words in places.txt are written."""
    segment = segment.lower()
    if segment.isascii():
        return segment
    segment = segment.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFKD", segment) if not unicodedata.combining(c))


def _words_of(segment: str) -> int:
    words = [word for word in _WORD.findall(segment) if len(word) > 1 or not word.isascii()]
    joined = "".join(words)
    # in scripts without spaces, two characters count as a word
    return len(words) if joined.isascii() else max(len(words), round(length(joined)) if len(words) <= 2 else 0)


@lru_cache(maxsize=8192)
def path_of(url: str) -> UrlPath:
    """Read the path and query of a URL."""
    if "?" in url:
        url = normalise(url)  # drops parameters that only track
    _, mark, rest = url.partition("://")
    rest = (rest if mark else url).partition("#")[0]
    rest, _, query = rest.partition("?")
    path = rest.partition("/")[2]
    if "/" in query and (within := _QUERY_PATH.match(query)):
        path, query = f"{path}/{within[1]}", query[within.end() :]
    if "%" in path:
        path = unquote(path, errors="replace")
    parts = [part for part in path.split("/") if part]
    if len(parts) > 1 and _INDEX.fullmatch(parts[0]):
        del parts[0]
    ending = ""
    if parts:
        found = _ENDING.search(parts[-1])
        if found and found.group(1).lower() in _KNOWN_ENDINGS:
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
    return UrlPath(
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
