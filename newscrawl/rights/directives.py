"""X-Robots-Tag headers and <meta name="robots"> -> the directives that hold for newscrawl.

Sources: the robots meta tag and X-Robots-Tag as search engines document them (developers.google.com/search, "Robots meta tag"), and `noai`,
`noimageai` as their inventors do. Names in any case; of several statements all hold, so the most restrictive wins. What allows
("index", "follow", "all") is left out, and so is what names another agent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timezone
from email.utils import parsedate_to_datetime

__all__ = ["AGENT", "NO_FOLLOW", "NO_INDEX", "meta_values", "parse_moment", "robots_directives"]

#: The name by which a page may speak to newscrawl alone, and those that mean every agent.
AGENT = "newscrawl"
_EVERYONE = frozenset({AGENT, "robots", "*"})
NO_INDEX, NO_FOLLOW = frozenset({"noindex", "none"}), frozenset({"nofollow", "none"})
_UNTIL = "unavailable_after"
_VALUED = frozenset({_UNTIL, "max-snippet", "max-image-preview", "max-video-preview"})
_ALLOWING = frozenset({"all", "index", "follow", "archive", "snippet", "index,follow"})
_NAMED = re.compile(r"([\w.*/-]+)\s*:\s*(.*)", re.DOTALL)
_WORD = re.compile(r"[a-z][a-z_-]{1,30}")
_MAX_TEXT, _MAX_DIRECTIVES = 8_000, 50
_DATES = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")


#: Quotes that a text program has made of an attribute's, or that a server's settings have left around the value, and blanks.
_AROUND = " \t\r\n\"'\u2018\u2019\u201c\u201d\u201e\u2033"
_BETWEEN = re.compile(f"[;{_AROUND}]+")


def robots_directives(meta: Mapping[str, Sequence[str]], header: str | None) -> tuple[tuple[str, ...], datetime | None]:
    """The directives in their order, each once, and the earliest `unavailable_after`.

    meta: lower-case name -> contents. header: X-Robots-Tag; where there were several, a line each (in one line parted by commas an agent's name
    holds for all that follows it).
    """
    found: dict[str, None] = {}
    for text in (*(header or "")[:_MAX_TEXT].split("\n"), *meta.get("robots", ()), *meta.get(AGENT, ())):
        found.update(dict.fromkeys(_directives(text[:_MAX_TEXT])))
    directives = tuple(found)[:_MAX_DIRECTIVES]
    moments = [parse_moment(one.partition(":")[2]) for one in directives if one.startswith(_UNTIL)]
    return directives, min((moment for moment in moments if moment is not None), default=None)


def meta_values(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, list[str]]:
    """Names and contents of <meta> elements as `robots_directives` wants them: only those that it looks at."""
    found: dict[str, list[str]] = {}
    for name, content in pairs:
        if name and content and (key := name.strip(_AROUND).lower()) in ("robots", AGENT):
            found.setdefault(key, []).append(content)
    return found


def _directives(text: str) -> Iterator[str]:
    mine = True
    for part in _parts(text):
        named = _NAMED.fullmatch(part)
        while (
            named is not None and named[1].lower() not in _VALUED
        ):  # "newscrawl: noindex", "otherbot: unavailable_after: ..."
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
    """The text at its commas, but for those within the date of an `unavailable_after`."""
    parts: list[str] = []
    for part in text.split(","):
        part = part.strip(_AROUND)
        if parts and part[:1].isdigit() and _UNTIL in parts[-1].lower():
            parts[-1] += ", " + part
        elif part:
            parts.append(part)
    return parts


def parse_moment(text: str) -> datetime | None:
    """A date of RFC 822, RFC 850 or ISO 8601, aware: UTC where none is stated, the end of the day where no time is. None for anything else."""
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
