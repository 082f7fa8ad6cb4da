"""Finds the encoding of a page and decodes it.

The order is that of the HTML standard (BOM, Content-Type header, <meta>, detection), with one correction that browsers
do not make: where the text is not as people write it, the declaration is false, and the detector is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from w3lib.encoding import read_bom

from newscrawl._native import twin
from newscrawl.charsets import chosen

_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2})", re.I)
_HEADER_LABEL = re.compile(r"charset\s{0,20}=[\s\"']{0,20}([^\s;,\"']{1,60})", re.I)
#: <meta> tags and XML declarations outside comments and scripts, wherever they are: browsers heed late ones too.
_DECLARATIONS = re.compile(
    rb"""
      <!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|textarea|title|xmp)\b.*?(?:</(?P=raw)|\Z)
    | <meta[\s/](?P<meta>(?:[^>"']|"[^">]{0,1000}"|'[^'>]{0,1000}'){0,2000})
    | <\?xml\s(?P<xml>[^<>]{0,500})
    """,
    re.I | re.S | re.X,
)
_ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def decode(html: bytes, content_type: str = "") -> tuple[str | None, str]:
    """The text and the name of its encoding. The text is None if the bytes are valid UTF-8 as they are."""
    bom, _ = read_bom(html)
    if bom:
        return (None, "utf-8") if bom == "utf-8" else (html.decode(bom, "replace"), bom)
    if is_utf8(html) and not ((b"\x1b" in html and b"\x1b$" in html) or html[:200].count(b"\x00") > 20):
        return None, "utf-8"  # bytes that are valid UTF-8 are UTF-8, whatever was declared
    zeros = html[:400].count(b"\x00")
    if zeros > 40:
        utf16 = "utf-16-le" if html[1:400:2].count(b"\x00") > zeros / 2 else "utf-16-be"
        return html.decode(utf16, "replace"), utf16
    header = _HEADER_LABEL.search(content_type)
    language = _LANGUAGE.search(html[:4000])
    labels = [*([header[1]] if header else []), *_labels(html)]
    name = chosen(html, labels, language[1].decode() if language else "")
    return html.decode(name, "replace"), name


@twin
def is_utf8(html: bytes) -> bool:
    """Are the bytes valid UTF-8?"""
    try:
        html.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _labels(html: bytes) -> Iterator[str]:
    """The charsets that a page declares, in order, known or not."""
    for tag in _DECLARATIONS.finditer(html):
        inside = tag["meta"] or tag["xml"]
        if not inside or (b"charset" not in inside.lower() and b"encoding" not in inside.lower()):
            continue
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(inside.decode("latin-1")):
            attributes.setdefault(name.lower().replace("_", "-"), "".join(values))
        if tag["xml"]:
            yield attributes.get("encoding", "")
        elif attributes.get("charset"):
            yield attributes["charset"]
        elif "content" in attributes and ("http-equiv" in attributes or "httpequiv" in attributes):
            label = _HEADER_LABEL.search(attributes["content"])
            yield label[1] if label else ""
