"""The rights that a page and its response headers state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from newscrawl.article import Page, Rights, RslLicense
from newscrawl.rights.directives import NO_FOLLOW, meta_values, robots_directives
from newscrawl.rights.licence import Absolute, copyright_fields, item_texts, stated_licenses
from newscrawl.rights.rsl import RSL_TYPE, header_links, written_licenses
from newscrawl.rights.tdmrep import stated_reservation
from newscrawl.rights.usage import signal_statement, usage_statement

__all__ = ["forbids_following", "header_is_followed", "is_followed", "read_rights"]


class Statements(Protocol):
    """The machine-readable statements of a page (`newscrawl.read.structured.Structured`)."""

    @property
    def nodes(self) -> Sequence[Mapping[str, Any]]:
        """JSON-LD objects."""

    @property
    def meta(self) -> Mapping[str, Sequence[str]]:
        """<meta>: lower-case name -> contents."""

    @property
    def items(self) -> Mapping[str, Sequence[Any]]:
        """Microdata: lower-case property name -> nodes of the tree."""

    @property
    def licences(self) -> Sequence[Any]:
        """<link> and <a> elements with rel=license, and RSL scripts."""

    def article(self) -> Mapping[str, Any]:
        """The JSON-LD object of the article."""


class ParsedPage(Protocol):
    """A page and its parsed tree (`newscrawl.read.Document`)."""

    @property
    def page(self) -> Page:
        """The fetched page."""

    @property
    def tree(self) -> Any:
        """The parsed HTML."""

    @property
    def stated(self) -> Statements:
        """Its machine-readable statements."""

    def absolute(self, href: str | None) -> str | None:
        """The absolute URL; None if there is none."""


def read_rights(document: ParsedPage) -> Rights:
    """The rights that a page and its headers state.

    If the response had several X-Robots-Tag headers, `Page.headers` must hold them joined by line feeds.
    """
    page, stated = document.page, document.stated
    headers, meta, absolute = _lower(page.headers), stated.meta, document.absolute
    robots, until = robots_directives(meta, headers.get("x-robots-tag"))
    tdm = stated_reservation(meta, headers)
    usage, signal = headers.get("content-usage"), headers.get("content-signal")
    article = stated.article()
    return Rights(
        observed_at=page.fetched_at,
        robots=robots,
        unavailable_after=until,
        tdm_reserved=tdm.reserved,
        tdm_policy=absolute(tdm.policy),
        tdm_source=tdm.source,
        content_usage=(usage_statement(usage, "header"),) if usage else (),
        content_signal=(signal_statement(signal, "header"),) if signal else (),
        rsl=tuple(_rsl(document, headers)) if stated.licences or "link" in headers else (),
        licenses=stated_licenses(_licenses(document, article, headers), absolute),
        **copyright_fields(article, stated.items, meta, stated.nodes, absolute),
    )


def is_followed(document: ParsedPage) -> bool:
    """Whether the page's links may be followed: neither it nor its headers say nofollow or none.

    Cheap: reads nothing but the <meta> elements and X-Robots-Tag.
    """
    pairs = (
        (attributes.get("name"), attributes.get("content"))
        for attributes in (node.attributes for node in document.tree.css("meta[name]"))
    )
    robots, _ = robots_directives(meta_values(pairs), _lower(document.page.headers).get("x-robots-tag"))
    return NO_FOLLOW.isdisjoint(robots)


def header_is_followed(headers: Mapping[str, str]) -> bool:
    """Whether the links of a feed or sitemap may be followed, by its X-Robots-Tag headers."""
    return NO_FOLLOW.isdisjoint(robots_directives({}, _lower(headers).get("x-robots-tag"))[0])


def forbids_following(rights: Rights) -> bool:
    """Whether the publisher asks that the page's links are not followed."""
    return not NO_FOLLOW.isdisjoint(rights.robots)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _rsl(document: ParsedPage, headers: Mapping[str, str]) -> Iterator[RslLicense]:
    absolute: Absolute = document.absolute
    named = [("header", href, media_type) for href, media_type in header_links(headers.get("link"))]
    named += [
        ("link", node.attributes.get("href") or "", node.attributes.get("type") or "")
        for node in document.stated.licences
        if node.tag == "link"
    ]
    for source, href, media_type in named:
        if RSL_TYPE in media_type.lower() and (url := absolute(href)):
            yield RslLicense(source, url)
    for node in document.stated.licences:
        if node.tag == "script":
            yield from written_licenses(node.text() or "", document.page.url)


def _licenses(
    document: ParsedPage, article: Mapping[str, Any], headers: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    """(source, value) of every licence other than RSL that the page names."""
    stated, absolute = document.stated, document.absolute
    if article.get("license"):
        yield "json-ld", article["license"]
    if "license" in stated.items:
        yield "microdata", list(item_texts(stated.items["license"]))
    for name in ("dcterms.license", "dc.rights.license"):
        yield from (("meta", value) for value in stated.meta.get(name, ()))
    for node in stated.licences[:50]:
        if node.tag != "script" and RSL_TYPE not in (node.attributes.get("type") or "").lower():
            yield node.tag, absolute(node.attributes.get("href"))
    for href, media_type in header_links(headers.get("link")) if "link" in headers else ():
        if RSL_TYPE not in media_type:
            yield "header", absolute(href)
