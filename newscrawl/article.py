"""The nouns: what was fetched, what was read of it, and what was taken away.

All are frozen: a step that changes an article returns a new one (`dataclasses.replace`). Nothing here
knows how a page was fetched (see `newscrawl.crawl`) or how a record spells these names
(see `newscrawl.record`). Missing is None or an empty tuple, never "" and never a word like "NULL".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import overload


class Kind(Enum):
    """What sort of block a run of text is, by the element that holds it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE = "table"
    PREFORMATTED = "preformatted"
    EMBED = "embed"

    __hash__ = object.__hash__  # Enum's own is a call in Python, and kinds are looked up for every block of a page


#: Kinds whose text belongs to `Article.article_body`.
BODY_KINDS = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.TABLE, Kind.PREFORMATTED})


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched, and nothing about how.

    url: the address that answered. html: the bytes as served, or text already decoded.
    fetched_at: aware; relative dates ("3 hours ago") are counted from it. headers: names in any case.
    """

    url: str
    html: bytes | str
    fetched_at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a block's path from <body>: an HTML element without its content."""

    tag: str
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> str:
        """Tag, id, classes and role as one lower-case line, for `Block.inside`."""
        role = self.attributes.get("role") or ""
        return " ".join((self.tag, self.id, *self.classes, role)).lower()


class Path(Sequence[Element]):
    """Steps from <body> (left out) down to the element that holds a block's text.

    Made of its steps, or of a function that gives them when somebody first asks: most blocks of a page are never asked.
    Equal to another path, or a tuple, of the same steps.
    """

    __slots__ = ("_make", "_names", "_steps")

    def __init__(self, steps: Sequence[Element] = (), make: Callable[[], tuple[Element, ...]] | None = None) -> None:
        self._steps: tuple[Element, ...] | None = tuple(steps) if make is None else None
        self._make = make
        self._names: str | None = None

    @property
    def steps(self) -> tuple[Element, ...]:
        """The steps as a tuple."""
        if self._steps is None:
            assert self._make is not None
            self._steps, self._make = self._make(), None
        return self._steps

    @property
    def names(self) -> str:
        """`Element.names` of every step, parted by " / "."""
        if self._names is None:
            self._names = " / ".join(element.names for element in self.steps)
        return self._names

    @overload
    def __getitem__(self, index: int) -> Element: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Element, ...]: ...
    def __getitem__(self, index: int | slice) -> Element | tuple[Element, ...]:
        return self.steps[index]

    def __len__(self) -> int:
        return len(self.steps)

    def __eq__(self, other: object) -> bool:
        return self.steps == (other.steps if isinstance(other, Path) else other)

    def __hash__(self) -> int:
        return hash(self.names)

    def __repr__(self) -> str:
        return f"Path({list(self.steps)!r})"


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block-level borders of the page: a paragraph, a heading, a list item ...

    index: place on the page, from 0. text: inline text, spaces folded; a table's rows are lines, its cells
    parted by " | ". path: from <body> (left out) down to the element that holds the text.
    words_in_links: how many of `word_count` words stand inside <a>. level: 1-6 for headings, else 0. score: the chance in 0..1 that the block belongs to the story
    (None when nothing judged it).
    """

    index: int
    kind: Kind
    text: str
    path: Path = Path()
    words_in_links: int = 0
    level: int = 0
    score: float | None = None

    @property
    def word_count(self) -> int:
        """Words parted by white space."""
        return len(self.text.split())

    @property
    def link_density(self) -> float:
        """Share of the words that stand in links, 0..1."""
        return self.words_in_links / (self.word_count or 1)

    def inside(self, pattern: str) -> bool:
        """Does `pattern` (a regular expression, lower case) match the tag, id, classes or role of any step of the path?

        The steps are one line, parted by " / "."""
        return _compiled(pattern).search(self.path.names) is not None


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes, and why.

    block: the block that goes. span: (start, end) in `block.text` when only that part goes, else None.
    reason: for a person. rule: the name of the rule; the engine stamps it.
    """

    block: Block
    reason: str
    span: tuple[int, int] | None = None
    rule: str = ""


class Removals(Sequence[Removal]):
    """Removals in their order; the first of them are made when somebody asks, because most are of blocks that nobody ever asks for.

    made: those that are made already. make: gives the ones before them. Equal to another one, or a tuple, of the same removals.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, made: Iterable[Removal] = (), make: Callable[[], Iterable[Removal]] | None = None) -> None:
        self._made, self._make = tuple(made), make

    def _all(self) -> tuple[Removal, ...]:
        if self._make is not None:
            self._made, self._make = (*self._make(), *self._made), None
        return self._made

    def __add__(self, more: Iterable[Removal]) -> Removals:
        return Removals((*self._made, *more), self._make)

    @overload
    def __getitem__(self, index: int) -> Removal: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Removal, ...]: ...
    def __getitem__(self, index: int | slice) -> Removal | tuple[Removal, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Removal]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Removals) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return f"Removals({self._all()!r})"


@dataclass(frozen=True, slots=True)
class Person:
    """An author: a person, or an agency that signs as one."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """Who publishes."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the story. width, height: pixels as the page states them."""

    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """One step of the way from the site's front page to this one."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An address that some road of a site named.

    source: the road: "feed", "sitemap", "news sitemap", "front page", "section page", "seed" ...
    found_on: the address of the document that named it. published, modified: aware, as the road states them.
    headline: the road's title or the anchor's text. language: as a news sitemap states it.
    """

    url: str
    published: datetime | None = None
    headline: str | None = None
    source: str = ""
    found_on: str = ""
    modified: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article is a new version of.

    number: of this version; the first record of an article is 1 and has no revision. previous_hash: contentHash of the version before.
    changed_fields: names of the record's fields. kind: "typo", "headline", "body", "update", "correction", "metadata", "removed" or "reinstated".
    of: the url of the record before.
    """

    number: int
    previous_hash: str | None
    changed_fields: tuple[str, ...]
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class UsageStatement:
    """What is wished of a page's use, by category: a Content-Usage (IETF aipref) or Content-Signal line.

    source: "header" or "robots.txt". raw: as written. preferences: (category as written, allowed?); empty where the line cannot be read.
    """

    source: str
    raw: str
    preferences: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class RslLicense:
    """A licence in RSL 1.0, named or written out. source: "robots.txt", "header", "link", "script" or "feed".

    url: of the licence file, which is not fetched; None for one that is written out. permits, prohibits: its usage tokens
    ("ai-train", "search", "all" ...). payment: its type ("free", "purchase" ...), None where none is stated.
    """

    source: str
    url: str | None = None
    permits: tuple[str, ...] = ()
    prohibits: tuple[str, ...] = ()
    payment: str | None = None


@dataclass(frozen=True, slots=True)
class License:
    """A licence that a page names. source: "json-ld", "microdata", "meta", "link", "a" or "header". name: its SPDX name where it is known
    ("CC-BY-4.0"), else the text that stands there in the place of an address."""

    source: str
    url: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What the publisher of a page reserves and states of its use, as it was observed. What follows from it: `newscrawl.rights.reserved`.

    observed_at: aware. robots: directives of X-Robots-Tag and meta robots that hold for newscrawl, lower case ("noindex", "max-snippet:50").
    unavailable_after: the earliest, aware. tdm_reserved, tdm_policy, tdm_source: W3C TDMRep; source "meta", "header" or "tdmrep.json".
    """

    observed_at: datetime | None = None
    robots: tuple[str, ...] = ()
    unavailable_after: datetime | None = None
    tdm_reserved: bool | None = None
    tdm_policy: str | None = None
    tdm_source: str | None = None
    content_usage: tuple[UsageStatement, ...] = ()
    content_signal: tuple[UsageStatement, ...] = ()
    rsl: tuple[RslLicense, ...] = ()
    licenses: tuple[License, ...] = ()
    copyright_holder: str | None = None
    copyright_year: int | None = None
    copyright_notice: str | None = None
    usage_info: str | None = None
    acquire_license_page: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read from one page.

    Dates are aware. A page that states no offset gives `newscrawl.text.UNSTATED` as tzinfo, which counts as
    UTC and is never written out as an offset; `date_published_raw` keeps what the page said.
    blocks: after `read`, the blocks judged to be the story (and the images' captions); after `strip`, what
    is left of them. is_partial: the page shows only a part of the text (a paywalled stub). is_cut: the page is larger than what is read
    of one (`newscrawl.read.bounds`, `newscrawl.read.walk`), or breaks off, and something may be missing. is_rendered: a browser has run the
    page's scripts. rights: None where nobody has looked. removals: everything else on the page that had text, each with its reason.
    """

    url: str
    canonical_url: str | None = None
    headline: str | None = None
    alternative_headline: str | None = None
    description: str | None = None
    authors: tuple[Person, ...] = ()
    publisher: Organization | None = None
    date_published: datetime | None = None
    date_published_raw: str | None = None
    date_modified: datetime | None = None
    date_modified_raw: str | None = None
    in_language: str | None = None
    article_section: str | None = None
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    keywords: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    videos: tuple[str, ...] = ()
    audios: tuple[str, ...] = ()
    article_type: str | None = None
    is_accessible_for_free: bool | None = None
    is_partial: bool = False
    is_cut: bool = False
    is_rendered: bool = False
    found_by: Link | None = None
    fetched_at: datetime | None = None
    requested_url: str | None = None
    probability: float | None = None
    revision: Revision | None = None
    correction: str | None = None
    rights: Rights | None = None
    blocks: tuple[Block, ...] = ()
    removals: Sequence[Removal] = ()

    @property
    def article_body(self) -> str:
        """The story's text: headings, paragraphs, list items, quotes and tables, parted by a blank line; "" if none."""
        return "\n\n".join(block.text for block in self.blocks if block.kind in BODY_KINDS)

    @property
    def word_count(self) -> int:
        """Words of the body parted by white space."""
        return len(self.article_body.split())
