"""Licence and copyright as a page states them: schema.org, Dublin Core, and <link> and <a> with rel=license.

Sources: schema.org (license, copyrightHolder, copyrightYear, copyrightNotice, usageInfo, acquireLicensePage) in JSON-LD
and microdata; the HTML standard (rel=license); SPDX for the identifiers of Creative Commons licences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.article import License
from newscrawl.text import clean

__all__ = ["Absolute", "copyright_fields", "license_name", "stated_licenses"]

#: Resolves a URL against the page; None if the result is not an http(s) URL.
Absolute = Callable[[str | None], str | None]
_CC_URL = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)?creativecommons\.org/"
    r"(?:licenses/(by(?:-(?:nc|nd|sa))*|sampling\+?)/(\d\.\d)(?:/([a-z]{2,4}))?(?:[/?#].*)?|(publicdomain)/(zero|mark)/(\d\.\d).*)/?",
    re.IGNORECASE,
)
_CC_TEXT = re.compile(
    r"(?:cc|creative commons)[\s:-]+(by(?:[\s-](?:nc|nd|sa))*)[\s-]+v?(\d\.\d)(?:[\s-]+international)?", re.IGNORECASE
)
_CC0_TEXT = re.compile(r"cc\s?0[\s-]*(1\.0)?", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d|21\d\d)\b")
_MAX_TEXT, _MAX_LICENSES = 500, 10


def license_name(text: str | None) -> str | None:
    """The SPDX identifier ("CC-BY-NC-4.0") of a Creative Commons licence given by URL or name; otherwise None."""
    text = (text or "").strip()[:_MAX_TEXT]
    if found := _CC_URL.fullmatch(text):
        kind, version, country, public, deed, mark = found.groups()
        if public:
            return f"CC0-{mark}" if deed.lower() == "zero" else f"CC-PDM-{mark}"
        is_ported = country and version < "4" and country.lower() not in ("deed", "lega")
        return f"CC-{kind.upper()}-{version}" + (f"-{country.upper()}" if is_ported else "")
    if found := _CC_TEXT.fullmatch(text):
        return f"CC-{'-'.join(found[1].upper().replace('-', ' ').split())}-{found[2]}"
    return "CC0-1.0" if _CC0_TEXT.fullmatch(text) else None


def stated_licenses(found: Iterable[tuple[str, Any]], absolute: Absolute) -> tuple[License, ...]:
    """The licences of (source, raw value) pairs, without duplicates. A value may be a URL, a name or a JSON-LD node."""
    licenses: dict[tuple[str | None, str | None], License] = {}
    for source, value in found:
        for text in _texts(value, ("url", "@id", "name", "sameAs")):
            is_url = text.startswith(("http://", "https://", "/", "./", "../")) and " " not in text
            url = absolute(text) if is_url else None
            name = license_name(url or text) or (None if url else text)
            if (url or name) and (url, name) not in licenses:
                licenses[url, name] = License(source, url, name)
    return tuple(licenses.values())[:_MAX_LICENSES]


def copyright_fields(
    article: Mapping[str, Any],
    items: Mapping[str, Sequence[Any]],
    meta: Mapping[str, Sequence[str]],
    nodes: Sequence[Mapping[str, Any]],
    absolute: Absolute,
) -> dict[str, Any]:
    """The copyright fields of `Rights` that a page states. article, nodes: JSON-LD. items: microdata by name."""

    def stated(name: str, keys: tuple[str, ...]) -> Iterator[str]:
        if value := article.get(name):
            yield from _texts(value, keys, nodes)
        if name.lower() in items:
            yield from item_texts(items[name.lower()])

    found: dict[str, Any] = {}
    if holders := dict.fromkeys(stated("copyrightHolder", ("name", "legalName"))):
        found["copyright_holder"] = ", ".join(list(holders)[:5])
    year = next((match for text in stated("copyrightYear", ()) if (match := _YEAR.search(text))), None)
    if year is not None:
        found["copyright_year"] = int(year[1])
    notices = (
        *stated("copyrightNotice", ("text", "name")),
        *(text for name in ("copyright", "dcterms.rights", "dc.rights") for text in meta.get(name, ())),
    )
    if notice := next(filter(None, notices), None):
        found["copyright_notice"] = clean(notice)[:_MAX_TEXT]
    for field, name in (("usage_info", "usageInfo"), ("acquire_license_page", "acquireLicensePage")):
        if text := next(stated(name, ("url", "@id", "name")), None):
            found[field] = (absolute(text) if " " not in text else None) or text
    return found


def item_texts(nodes: Iterable[Any]) -> Iterator[str]:
    """Microdata values that are about the page itself, not about an image or other media in it."""
    for node in nodes:
        if not _is_about_media(node):
            attributes = node.attributes
            value = (
                attributes.get("content")
                or attributes.get("href")
                or attributes.get("resource")
                or node.text(separator=" ")[:_MAX_TEXT]
            )
            if text := clean(value or "")[:_MAX_TEXT]:
                yield text


def _is_about_media(node: Any) -> bool:
    above = node.parent
    while above is not None:
        if "itemscope" in above.attributes:
            kind = (above.attributes.get("itemtype") or "").lower()
            return kind.endswith(("imageobject", "videoobject", "audioobject", "mediaobject", "photograph"))
        above = above.parent
    return False


def _texts(value: Any, keys: tuple[str, ...], nodes: Sequence[Mapping[str, Any]] = ()) -> Iterator[str]:
    """The texts of a JSON-LD value: a string, a number, a node, or a list of these.

    keys: the text of a node is its first property among these; a node that has none of them is looked up in `nodes` by
        its @id.
    """
    for one in value[:_MAX_LICENSES] if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            if nodes and not any(one.get(key) for key in keys) and "@id" in one:
                one = next(
                    (node for node in nodes if node.get("@id") == one["@id"] and any(node.get(key) for key in keys)),
                    one,
                )
            one = next((one[key] for key in keys if isinstance(one.get(key), str) and one[key].strip()), None)
        if (
            isinstance(one, (str, int))
            and not isinstance(one, bool)
            and (text := clean(str(one)[: 4 * _MAX_TEXT])[:_MAX_TEXT])
        ):
            yield text
