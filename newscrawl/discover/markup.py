"""Turns the bytes of a feed or a sitemap, as really served, into XML that a tolerant parser can read.

Undoes gzip (recognised by content, and bounded), finds the charset (the declared one may be wrong), escapes bare
ampersands, writes out HTML's named characters, and drops the document type, so that no entity is left to expand.
"""

from __future__ import annotations

import codecs
import html
import html.entities
import logging
import re
import zlib
from collections.abc import Iterable, Iterator

from newscrawl.charsets import chosen, codec
from newscrawl.text import clean

__all__ = ["MAX_OUTPUT", "decoded", "plain", "repaired", "title_text"]

logger = logging.getLogger(__name__)

#: Most bytes of an unpacked document that are read; a larger one is cut. The sitemap protocol allows as much.
MAX_OUTPUT = 50 * 1024 * 1024
_CHUNK = 64 * 1024
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:\-]{1,40})""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}>")
#: What `_mend` looks at: a CDATA section (kept), an ampersand, and a "<" that opens nothing.
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


#: A stray byte in UTF-8 text is read as Windows-1252, which it almost always is.
codecs.register_error("newscrawl.western", _as_western)


def plain(body: bytes, limit: int = MAX_OUTPUT) -> Iterator[bytes]:
    """`body` in pieces of 64 KiB, unpacked if it is gzip, even twice.

    Stops at `limit` bytes, and where the gzip data is broken.
    """
    pieces: Iterable[bytes] = (body[i : i + _CHUNK] for i in range(0, len(body), _CHUNK))
    for _ in range(2):
        pieces = iter(pieces)
        first = next(pieces, b"")
        pieces = _chained(first, pieces)
        if not first.startswith(b"\x1f\x8b"):
            break
        pieces = _unpacked(pieces, limit)
    total = 0
    for piece in pieces:
        if total + len(piece) > limit:
            logger.warning("a document has more than %d bytes; the rest is ignored", limit)
            yield piece[: limit - total]
            return
        total += len(piece)
        yield piece


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _unpacked(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    total = 0
    try:
        for piece in pieces:
            while piece and total <= limit:
                out = unpacker.decompress(piece, _CHUNK)
                total += len(out)
                if out:
                    yield out
                piece = unpacker.unconsumed_tail
                if unpacker.eof:  # a file may consist of several gzip members
                    piece = unpacker.unused_data.lstrip(b"\x00")
                    unpacker = zlib.decompressobj(wbits=31)
        out = unpacker.decompress(b"", _CHUNK)
        if out:
            yield out
    except zlib.error:
        return


def charset(head: bytes, stated: str = "") -> str:
    """The charset of a document, judged by its first bytes. stated: the label in its Content-Type, if any.

    In this order: a byte order mark; UTF-8 if the bytes are valid UTF-8 and not all ASCII; the declaration, or UTF-8,
    if the text is as people write it; what the detector says.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return name
    if head[:4] in (b"<\x00?\x00", b"<\x00r\x00", b"<\x00u\x00"):
        return "utf-16-le"
    if head[:4] in (b"\x00<\x00?", b"\x00<\x00r", b"\x00<\x00u"):
        return "utf-16-be"
    declared = _DECLARED.search(head[:1024])
    labels = [label for label in (declared.group(1).decode("ascii") if declared else "", stated) if label] or ["utf-8"]
    found = codec(labels[0])
    if found is not None and (found.startswith("iso2022") or (head.isascii() and not found.startswith("utf-"))):
        return found
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8"  # bytes of another charset are hardly ever valid UTF-8 by chance
    except UnicodeDecodeError:
        return chosen(head, labels)


def decoded(pieces: Iterable[bytes], stated: str = "") -> Iterator[str]:
    """The text of a document that comes in pieces, without its byte order mark. Never raises for bad bytes.

    stated: the label of a charset in its Content-Type, if any.
    """
    decoder: codecs.IncrementalDecoder | None = None
    for piece in pieces:
        if decoder is None:
            if not piece.strip():
                continue
            piece = piece.lstrip(b" \t\r\n")
            name = charset(piece, stated)
            decoder = codecs.getincrementaldecoder(name)("newscrawl.western" if name == "utf-8" else "replace")
            text = decoder.decode(piece).lstrip("\ufeff")
        else:
            text = decoder.decode(piece)
        if text:
            yield text
    if decoder is not None:
        tail = decoder.decode(b"", True)
        if tail:
            yield tail


def _mended(match: re.Match[str]) -> str:
    whole, name = match.group(0), match.group(1)
    if whole == "<":
        return "&lt;"
    if whole[0] == "<" or name in _XML_NAMES:
        return whole
    if name is None:
        return "&amp;"
    if name[0] == "#":
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        is_allowed = (
            0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000 or code in (9, 10, 13)
        )
        return whole.replace("X", "x", 1) if is_allowed else ""  # a character that XML forbids would end the parse
    character = html.entities.html5.get(name + ";")
    return f"&amp;{name};" if character is None else character


def _mend(text: str) -> str:
    if "&" in text or "<" in text:
        text = _AMPERSAND.sub(_mended, text)
    return _INVALID.sub("", text) if _INVALID.search(text) else text


def _without_doctype(head: str) -> str:
    start = head.upper().find("<!DOCTYPE", 0, 4096)
    if start < 0:
        return head
    end = head.find(">", start)
    subset = head.find("[", start)
    if 0 <= subset < end:
        close = head.find("]", subset)
        end = head.find(">", close) if close >= 0 else -1
    return head[:start] + head[end + 1 :] if end >= 0 else head[:start]


def repaired(texts: Iterable[str]) -> Iterator[bytes]:
    """Pieces of XML text -> pieces of UTF-8 that a tolerant parser can read; see the head of this file.

    The XML declaration is dropped, because its charset no longer applies.
    """
    rest = ""
    first = True
    for text in texts:
        text = rest + text
        rest = ""
        if first:
            text = _without_doctype(_DECLARATION.sub("", text))
            first = False
        # an ampersand or CDATA section that is split between two pieces waits for the next one
        end = _safe_end(text)
        rest, text = text[end:], text[:end]
        if text:
            yield _mend(text).encode("utf-8", "replace")
    if rest:
        yield _mend(rest).encode("utf-8", "replace")


def _safe_end(text: str) -> int:
    """Where a text can be split without breaking a CDATA section, a character reference or a tag's opening."""
    end = len(text)
    cdata = text.rfind("<![CDATA[")
    if cdata >= 0 and text.find("]]>", cdata) < 0 and end - cdata < 1_000_000:
        return cdata
    for mark, longest in (("&", 34), ("<!", 9)):
        at = text.rfind(mark, max(0, end - longest))
        if at >= 0 and ";" not in text[at:] and ">" not in text[at:]:
            end = min(end, at)
    return end - 1 if text[end - 1 : end] == "<" else end


def title_text(text: str | None) -> str | None:
    """A title as plain text, without tags and with character references resolved once more; None if nothing is left."""
    if not text:
        return None
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean(text) or None
