"""When the article was published and last modified: the first statement that can be read, completed by the others.

Never a date in the future. What may state one is found in `date_sources`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone

from newscrawl.candidates import Candidate
from newscrawl.read.date_parsing import StatedDate, completed, parse_date
from newscrawl.read.date_sources import (
    Stated,
    hints_at_published,
    shows_modified,
    states_modified,
    states_published,
)
from newscrawl.read.layout import Layout
from newscrawl.read.structured import Node, Structured
from newscrawl.urls import split

#: Why a date was taken.
_FIRST = "the first of these that gives a date"
_HINT = "nothing states the date, and this is the first hint at it"
_NO_OTHER = "the page gives no date but that of its modification"


def read_dates(
    found: Structured,
    article: Node,
    layout: Layout,
    headline: int | None,
    url: str,
    language: str | None,
    now: datetime | None,
) -> tuple[StatedDate | None, StatedDate | None]:
    """The dates of publication and of modification.

    headline: index of the block that shows the headline, if any.
    now: when the page was fetched; later dates are ignored, and relative dates are resolved against it.
    """
    limit = (now or datetime.now(timezone.utc)) + timedelta(days=1)
    region = _region(url)

    def read(stated: Stated) -> StatedDate | None:
        source, raw = stated
        moment = parse_date(raw, language, now, region)
        is_usable = moment is not None and moment.year >= 1990 and moment <= limit
        return StatedDate(moment, raw.strip(), source, _FIRST) if moment is not None and is_usable else None

    def first(values: Iterable[Stated]) -> StatedDate | None:
        return next((date for one in values if (date := read(one)) is not None), None)

    modified = first(states_modified(found, article))
    sources = states_published(found, article, layout, headline)
    published = first(sources)
    if published is not None:
        published = completed(published, sources, read)
    elif (hint := first(hints_at_published(found, article, layout, headline, url))) is not None:
        published = hint._replace(why=_HINT)
    elif modified is not None:
        published = modified._replace(why=_NO_OTHER)
    if modified is None:
        modified = first(shows_modified(layout, headline))
        if published is None and modified is not None:
            published = modified._replace(why=_NO_OTHER)
    if published and modified and modified[0] < published[0] and modified[0].date() != published[0].date():
        modified = None
    return published, modified


def _region(url: str) -> str | None:
    """The country of a URL's host, by its last label."""
    last = (split(url).hostname or "").rpartition(".")[2]
    return last if len(last) == 2 else None


def date_candidates(
    found: Structured,
    article: Node,
    layout: Layout,
    headline: int | None,
    url: str,
    chosen: tuple[StatedDate | None, StatedDate | None],
) -> Iterator[Candidate]:
    """All that may say when the article was published and modified. chosen: what `read_dates` made of it."""
    published, modified = chosen
    stated = states_published(found, article, layout, headline)
    hints = hints_at_published(found, article, layout, headline, url)
    yield from _listed("date published", stated, hints, published)
    yield from _listed("date modified", states_modified(found, article), shows_modified(layout, headline), modified)


def _listed(
    field: str, stated: Iterable[Stated], hints: Iterable[Stated], chosen: StatedDate | None
) -> Iterator[Candidate]:
    """The candidates of a field. hints: are read where nothing is stated; the same again is not listed."""
    taken = (chosen.source, chosen.raw) if chosen is not None else ("", "")
    listed = {(source, raw.strip()): None for source, raw in stated if raw.strip()}
    known = {"", *(raw for _, raw in listed)}
    listed |= {(source, raw.strip()): None for source, raw in hints if raw.strip() not in known}
    if chosen is not None:
        listed.setdefault(taken)
    for source, raw in listed:
        yield Candidate(field, raw, source, chosen.why if chosen is not None and (source, raw) == taken else "")
