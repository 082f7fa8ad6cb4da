"""Article -> record, a dict with schema.org NewsArticle names, the same for every output format.

Only this file and `newscrawl.record_rights` know how fields are spelled. A record always has every field of `FIELDS`,
in that order; a missing value is None or an empty list. The names are a superset of those of zyte-common-items'
Article. `schema()` returns the JSON Schema, which is stored beside this file as `record.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from importlib.resources import files
from typing import Any

from newscrawl.article import Article, Block, Image, Kind, Link, Revision
from newscrawl.moments import offset_text, precision, utc_text
from newscrawl.record_rights import rights_field, rights_of
from newscrawl.text import plain_words, words

__all__ = [
    "FIELDS",
    "SCHEMA_VERSION",
    "Record",
    "body_html",
    "content_hash",
    "record",
    "rights_of",
    "schema",
]

#: Version of the record format; incremented when a field is removed or changes its meaning.
SCHEMA_VERSION = "2"

#: Names of a record's fields, in order.
FIELDS: tuple[str, ...] = (
    "url",
    "canonicalUrl",
    "headline",
    "alternativeHeadline",
    "description",
    "articleBody",
    "articleBodyHtml",
    "authors",
    "publisher",
    "datePublished",
    "datePublishedOffset",
    "datePublishedPrecision",
    "datePublishedRaw",
    "dateModified",
    "dateModifiedOffset",
    "dateModifiedPrecision",
    "dateModifiedRaw",
    "inLanguage",
    "articleSection",
    "breadcrumbs",
    "keywords",
    "mainImage",
    "images",
    "videos",
    "audios",
    "articleType",
    "isAccessibleForFree",
    "wordCount",
    "revision",
    "correction",
    "rights",
    "metadata",
)


class Record(dict[str, Any]):
    """A finished record whose `Article` is not available, for example one stored by an earlier run."""


def record(article: Article) -> dict[str, Any]:
    """The record of an article, made of plain strings, numbers, booleans, lists and dicts, ready for any exporter.

    Control characters other than tabs and line feeds, and lone surrogates, are removed from texts. Links with a scheme
    other than http or https are dropped or None. `Article.extras` come last, as they are.
    """
    made: dict[str, Any] = _safe(_record(article))
    made["url"] = made["url"] or ""
    made.update(article.extras)
    return made


def _record(article: Article) -> dict[str, Any]:
    images = [_image(image) for image in article.images if _is_link(image.url)]
    return {
        "url": article.url or article.canonical_url,
        "canonicalUrl": article.canonical_url,
        "headline": article.headline,
        "alternativeHeadline": article.alternative_headline,
        "description": article.description,
        "articleBody": article.article_body,
        "articleBodyHtml": body_html(article.blocks),
        "authors": [{"name": person.name, "url": person.url} for person in article.authors],
        "publisher": {"name": article.publisher.name, "url": article.publisher.url} if article.publisher else None,
        "datePublished": utc_text(article.date_published),
        "datePublishedOffset": offset_text(article.date_published),
        "datePublishedPrecision": precision(article.date_published, article.date_published_raw),
        "datePublishedRaw": article.date_published_raw,
        "dateModified": utc_text(article.date_modified),
        "dateModifiedOffset": offset_text(article.date_modified),
        "dateModifiedPrecision": precision(article.date_modified, article.date_modified_raw),
        "dateModifiedRaw": article.date_modified_raw,
        "inLanguage": article.in_language,
        "articleSection": article.article_section,
        "breadcrumbs": [{"name": crumb.name, "url": crumb.url} for crumb in article.breadcrumbs],
        "keywords": list(article.keywords),
        "mainImage": images[0] if images else None,
        "images": images,
        "videos": [{"url": url} for url in article.videos if _is_link(url)],
        "audios": [{"url": url} for url in article.audios if _is_link(url)],
        "articleType": _article_type(article),
        "isAccessibleForFree": article.is_accessible_for_free,
        "wordCount": article.word_count,
        "revision": _revision(article.revision),
        "correction": article.correction,
        "rights": rights_field(article.rights),
        "metadata": _metadata(article),
    }


def _metadata(article: Article) -> dict[str, Any]:
    return {
        "dateDownloaded": utc_text(article.fetched_at),
        "requestedUrl": article.requested_url or article.url,
        "site": article.site,
        "discovery": _discovery(article.found_by),
        "contentHash": content_hash(article),
        "htmlHash": article.html_hash,
        "probability": article.probability,
        "refused": article.refusal,
        "isSyndicated": article.is_syndicated,
        "isPartial": article.is_partial,
        "isCut": article.is_cut,
        "rendered": article.is_rendered,
        "overrides": list(article.overrides),
        "schemaVersion": SCHEMA_VERSION,
    }


#: Fields that contain a URL.
_LINKS = frozenset({"url", "canonicalUrl", "requestedUrl", "policy", "usageInfo", "acquireLicensePage", "of"})

#: Control characters other than tab and line feed, lone surrogates, and the two characters that XML forbids (XML 1.0,
#: section 2.2).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _is_link(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


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
    return {
        "channel": link.source,
        "url": link.found_on,
        "headline": link.headline,
        "datePublished": utc_text(link.published),
        "datePublishedOffset": offset_text(link.published),
        "datePublishedPrecision": precision(link.published),
        "inLanguage": link.language,
    }


def _article_type(article: Article) -> str | None:
    """The type that the page states, or that it was judged to be; None where there is no page any more."""
    if article.revision is not None and article.revision.kind == "removed":
        return None
    return article.refusal or article.article_type or "Article"


def _revision(revision: Revision | None) -> dict[str, Any] | None:
    if revision is None:
        return None
    return {
        "number": revision.number,
        "previousHash": revision.previous_hash,
        "changedFields": list(revision.changed_fields),
        "kind": revision.kind,
        "of": revision.of,
    }


def content_hash(article: Article) -> str:
    """SHA-1 (hex) of the words of headline and body; case, punctuation and spacing do not matter."""
    text = " ".join(filter(None, (" ".join(words(article.headline or "")), plain_words(article.article_body))))
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def schema() -> dict[str, Any]:
    """The JSON Schema of a record."""
    parsed: dict[str, Any] = json.loads(files("newscrawl").joinpath("record.schema.json").read_text("utf-8"))
    return parsed


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
    """The body as HTML: h2-h6, p, ul, li, blockquote, pre, table, tr, td and br only, no attributes; text escaped."""
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
