"""Which articles a person wants: by address, date, language and words. Decides; fetches and reads nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from newscrawl.article import Article
from newscrawl.keys import url_key
from newscrawl.sites.values import language_of, read_languages, read_patterns, read_since, read_until, read_words
from newscrawl.text import UNSTATED, fold

#: The earliest moment that a time without an offset can mean is this much before the same time in UTC.
_EASTMOST = timedelta(hours=14)
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted; where a field is empty, anything is.

    include, exclude: searched for in the URL; one of `include` must be found, and none of `exclude`. since, until:
    when it was published, aware. languages: pairs like ("pt", "br"), or ("en", "") for any region. match: searched for
    in the folded headline and body; one must be found.
    """

    include: Patterns = ()
    exclude: Patterns = ()
    since: datetime | None = None
    until: datetime | None = None
    languages: frozenset[tuple[str, str]] = frozenset()
    match: Patterns = ()

    @property
    def key(self) -> int:
        """A number, other for other wishes that only a fetched page can tell: languages and words."""
        patterns = sorted(pattern.pattern for pattern in self.match)
        return url_key("\n".join([*map("-".join, sorted(self.languages)), "", *patterns])) >> 2

    def refuses_url(self, url: str) -> str | None:
        """Why an article of this URL is not wanted; None if it may be."""
        if self.include and not any(pattern.search(url) for pattern in self.include):
            return "no pattern of `include` is in its URL"
        hit = next((pattern.pattern for pattern in self.exclude if pattern.search(url)), None)
        return f"its URL has {hit!r}, which `exclude` names" if hit is not None else None

    def is_too_new(self, published: datetime | None) -> bool:
        """Was it certainly published after `until`?"""
        return published is not None and self.until is not None and _earliest(published) > self.until

    def refuses_language(self, tag: str | None) -> bool:
        """Is it in a language that is not wanted? tag: a BCP 47 tag; an unknown language may be wanted."""
        if not self.languages or not tag:
            return False
        language, region = language_of(tag)
        return not any(language == own and (not place or region in ("", place)) for own, place in self.languages)

    def has_no_match(self, article: Article) -> bool:
        """Are words wanted, and none of them in headline and body?"""
        if not self.match:
            return False
        text = fold(f"{article.headline or ''}\n{article.article_body}")
        return not any(pattern.search(text) for pattern in self.match)


def _earliest(moment: datetime) -> datetime:
    """The earliest moment, in UTC, that a stated date can mean."""
    if moment.tzinfo is not UNSTATED:
        return moment.astimezone(timezone.utc)
    try:
        return moment.replace(tzinfo=timezone.utc) - _EASTMOST
    except OverflowError:
        return datetime.min.replace(tzinfo=timezone.utc)


#: Arguments that `Wanted` is made of.
WANTED = ("since", "until", "languages", "match", "include", "exclude")


def read_wanted(given: Mapping[str, Any], now: datetime, before: Wanted | None = None) -> Wanted:
    """What is wanted, by name; `before` holds for what is not given. Raises one ValueError that names all faults."""
    readers: dict[str, Callable[[Any], Any]] = {
        "since": lambda value: read_since(value, now),
        "until": lambda value: read_until(value, now),
        "languages": read_languages,
        "match": read_words,
        "include": lambda value: read_patterns("include", value),
        "exclude": lambda value: read_patterns("exclude", value),
    }
    read: dict[str, Any] = {}
    faults = []
    for name, reader in readers.items():
        if given.get(name) is not None:
            try:
                read[name] = reader(given[name])
            except ValueError as error:
                faults.append(str(error))
    wanted = replace(before or Wanted(), **read)
    if not faults and wanted.since and wanted.until and wanted.since > wanted.until:
        faults.append("until is before since: nothing can be between them")
    if faults:
        raise ValueError("; ".join(faults))
    return wanted
