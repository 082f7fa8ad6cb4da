"""Page -> Document: decodes a page and parses it into one HTML5 tree, used for links, metadata and text alike."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from newscrawl._native import twin
from newscrawl.article import Page
from newscrawl.errors import UnreadablePage
from newscrawl.read.bounds import MAX_BYTES, bounded
from newscrawl.read.decoding import decode
from newscrawl.read.structured import Structured, collect
from newscrawl.urls import joined, without_controls

_NOT_HTML_TYPES = re.compile(
    r"^(image|audio|video|font)/"
    r"|^application/(pdf|zip|gzip|msword|octet-stream|vnd\.|javascript)"
    r"|^text/(css|javascript|csv)",
    re.I,
)
#: First bytes of PDF, ZIP, PNG, GIF, JPEG, gzip and RIFF files, and of MP4 and similar containers.
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
#: An absolute URL that `urljoin` would return unchanged, unless it contains "?#".
_ABSOLUTE_URL = re.compile(r"https?://[^/?#;\[\]\s\x00-\x20\x7f-\U0010ffff][^;\[\]\x00-\x20\x7f-\U0010ffff]*(?<![?#])")
#: The tags of a frameset, with which a page has no <body>.
_FRAMESET = re.compile(rb"<(/?)(frameset|frame|noframes|body)\b([^<>]{0,2000})>", re.I)
_TEMPLATE = re.compile(rb"<(/?)template\b([^<>]{0,1000})>", re.I)


@dataclass(frozen=True)
class Document:
    """A page and its parsed tree.

    encoding: the one it was decoded with.
    is_cut: the page exceeds the limits of `newscrawl.read.bounds`, or is truncated.
    """

    page: Page
    tree: LexborHTMLParser
    encoding: str
    is_cut: bool = False

    @cached_property
    def url(self) -> str:
        """The URL that relative URLs are resolved against: that of <base href>, otherwise the page's own."""
        base = self.tree.css_first("base[href]")
        return (joined(self.page.url, base.attributes.get("href") or "") if base else None) or self.page.url

    @cached_property
    def html_hash(self) -> str:
        """SHA-256 (hex) of the page's bytes; of its UTF-8 bytes where it was given as text."""
        html = self.page.html
        return hashlib.sha256(html.encode("utf-8", "replace") if isinstance(html, str) else html).hexdigest()

    @cached_property
    def stated(self) -> Structured:
        """The machine-readable statements of the page."""
        return collect(self.tree, self.page.url)

    def absolute(self, href: str | None) -> str | None:
        """The absolute URL of `href`; None if it is not an http(s) URL."""
        if not href:
            return None
        href = href.strip()
        if _ABSOLUTE_URL.fullmatch(href) and "?#" not in href:
            return href
        url = joined(self.url, without_controls(href))
        return without_controls(url) if url else None


def open_document(page: Page) -> Document:
    """Decode and parse a page. Raises UnreadablePage if it is empty, binary or of another type than HTML."""
    html = page.html
    if isinstance(html, str):
        if not html.strip():
            raise UnreadablePage(page.url, "the page is empty")
        return _parsed(page, html[:MAX_BYTES].encode("utf-8", "replace"), "utf-8", len(html) > MAX_BYTES)
    content_type = next((v for k, v in page.headers.items() if k.lower() == "content-type"), "")
    if _NOT_HTML_TYPES.match(content_type.strip()):
        raise UnreadablePage(page.url, f"its type is {content_type.split(';')[0].strip()}, not HTML")
    is_cut = len(html) > MAX_BYTES
    html = html[:MAX_BYTES]
    if not html.strip():
        raise UnreadablePage(page.url, "the page is empty")
    text, encoding = decode(html, content_type)
    if html.lstrip()[:8].startswith(_MAGIC) and encoding not in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        raise UnreadablePage(page.url, "it is a file of another type, not HTML")
    return _parsed(page, html if text is None else text.encode("utf-8", "replace"), encoding, is_cut)


def _parsed(page: Page, utf8: bytes, encoding: str, is_cut: bool) -> Document:
    if b"<" not in utf8:
        raise UnreadablePage(page.url, "it has no HTML tags")
    if b"\x00" in utf8:
        utf8 = utf8.replace(b"\x00", b"")
    if utf8.startswith(codecs.BOM_UTF8):
        utf8 = utf8[3:]
    is_cut = is_cut or _is_truncated(utf8)
    has_templates, has_frames = tag_signs(utf8)
    if has_templates and b"shadowrootmode" in utf8.lower():
        utf8 = _with_shadow_trees(utf8)
    if has_frames:
        utf8 = _FRAMESET.sub(_frame_as_link, utf8)
    utf8, is_shortened = bounded(utf8)
    try:
        tree = LexborHTMLParser(utf8)
    except (ValueError, RuntimeError, MemoryError) as error:
        raise UnreadablePage(page.url, f"it could not be parsed: {error}") from error
    if tree.body is None:
        raise UnreadablePage(page.url, "it has no <body>")
    return Document(page, tree, encoding, is_cut or is_shortened)


@twin
def tag_signs(html: bytes) -> tuple[bool, bool]:
    """May a <template>, and a <frameset>, be among the tags?"""
    lower = html.lower()
    return b"<template" in lower, b"<frameset" in lower


def _frame_as_link(tag: re.Match[bytes]) -> bytes:
    """The tag that stands for one of a frameset: a frame is an <iframe>, and what is shown without frames is shown."""
    closes, name, attributes = tag[1], tag[2].lower(), tag[3]
    if name == b"frameset":
        return b"</div>" if closes else b"<div data-frameset>"
    return b"<iframe" + attributes + b"></iframe>" if name == b"frame" and not closes else b""


def _with_shadow_trees(html: bytes) -> bytes:
    """Turn declarative shadow roots into <div>s, so that the text they show is found.

    They are <template> elements with a "shadowrootmode" attribute (HTML standard). Other templates, which are not
    shown, stay as they are.
    """
    is_shown: list[bool] = []

    def replaced(tag: re.Match[bytes]) -> bytes:
        if tag[1]:
            return b"</div>" if is_shown and is_shown.pop() else tag[0]
        is_shown.append(b"shadowrootmode" in tag[2].lower())
        return b"<div" + tag[2] + b">" if is_shown[-1] else tag[0]

    return _TEMPLATE.sub(replaced, html)


def _is_truncated(html: bytes) -> bool:
    """Does a page that begins as a complete one end inside a tag or text?

    Nothing else shows that a response without a Content-Length was truncated.
    """
    end = html.rstrip()[-20_000:].lower()
    return (
        not end.endswith(b">") and b"</html" not in end and b"</body" not in end and b"<body" in html[:500_000].lower()
    )
