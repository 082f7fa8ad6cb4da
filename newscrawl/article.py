"""The data model: the fetched page, the article read from it, and where it was found.

All classes are frozen: a step that changes an article returns a new one (`dataclasses.replace`). Only
`Article.extras` can be changed in place, for pipelines that set fields of items as Scrapy's do. A missing value is None
or an empty tuple, never "" and never a word like "NULL". How pages are fetched is up to `newscrawl.crawl`; how a record
spells these fields is up to `newscrawl.record`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newscrawl.block import BODY_KINDS, Block, Element, Kind, LeftOut, Path, Removal, Removals
from newscrawl.candidates import Candidate
from newscrawl.text import length

__all__ = [
    "BODY_KINDS",
    "Article",
    "Block",
    "Breadcrumb",
    "Candidate",
    "Element",
    "Image",
    "Kind",
    "LeftOut",
    "License",
    "Link",
    "Organization",
    "Page",
    "Path",
    "Person",
    "Removal",
    "Removals",
    "Revision",
    "Rights",
    "RslLicense",
    "UsageStatement",
]


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page.

    url: the URL that answered, after redirects.
    html: the bytes as served, or decoded text.
    fetched_at: timezone-aware; relative dates ("3 hours ago") are resolved against it.
    headers: response headers, names in any case.
    """

    url: str
    html: bytes | str
    fetched_at: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """An author: a person, or a news agency named in place of one."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """The publisher."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the story. width, height: pixels, as the page states them."""

    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """One step of the breadcrumb trail from the site's front page to this page."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that a source of a site named.

    source: "feed", "sitemap", "news sitemap", "front page", "section page", "seed" ...
    found_on: URL of the document that named it.
    published, modified: timezone-aware, as the source states them.
    headline: the title that the source gives, or the anchor text.
    language: as a news sitemap states it.
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
    """How an article differs from the version recorded before.

    number: of this version. The first record of an article is number 1 and has no `Revision`.
    previous_hash: contentHash of the previous version.
    changed_fields: names of record fields.
    kind: "typo", "headline", "body", "update", "correction", "metadata", "removed" or "reinstated".
    of: `url` of the previous record.
    """

    number: int
    previous_hash: str | None
    changed_fields: tuple[str, ...]
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class UsageStatement:
    """A Content-Usage (IETF aipref) or Content-Signal line: how the publisher wants a page to be used, by category.

    source: "header" or "robots.txt".
    raw: the line as written.
    preferences: (category as written, allowed?) pairs; empty if the line cannot be parsed.
    """

    source: str
    raw: str
    preferences: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class RslLicense:
    """An RSL 1.0 licence, linked or inline.

    source: "robots.txt", "header", "link", "script" or "feed".
    url: of the licence file, which is not fetched; None for an inline licence.
    permits, prohibits: its usage tokens ("ai-train", "search", "all" ...).
    payment: its payment type ("free", "purchase" ...); None if it states none.
    """

    source: str
    url: str | None = None
    permits: tuple[str, ...] = ()
    prohibits: tuple[str, ...] = ()
    payment: str | None = None


@dataclass(frozen=True, slots=True)
class License:
    """A licence that a page names.

    source: "json-ld", "microdata", "meta", "link", "a" or "header".
    name: the SPDX identifier if it is known ("CC-BY-4.0"); otherwise the page's text, if it gives one instead of a URL.
    """

    source: str
    url: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What a publisher states and reserves about the use of a page, as observed.

    Which purposes that reserves is decided by `newscrawl.rights.reserved`.

    observed_at: timezone-aware.
    robots: lower-case directives of X-Robots-Tag and meta robots that apply to newscrawl ("noindex", "max-snippet:50").
    unavailable_after: the earliest such date, timezone-aware.
    tdm_reserved, tdm_policy, tdm_source: W3C TDMRep; the source is "meta", "header" or "tdmrep.json".
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


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """A news article as read from one page.

    Dates are timezone-aware. If the page states no offset, tzinfo is `newscrawl.text.UNSTATED`, which counts as UTC and
    is never written out as an offset; `date_published_raw` and `date_modified_raw` keep the page's own words.

    blocks: after `read`, the blocks judged to be the story, plus image captions; after `strip`, what is left of them.
    removals: every other block of the page, and every part removed from a block, each with its reason.
    candidates: all that the page gives for headline, authors, dates, publisher, section, language, description and free
        access, and why one of them was taken; read from the page's HTML when somebody looks at them. No part of the
        comparison of two articles.
    is_syndicated: the page is a copy of an article of another site, which `canonical_url` names.
    is_partial: the page shows only part of the text (a paywall stub).
    is_cut: part of the page may be missing: it is truncated, or exceeds a limit (`newscrawl.read.bounds`, `.walk`).
    is_rendered: a browser has run the page's scripts.
    has_scripts: the page has scripts that could add to it.
    site: the site's name as the person who crawls it wrote it; None outside a crawl.
    probability: that the page is an article, 0..1; None if it was not judged.
    page_type: what else the page says it shows: "product", "event", "video" ...; None if nothing else.
    overrides: what a person's own selectors or page object changed in the reading, each in words.
    refusal: why the check refuses the page, a name in `newscrawl.outcomes.REASONS`, if the article was wanted all the
        same (`extract` with `refuse=False`); None for any other article. refusal_detail: more of it, in words, or "".
    html_hash: SHA-256 (hex) of the page's bytes as served, or as the browser made it; of UTF-8 where text was given.
    rights: None if they were not read.
    extras: fields added to the record (name -> value), or values in place of its own. `replace` copies them.
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
    is_syndicated: bool = False
    is_partial: bool = False
    is_cut: bool = False
    is_rendered: bool = False
    has_scripts: bool = True
    found_by: Link | None = None
    fetched_at: datetime | None = None
    requested_url: str | None = None
    site: str | None = None
    html_hash: str | None = None
    probability: float | None = None
    page_type: str | None = None
    refusal: str | None = None
    refusal_detail: str = ""
    overrides: tuple[str, ...] = ()
    revision: Revision | None = None
    correction: str | None = None
    rights: Rights | None = None
    blocks: tuple[Block, ...] = ()
    removals: Sequence[Removal] = ()
    candidates: Sequence[Candidate] = field(default=(), compare=False)
    extras: dict[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "extras", dict(self.extras))

    def __repr__(self) -> str:
        """One line for logs: headline, day, words and URL."""
        headline = self.headline or ""
        parts = [repr(headline if len(headline) <= 60 else f"{headline[:59]}…")] if headline else []
        if self.date_published is not None:
            parts.append(f"{self.date_published:%Y-%m-%d}")
        words = self.word_count
        parts += [f"{words} word{'' if words == 1 else 's'}", self.url if self.url.isprintable() else repr(self.url)]
        return f"<Article {' '.join(parts)}>"

    @property
    def article_body(self) -> str:
        """The story's headings, paragraphs, list items, quotes and tables, separated by blank lines; "" if none."""
        return "\n\n".join(block.text for block in self.blocks if block.kind in BODY_KINDS)

    @property
    def word_count(self) -> int:
        """Number of words of the body; in scripts without spaces, two characters count as one."""
        return round(length(self.article_body))
