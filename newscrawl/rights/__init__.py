"""What a publisher reserves: read of a page and its headers, of robots.txt and tdmrep.json, as `newscrawl.article.Rights`.

    page, headers --read_rights--> Rights --with_origin(robots.txt, tdmrep.json)--> Rights --reserved--> purposes, and why
                                                                                           --refusal---> why there is no record

Fetches nothing and honours nothing: it says what stands there, and what that means. An unreadable statement states nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from newscrawl.article import Page, Rights, RslLicense, UsageStatement
from newscrawl.rights.directives import NO_FOLLOW, meta_values, robots_directives
from newscrawl.rights.licence import Absolute, copyright_fields, item_texts, stated_licenses
from newscrawl.rights.purposes import PURPOSES, refusal, reserved
from newscrawl.rights.robots import RobotsStatements, robots_statements
from newscrawl.rights.rsl import RSL_TYPE, feed_licenses, header_links, written_licenses
from newscrawl.rights.tdmrep import Reservation, TdmRule, file_rules, reservation_of, rule_for, stated_reservation
from newscrawl.rights.usage import signal_statement, usage_statement

__all__ = [
    "PURPOSES", "RobotsStatements", "TdmRule", "feed_licenses", "file_rules", "forbids_following", "header_is_followed", "is_followed", "merged",
    "read_rights", "refusal", "reserved", "robots_statements", "with_origin",
]  # fmt: skip


class Stated(Protocol):
    """What a page states for machines (`newscrawl.read.structured.Structured`)."""

    @property
    def nodes(self) -> Sequence[Mapping[str, Any]]:
        """JSON-LD objects."""

    @property
    def meta(self) -> Mapping[str, Sequence[str]]:
        """<meta>: lower-case name -> contents."""

    @property
    def items(self) -> Mapping[str, Sequence[Any]]:
        """Microdata: lower-case name -> nodes of the tree."""

    @property
    def licences(self) -> Sequence[Any]:
        """<link> and <a> with rel=license, and RSL scripts."""

    def article(self) -> Mapping[str, Any]:
        """The JSON-LD object of the article."""


class Opened(Protocol):
    """A page that is parsed (`newscrawl.read.Document`)."""

    @property
    def page(self) -> Page:
        """What was fetched."""

    @property
    def tree(self) -> Any:
        """Its tree."""

    @property
    def stated(self) -> Stated:
        """What it states for machines."""

    def absolute(self, href: str | None) -> str | None:
        """An address made whole; None for what is none."""


def read_rights(document: Opened) -> Rights:
    """The rights that a page and its headers state. Of X-Robots-Tag headers there is a line each in `Page.headers`."""
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


def is_followed(document: Opened) -> bool:
    """May the links of a page be followed? Not where it, or its header, says nofollow or none. Cheap; collects nothing else."""
    pairs = (
        (attributes.get("name"), attributes.get("content"))
        for attributes in (node.attributes for node in document.tree.css("meta[name]"))
    )
    robots, _ = robots_directives(meta_values(pairs), _lower(document.page.headers).get("x-robots-tag"))
    return NO_FOLLOW.isdisjoint(robots)


def header_is_followed(headers: Mapping[str, str]) -> bool:
    """The same of an answer that is no page: a feed, a sitemap."""
    return NO_FOLLOW.isdisjoint(robots_directives({}, _lower(headers).get("x-robots-tag"))[0])


def forbids_following(rights: Rights) -> bool:
    """Does a page want its links not to be followed?"""
    return not NO_FOLLOW.isdisjoint(rights.robots)


def with_origin(
    rights: Rights,
    url: str,
    robots: RobotsStatements | None = None,
    tdm: Sequence[TdmRule] = (),
    rsl: Sequence[RslLicense] = (),
) -> Rights:
    """The same, with what the origin says of a page: its robots.txt, its tdmrep.json (where the page itself says nothing), its feeds."""
    usage: tuple[UsageStatement, ...] = robots.usage_of(url) if robots is not None else ()
    signals: tuple[UsageStatement, ...] = robots.signals_of(url) if robots is not None else ()
    named = (*(robots.licenses if robots is not None else ()), *rsl)
    stated = Reservation(rights.tdm_reserved, rights.tdm_policy, rights.tdm_source)
    found = reservation_of(stated, rule_for(tdm, url)) if tdm else stated
    if not usage and not signals and not named and found == stated:
        return rights
    return replace(
        rights,
        tdm_reserved=found.reserved, tdm_policy=found.policy, tdm_source=found.source,
        content_usage=(*rights.content_usage, *usage), content_signal=(*rights.content_signal, *signals), rsl=_once(*rights.rsl, *named),
    )  # fmt: skip


def merged(first: Rights | None, later: Rights | None) -> Rights | None:
    """The rights of one article in two pages: what either reserves is reserved."""
    if first is None or later is None:
        return first or later
    moments = [moment for moment in (first.unavailable_after, later.unavailable_after) if moment is not None]
    tdm = later if later.tdm_reserved and not first.tdm_reserved else first
    return replace(
        first,
        robots=_once(*first.robots, *later.robots), unavailable_after=min(moments, default=None),
        tdm_reserved=tdm.tdm_reserved, tdm_policy=tdm.tdm_policy, tdm_source=tdm.tdm_source,
        content_usage=_once(*first.content_usage, *later.content_usage), content_signal=_once(*first.content_signal, *later.content_signal),
        rsl=_once(*first.rsl, *later.rsl), licenses=_once(*first.licenses, *later.licenses),
    )  # fmt: skip


def _once(*values: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _rsl(document: Opened, headers: Mapping[str, str]) -> Iterator[RslLicense]:
    absolute: Absolute = document.absolute
    named = [("header", address, kind) for address, kind in header_links(headers.get("link"))]
    named += [
        ("link", node.attributes.get("href") or "", node.attributes.get("type") or "")
        for node in document.stated.licences
        if node.tag == "link"
    ]
    for source, address, kind in named:
        if RSL_TYPE in kind.lower() and (url := absolute(address)):
            yield RslLicense(source, url)
    for node in document.stated.licences:
        if node.tag == "script":
            yield from written_licenses(node.text() or "", document.page.url)


def _licenses(document: Opened, article: Mapping[str, Any], headers: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
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
    for address, kind in header_links(headers.get("link")) if "link" in headers else ():
        if RSL_TYPE not in kind:
            yield "header", absolute(address)
