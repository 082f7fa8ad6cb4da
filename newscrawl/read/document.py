"""Page -> Document: bytes to text to one HTML5 tree, which serves links, metadata and text alike.

The encoding is taken in the order of the HTML standard (BOM, Content-Type header, <meta>, guess), with one
correction that browsers do not make: a page that declares one thing and is plainly another is read as what it is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from newscrawl.article import Page
from newscrawl.errors import UnreadablePage
from newscrawl.read.bounds import MAX_BYTES, bounded
from newscrawl.read.structured import Structured, collect

_NOT_HTML_TYPES = re.compile(
    r"^(image|audio|video|font)/|^application/(pdf|zip|gzip|msword|octet-stream|vnd\.|javascript)|^text/(css|javascript|csv)",
    re.I,
)
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
_LANG = re.compile(rb"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2})", re.I)
#: An address that needs no joining: no sign in it is special to `urljoin`, and none is left out by it.
_WHOLE_URL = re.compile(r"https?://[^/?#;\[\]\s\x00-\x20\x7f-\U0010ffff][^;\[\]\x00-\x20\x7f-\U0010ffff]*(?<![?#])")
_TEMPLATE = re.compile(rb"<(/?)template\b([^<>]{0,1000})>", re.I)
#: What a page that declares nothing is likely to be written in, by its language, likeliest first.
_GUESSES = {
    "ru": ["cp1251", "koi8-r"], "uk": ["cp1251"], "bg": ["cp1251"], "sr": ["cp1250"], "pl": ["iso8859-2", "cp1250"], "cs": ["cp1250"],
    "hu": ["cp1250"], "ro": ["cp1250"], "tr": ["cp1254"], "el": ["cp1253"], "he": ["cp1255"], "ar": ["cp1256"], "fa": ["cp1256"],
    "ja": ["shift_jis", "euc_jp", "iso2022_jp"], "zh": ["gb18030", "big5"], "ko": ["euc_kr"], "th": ["tis_620"],
}  # fmt: skip
_TRIED_WITHOUT_LANGUAGE = ["shift_jis", "euc_kr", "gb18030"]


@dataclass(frozen=True)
class Document:
    """A page and its tree. url: the base of its relative addresses (<base href> counted). is_cut: the page is larger than what is read, or breaks off."""

    page: Page
    tree: LexborHTMLParser
    encoding: str
    is_cut: bool = False

    @cached_property
    def url(self) -> str:
        """The address that relative ones are joined to."""
        base = self.tree.css_first("base[href]")
        try:
            return urljoin(self.page.url, base.attributes.get("href") or "") if base else self.page.url
        except ValueError:
            return self.page.url

    @cached_property
    def stated(self) -> Structured:
        """What the page says of itself for machines, collected once."""
        return collect(self.tree)

    def absolute(self, href: str | None) -> str | None:
        """An http(s) address made absolute; None for anything else."""
        if not href:
            return None
        href = href.strip()
        if _WHOLE_URL.fullmatch(href) and "?#" not in href:  # joined, it would be the same
            return href
        try:
            url = urljoin(self.url, href)
        except ValueError:
            return None
        return url if url.lower().startswith(("http://", "https://")) else None


def open_document(page: Page) -> Document:
    """Decode and parse. Raises UnreadablePage for what is empty, of another type, or binary."""
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
        raise UnreadablePage(page.url, "the bytes are a file of another type, not HTML")
    return _parsed(page, html if text is None else text.encode("utf-8", "replace"), encoding, is_cut)


def _parsed(page: Page, utf8: bytes, encoding: str, is_cut: bool) -> Document:
    if b"<" not in utf8:
        raise UnreadablePage(page.url, "there is no HTML tag in it")
    if b"\x00" in utf8:
        utf8 = utf8.replace(b"\x00", b"")
    if utf8.startswith(codecs.BOM_UTF8):
        utf8 = utf8[3:]
    is_cut = is_cut or _breaks_off(utf8)
    if b"shadowrootmode" in utf8:
        utf8 = _shadows_laid_open(utf8)
    utf8, is_shortened = bounded(utf8)
    try:
        tree = LexborHTMLParser(utf8)
    except (ValueError, RuntimeError, MemoryError) as error:
        raise UnreadablePage(page.url, f"the parser gave up: {error}") from error
    if tree.body is None:
        raise UnreadablePage(page.url, "there is no body in it")
    return Document(page, tree, encoding, is_cut or is_shortened)


def _shadows_laid_open(html: bytes) -> bytes:
    """Declarative shadow trees (HTML, "shadowrootmode") are templates that are shown: boxes in the place of them. Other templates stay what they are."""
    shown: list[bool] = []

    def box(tag: re.Match[bytes]) -> bytes:
        if tag[1]:
            return b"</div>" if shown and shown.pop() else tag[0]
        shown.append(b"shadowrootmode" in tag[2].lower())
        return b"<div" + tag[2] + b">" if shown[-1] else tag[0]

    return _TEMPLATE.sub(box, html)


def _breaks_off(html: bytes) -> bool:
    """Does a page that begins as a whole one end amid a tag or a text? An answer without a length says by nothing else that it was cut."""
    end = html.rstrip()[-20_000:].lower()
    return (
        not end.endswith(b">") and b"</html" not in end and b"</body" not in end and b"<body" in html[:500_000].lower()
    )


def decode(html: bytes, content_type: str = "") -> tuple[str | None, str]:
    """Text and the name of its encoding; None for the text when the bytes are valid UTF-8 as they stand."""
    bom, _ = read_bom(html)
    if bom:
        return (None, "utf-8") if bom == "utf-8" else (html.decode(bom, "replace"), bom)
    try:
        html.decode("utf-8")
        if not ((b"\x1b" in html and b"\x1b$" in html) or html[:200].count(b"\x00") > 20):
            return None, "utf-8"  # valid UTF-8 with letters beyond ASCII is UTF-8, whatever was declared
    except UnicodeDecodeError:
        pass
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(html)
    zeros = html[:400].count(b"\x00")
    if zeros > 40:
        utf16 = "utf-16-le" if html[1:400:2].count(b"\x00") > zeros / 2 else "utf-16-be"
        return html.decode(utf16, "replace"), utf16
    if declared and (name := resolve_encoding(declared)) and not name.startswith(("utf-16", "utf-32")):
        text = html.decode(name, "replace")
        if text.count("\ufffd") <= max(3, len(text) // 5000):
            return text, name
    return _guessed(html)


def _guessed(html: bytes) -> tuple[str, str]:
    text = html.decode("utf-8", "replace")
    beyond = sum(1 for byte in html if byte > 127)
    if text.count("\ufffd") * 20 < beyond:  # a few bad bytes (a cut, a pasted letter) in what is UTF-8 else
        return text, "utf-8"
    language = _LANG.search(html[:4000])
    for name in _GUESSES.get(language[1].decode().lower(), []) if language else _TRIED_WITHOUT_LANGUAGE:
        try:
            return html.decode(name), name
        except UnicodeDecodeError:
            continue
    return html.decode("cp1252", "replace"), "cp1252"
