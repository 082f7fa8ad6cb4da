"""Why: what became of one URL in earlier runs, from an audit file or a memory, in words for a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from newscrawl.discover.address import normalise, same_article_key
from newscrawl.keys import url_key
from newscrawl.memory import Memory, State
from newscrawl.outcomes import REASONS

#: Source -> what it is called in a sentence; others are called by their own name.
_SOURCES = {
    "seed": "it is a start URL",
    "urls": "a person asked for it",
    "memory": "an earlier run recorded it",
    "usual place": "it is a usual place for a feed or sitemap",
}


def why_in_audit(url: str, lines: Iterable[str]) -> list[str]:
    """What an audit file says of a URL; [] if it says nothing. Raises ValueError for a file that is no audit."""
    wanted = same_article_key(normalise(url))
    entries: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            named = entry["again"] if "again" in entry else entry["url"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} is not of an audit: {error}") from error
        if same_article_key(named) == wanted:
            (again if "again" in entry else entries).append(entry)
    found: list[str] = []
    for entry in entries:
        found.append(entry["url"])
        others = [one for one in again if one["again"] == entry["url"]]
        found += [f"  {_named(one['source'], one['foundOn'], one['when'])}" for one in [*entry["sources"], *others]]
        found.append(f"  {_became(entry['reason'], entry['status'], entry['detail'], entry['at'])}")
    return found


def why_in_memory(url: str, memory: Memory) -> list[str]:
    """What a memory says of a URL; [] if it says nothing."""
    url = normalise(url)
    found: list[str] = []
    for key in dict.fromkeys((url_key(same_article_key(url)), url_key(url))):
        last = memory.last_outcome(key)
        if last is not None:
            found.append(f"  {_named(last.source, last.found_on)}")
            found.append(f"  {_became(last.reason, last.status, last.detail, _time(last.moment))}")
        found += [f"  {text}" for text in _state(memory, key)]
    return [url, *found] if found else []


def _named(source: str, found_on: str, when: str = "") -> str:
    text = _SOURCES.get(source) or (f"named by the {source}" if source else "discovered")
    return text + (f": {found_on}" if found_on else "") + (f", {_short(when)}" if when else "")


def _became(reason: str, status: int | None, detail: str, when: str) -> str:
    known = REASONS.get(reason)
    said = f"{known.outcome.value}: {reason}, {known.meaning}" if known is not None else reason
    more = [f"status {status}"] if status is not None and f"status {status}" not in detail else []
    more += [detail] if detail else []
    return said + (f" ({'; '.join(more)})" if more else "") + f", {_short(when)}"


def _state(memory: Memory, key: int) -> Iterator[str]:
    """What is planned for a URL, and what is kept of it."""
    article, waiting = memory.article(key), memory.wait(key)
    if article is not None:
        times = f"{article.visits} time{'' if article.visits == 1 else 's'}"
        yield f"first recorded {_time(article.first)}; visited again {times}; version {article.number} is the newest"
        yield "it is gone from the site" if article.removed else f"next visit from {_time(article.due)} on"
    if waiting is not None:
        tried = f", tried {waiting.attempts} time{'' if waiting.attempts == 1 else 's'}" if waiting.attempts else ""
        from_then = f", not before {_time(waiting.not_before)}" if waiting.not_before else ""
        yield f"it waits to be visited{tried}{from_then}"
    if article is None and waiting is None and (known := memory.known(key)) is not None:
        name = "UNDATED" if known[0] is State.OLD and not known[1] else known[0].name
        yield f"known to the memory as {name.lower()}: {_MEANINGS[name]}"


_MEANINGS: Mapping[str, str] = {
    "RECORDED": "it was recorded, and is not visited again",
    "REFUSED": "it is no article, or not a wanted one; it is not fetched again",
    "OLD": "it is older than a run asked for; a run that asks for older ones fetches it",
    "UNDATED": "it has no date, and a run asked for what is dated; a run without `since` fetches it",
    "GONE": "it failed again and again, or is gone; it is not fetched again",
    "TWIN": "a recorded article names it as its canonical URL",
    "UNWANTED": "its language or words were not wanted; a run that wants others fetches it",
}


def _time(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, timezone.utc):%Y-%m-%d %H:%M:%S} UTC"


def _short(when: Any) -> str:
    """A time as a person reads it: to the second, in UTC."""
    try:
        return f"{datetime.fromisoformat(str(when)):%Y-%m-%d %H:%M:%S} UTC"
    except ValueError:
        return str(when)
