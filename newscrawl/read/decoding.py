"""Finds the encoding of a page and decodes it.

The order is that of the HTML standard (BOM, Content-Type header, <meta>, guess), with one correction that browsers do
not make: if the bytes are clearly in another encoding than the declared one, the declaration is ignored.
"""

from __future__ import annotations

import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_LANG = re.compile(rb"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2})", re.I)
#: Likely encodings of a page that declares none, by language, most likely first.
_GUESSES = {
    "ru": ["cp1251", "koi8-r"],
    "uk": ["cp1251"],
    "bg": ["cp1251"],
    "sr": ["cp1250"],
    "pl": ["iso8859-2", "cp1250"],
    "cs": ["cp1250"],
    "hu": ["cp1250"],
    "ro": ["cp1250"],
    "tr": ["cp1254"],
    "el": ["cp1253"],
    "he": ["cp1255"],
    "ar": ["cp1256"],
    "fa": ["cp1256"],
    "ja": ["shift_jis", "euc_jp", "iso2022_jp"],
    "zh": ["gb18030", "big5"],
    "ko": ["euc_kr"],
    "th": ["tis_620"],
}
_GUESSES_WITHOUT_LANGUAGE = ["shift_jis", "euc_kr", "gb18030"]


def decode(html: bytes, content_type: str = "") -> tuple[str | None, str]:
    """The text and the name of its encoding. The text is None if the bytes are valid UTF-8 as they are."""
    bom, _ = read_bom(html)
    if bom:
        return (None, "utf-8") if bom == "utf-8" else (html.decode(bom, "replace"), bom)
    try:
        html.decode("utf-8")
        if not ((b"\x1b" in html and b"\x1b$" in html) or html[:200].count(b"\x00") > 20):
            return None, "utf-8"  # bytes that are valid UTF-8 are UTF-8, whatever was declared
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
    beyond_ascii = sum(1 for byte in html if byte > 127)
    if text.count("\ufffd") * 20 < beyond_ascii:  # UTF-8 with a few bad bytes, from a cut or a pasted character
        return text, "utf-8"
    language = _LANG.search(html[:4000])
    for name in _GUESSES.get(language[1].decode().lower(), []) if language else _GUESSES_WITHOUT_LANGUAGE:
        try:
            return html.decode(name), name
        except UnicodeDecodeError:
            continue
    return html.decode("cp1252", "replace"), "cp1252"
