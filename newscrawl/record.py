"""Article -> record: schema.org NewsArticle names, the same in every format. The only file that knows these spellings.

A record always has every field of `FIELDS`, in that order; what is missing is None or an empty list. The names are
a superset of zyte-common-items' Article. `schema()` gives the JSON Schema that stands beside this file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any

from newscrawl.article import Article, Block, Image, Kind, License, Link, Revision, Rights, RslLicense, UsageStatement
from newscrawl.rights import reserved
from newscrawl.text import UNSTATED, words

#: Version of the record's form; it counts up when a field changes its meaning or goes.
SCHEMA_VERSION = "1"

#: Names of a record's fields, in their order.
FIELDS: tuple[str, ...] = (
    "url", "canonicalUrl", "headline", "alternativeHeadline", "description", "articleBody", "articleBodyHtml", "authors", "publisher",
    "datePublished", "datePublishedRaw", "dateModified", "dateModifiedRaw", "inLanguage", "articleSection", "breadcrumbs", "keywords",
    "mainImage", "images", "videos", "audios", "articleType", "isAccessibleForFree", "wordCount", "revision", "correction",
    "rights", "metadata",
)  # fmt: skip


class Record(dict[str, Any]):
    """A record that stands for its article, which is not there any more: kept from an earlier run, say."""


def record(article: Article) -> dict[str, Any]:
    """The record of an article: plain strings, numbers, lists and dicts, ready for any exporter.

    No text in it has control characters (but line feeds and tabs) or lone surrogates, and no link another scheme than http or https: what has is
    left out or None.
    """
    made: dict[str, Any] = _safe(_record(article))
    made["url"] = made["url"] or ""
    return made


def _record(article: Article) -> dict[str, Any]:
    images = [_image(image) for image in article.images if _is_link(image.url)]
    return {
        "url": article.canonical_url or article.url,
        "canonicalUrl": article.canonical_url,
        "headline": article.headline,
        "alternativeHeadline": article.alternative_headline,
        "description": article.description,
        "articleBody": article.article_body,
        "articleBodyHtml": body_html(article.blocks),
        "authors": [{"name": person.name, "url": person.url} for person in article.authors],
        "publisher": {"name": article.publisher.name, "url": article.publisher.url} if article.publisher else None,
        "datePublished": date_text(article.date_published, article.date_published_raw),
        "datePublishedRaw": article.date_published_raw,
        "dateModified": date_text(article.date_modified, article.date_modified_raw),
        "dateModifiedRaw": article.date_modified_raw,
        "inLanguage": article.in_language,
        "articleSection": article.article_section,
        "breadcrumbs": [{"name": crumb.name, "url": crumb.url} for crumb in article.breadcrumbs],
        "keywords": list(article.keywords),
        "mainImage": images[0] if images else None,
        "images": images,
        "videos": [{"url": url} for url in article.videos if _is_link(url)],
        "audios": [{"url": url} for url in article.audios if _is_link(url)],
        "articleType": article.article_type,
        "isAccessibleForFree": article.is_accessible_for_free,
        "wordCount": article.word_count,
        "revision": _revision(article.revision),
        "correction": article.correction,
        "rights": _rights(article.rights),
        "metadata": {
            "dateDownloaded": article.fetched_at.isoformat(timespec="seconds") if article.fetched_at else None,
            "requestedUrl": article.requested_url or article.url,
            "discovery": _discovery(article.found_by),
            "contentHash": content_hash(article),
            "probability": article.probability,
            "isPartial": article.is_partial,
            "isCut": article.is_cut,
            "rendered": article.is_rendered,
            "schemaVersion": SCHEMA_VERSION,
        },
    }


#: Fields that hold a link.
_LINKS = frozenset({"url", "canonicalUrl", "requestedUrl", "policy", "usageInfo", "acquireLicensePage", "of"})


#: Control characters but tabs and line feeds, lone surrogates, and the two that no XML may have (XML 1.0, 2.2).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _is_link(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _safe(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        if name in _LINKS and value and not _is_link(value):
            return None
        return value if value.isprintable() else _UNSAFE.sub("", value)
    if isinstance(value, dict):
        return {key: _safe(entry, key) for key, entry in value.items()}
    if isinstance(value, list):
        return [_safe(entry, name) for entry in value]
    return value


def _discovery(link: Link | None) -> dict[str, Any] | None:
    if link is None:
        return None
    dated = date_text(link.published) if link.published else None
    return {
        "channel": link.source,
        "url": link.found_on,
        "headline": link.headline,
        "datePublished": dated,
        "inLanguage": link.language,
    }


def _revision(revision: Revision | None) -> dict[str, Any] | None:
    if revision is None:
        return None
    return {
        "number": revision.number, "previousHash": revision.previous_hash, "changedFields": list(revision.changed_fields),
        "kind": revision.kind, "of": revision.of,
    }  # fmt: skip


def _rights(rights: Rights | None) -> dict[str, Any] | None:
    """What was observed of the rights: when, what is reserved, and of all else only what is stated."""
    if rights is None:
        return None
    why = reserved(rights)
    tdm = {"reservation": rights.tdm_reserved, "policy": rights.tdm_policy, "source": rights.tdm_source}
    stated = {
        "robots": list(rights.robots),
        "unavailableAfter": rights.unavailable_after.isoformat(timespec="seconds")
        if rights.unavailable_after
        else None,
        "tdm": tdm if rights.tdm_source else None,
        "contentUsage": [_usage(one) for one in rights.content_usage],
        "contentSignal": [_usage(one) for one in rights.content_signal],
        "rsl": [
            {
                "source": one.source,
                "url": one.url,
                "permits": list(one.permits),
                "prohibits": list(one.prohibits),
                "payment": one.payment,
            }
            for one in rights.rsl
        ],
        "license": [{"source": one.source, "url": one.url, "name": one.name} for one in rights.licenses],
        "copyrightHolder": rights.copyright_holder,
        "copyrightYear": rights.copyright_year,
        "copyrightNotice": rights.copyright_notice,
        "usageInfo": rights.usage_info,
        "acquireLicensePage": rights.acquire_license_page,
    }
    return {
        "observedAt": rights.observed_at.isoformat(timespec="seconds") if rights.observed_at else None,
        "reserved": list(why),
        "reservedBy": [f"{purpose}: {signal}" for purpose, signals in why.items() for signal in signals],
        **{name: value for name, value in stated.items() if value},
    }


def _usage(statement: UsageStatement) -> dict[str, Any]:
    preferences = [{"category": category, "allowed": allowed} for category, allowed in statement.preferences]
    return {"source": statement.source, "raw": statement.raw, "preferences": preferences}


def rights_of(made: Mapping[str, Any]) -> Rights | None:
    """The rights that stand in a record; None where none do."""
    told = made.get("rights")
    if not isinstance(told, Mapping):
        return None
    seen, until, tdm = told.get("observedAt"), told.get("unavailableAfter"), told.get("tdm") or {}
    usage, signal = (
        tuple(
            UsageStatement(
                one["source"], one["raw"], tuple((wish["category"], wish["allowed"]) for wish in one["preferences"])
            )
            for one in told.get(name, ())
        )
        for name in ("contentUsage", "contentSignal")
    )
    return Rights(
        observed_at=datetime.fromisoformat(seen) if seen else None,
        robots=tuple(told.get("robots", ())),
        unavailable_after=datetime.fromisoformat(until) if until else None,
        tdm_reserved=tdm.get("reservation"), tdm_policy=tdm.get("policy"), tdm_source=tdm.get("source"),
        content_usage=usage,
        content_signal=signal,
        rsl=tuple(
            RslLicense(one["source"], one["url"], tuple(one["permits"]), tuple(one["prohibits"]), one["payment"]) for one in told.get("rsl", ())
        ),
        licenses=tuple(License(one["source"], one["url"], one["name"]) for one in told.get("license", ())),
        copyright_holder=told.get("copyrightHolder"), copyright_year=told.get("copyrightYear"), copyright_notice=told.get("copyrightNotice"),
        usage_info=told.get("usageInfo"), acquire_license_page=told.get("acquireLicensePage"),
    )  # fmt: skip


def content_hash(article: Article) -> str:
    """SHA-1 (hex) of the words of headline and body, folded: case, punctuation and spacing do not count."""
    text = " ".join(words(f"{article.headline or ''}\n{article.article_body}"))
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def schema() -> dict[str, Any]:
    """The JSON Schema of a record."""
    parsed: dict[str, Any] = json.loads(files("newscrawl").joinpath("record.schema.json").read_text("utf-8"))
    return parsed


def date_text(moment: datetime | None, raw: str | None = None) -> str | None:
    """ISO 8601. An offset that the page did not state is left out, and so is a time of day that it did not state."""
    if moment is None:
        return None
    if moment.tzinfo is not UNSTATED:
        return moment.isoformat(timespec="seconds")
    has_time = moment.hour or moment.minute or (raw and ":" in raw)
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") if has_time else moment.date().isoformat()


def _image(image: Image) -> dict[str, Any]:
    return {
        "url": image.url,
        "caption": image.caption,
        "credit": image.credit,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
    }


_TAGS = {Kind.PARAGRAPH: "p", Kind.QUOTE: "blockquote", Kind.PREFORMATTED: "pre"}


def body_html(blocks: tuple[Block, ...]) -> str:
    """The body as plain HTML: h2-h6, p, ul/li, blockquote, pre and table alone, without attributes, all text escaped."""
    parts: list[str] = []
    in_list = False
    for block in blocks:
        if (block.kind is Kind.LIST_ITEM) != in_list:
            parts.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        text = escape(block.text, quote=False)
        if block.kind is Kind.LIST_ITEM:
            parts.append(f"<li>{_lines(text)}</li>")
        elif block.kind is Kind.HEADING:
            level = min(max(block.level, 2), 6)
            parts.append(f"<h{level}>{_lines(text)}</h{level}>")
        elif block.kind is Kind.TABLE:
            rows = (
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split(" | ")) + "</tr>" for row in text.split("\n")
            )
            parts.append(f"<table>{''.join(rows)}</table>")
        elif block.kind in _TAGS:
            parts.append(f"<{_TAGS[block.kind]}>{_lines(text)}</{_TAGS[block.kind]}>")
    if in_list:
        parts.append("</ul>")
    return "\n".join(parts)


def _lines(text: str) -> str:
    return text.replace("\n", "<br>")
