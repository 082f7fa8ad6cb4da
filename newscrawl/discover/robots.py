"""robots.txt -> the sitemaps it names. What it allows and forbids is no business of this file."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from newscrawl.discover.markup import decoded, plain

__all__ = ["sitemaps_of"]

_LINE = re.compile(r"^\s*site-?map\s*:\s*(\S+)", re.IGNORECASE)
#: RFC 9309 asks a reader for at least 500 KiB; more than this is not read.
_LIMIT = 2 * 1024 * 1024


def sitemaps_of(body: bytes, url: str) -> list[str]:
    """The addresses on `Sitemap:` lines, absolute, each once, in the order of the file.

    body: robots.txt as served (gzip, BOM and any line ends are borne). url: its address, which relative ones are joined to.
    An HTML page in its place gives an empty list.
    """
    text = "".join(decoded(plain(body, _LIMIT)))
    if text.lstrip()[:1] == "<":
        return []
    found: dict[str, None] = {}
    for line in text.splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        try:
            address = urljoin(url, match.group(1).partition("#")[0].strip("<>\"'"))
        except ValueError:
            continue
        if address.lower().startswith(("http://", "https://")) and address != url:
            found.setdefault(address)
    return list(found)
