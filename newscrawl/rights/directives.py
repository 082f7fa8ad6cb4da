"""The directives of X-Robots-Tag headers and <meta name="robots"> that apply to newscrawl.

Sources: search engines' documentation of the robots meta tag and X-Robots-Tag (developers.google.com/search, "Robots
meta tag"), and that of `noai` and `noimageai` by their inventors. Names are matched in any case. All statements apply,
so the most restrictive one wins. Directives that allow something ("index", "follow", "all") are dropped, and so are
those for other agents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timezone
from email.utils import parsedate_to_datetime

__all__ = ["AGENT", "NO_FOLLOW", "NO_INDEX", "meta_values", "parse_moment", "robots_directives"]

#: The name that addresses newscrawl alone.
AGENT = "newscrawl"
#: Names that address newscrawl, alone or among all agents.
_EVERYONE = frozenset({AGENT, "robots", "*"})
NO_INDEX, NO_FOLLOW = frozenset({"noindex", "none"}), frozenset({"nofollow", "none"})
_UNTIL = "unavailable_after"
_VALUED = frozenset({_UNTIL, "max-snippet", "max-image-preview", "max-video-preview"})
_ALLOWING = frozenset({"all", "index", "follow", "archive", "snippet", "index,follow"})
_NAMED = re.compile(r"([\w.*/-]+)\s*:\s*(.*)", re.DOTALL)
_WORD = re.compile(r"[a-z][a-z_-]{1,30}")
_MAX_TEXT, _MAX_DIRECTIVES = 8_000, 50
_DATES = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")

#: White space, and quotes left around a value: by a word processor that made an attribute's quotes typographic, or by a
#: server's configuration.
_AROUND = " \t\r\n\"'\u2018\u2019\u201c\u201d\u201e\u2033"
_BETWEEN = re.compile(f"[;{_AROUND}]+")


def robots_directives(meta: Mapping[str, Sequence[str]], header: str | None) -> tuple[tuple[str, ...], datetime | None]:
    """The directives in order, without duplicates, and the earliest `unavailable_after`.

    meta: lower-case name -> contents.
    header: X-Robots-Tag. Several headers must be joined by line feeds, because an agent's name applies to the rest of
        its line.
    """
    found: dict[str, None] = {}
    for text in (*(header or "")[:_MAX_TEXT].split("\n"), *meta.get("robots", ()), *meta.get(AGENT, ())):
        found.update(dict.fromkeys(_directives(text[:_MAX_TEXT])))
    directives = tuple(found)[:_MAX_DIRECTIVES]
    moments = [parse_moment(one.partition(":")[2]) for one in directives if one.startswith(_UNTIL)]
    return directives, min((moment for moment in moments if moment is not None), default=None)


def meta_values(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, list[str]]:
    """The `meta` argument of `robots_directives`, from (name, content) pairs of <meta> elements."""
    found: dict[str, list[str]] = {}
    for name, content in pairs:
        if name and content and (key := name.strip(_AROUND).lower()) in ("robots", AGENT):
            found.setdefault(key, []).append(content)
    return found


def _directives(text: str) -> Iterator[str]:
    mine = True
    for part in _parts(text):
        named = _NAMED.fullmatch(part)
        # an agent's name: "newscrawl: noindex", "otherbot: unavailable_after: ..."
        while named is not None and named[1].lower() not in _VALUED:
            mine = named[1].lower().partition("/")[0] in _EVERYONE
            part = named[2].strip()
            named = _NAMED.fullmatch(part)
        if not mine:
            continue
        if named is not None:
            value = " ".join(named[2].split())
            yield f"{named[1].lower()}:{value if named[1].lower() == _UNTIL else value.lower()}"
            continue
        for word in _BETWEEN.sub(" ", part.lower()).split():
            if _WORD.fullmatch(word) and word not in _ALLOWING:
                yield word


def _parts(text: str) -> list[str]:
    """Split at commas, except within the date of an `unavailable_after`."""
    parts: list[str] = []
    for part in text.split(","):
        part = part.strip(_AROUND)
        if parts and part[:1].isdigit() and _UNTIL in parts[-1].lower():
            parts[-1] += ", " + part
        elif part:
            parts.append(part)
    return parts


def parse_moment(text: str) -> datetime | None:
    """Parse a date in the format of RFC 822, RFC 850 or ISO 8601; None for anything else.

    The result is timezone-aware: UTC if no offset is stated, and the end of the day if no time is.
    """
    text = " ".join(text.split())
    try:
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    for form in _DATES:
        try:
            return datetime.combine(datetime.strptime(text, form), time.max, timezone.utc).replace(microsecond=0)
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(text[:-1] + "+00:00" if text[-1:] in "Zz" else text)
    except ValueError:
        return None
    if len(text) <= 10:
        moment = datetime.combine(moment, time.max).replace(microsecond=0)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
