"""robots.txt -> the rules for one crawler, and the sitemaps it names.

Which URLs a rule allows or forbids is left to a parser of rules. Source: RFC 9309. Crawl-delay is not part of it; it
is read as a rule of its group, which is what those who write it mean.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from newscrawl.discover.markup import decoded, plain
from newscrawl.urls import joined

__all__ = ["MAX_BYTES", "as_utf8", "is_page", "rules_for", "sitemaps_of"]

#: Most bytes of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB).
MAX_BYTES = 512 * 1024
#: Most bytes that are read when only the sitemaps are wanted.
_MAX_BYTES_SITEMAPS = 2 * 1024 * 1024
_SITEMAP = re.compile(r"^\s*site-?map\s*:\s*(\S+)", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"\s*user[\s-]?agent\s*[:\s]\s*(\*(?=\s|$)|[a-z0-9_-]*)", re.IGNORECASE)
#: The other lines of a group, with the misspellings seen in use. Any other line, Sitemap among them, belongs to no
#: group and ends none (RFC 9309, 2.2.4).
_RULE = re.compile(
    r"\s*(?:allow|diss?all?[ao]w|diasllow|crawl[\s-]delay|request-rate|visit-time|content-(?:usage|signal))\s*[:\s]",
    re.IGNORECASE,
)
#: Bytes that are not UTF-8, and characters that a parser may take for a line break.
_ODD = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029\udc80-\udcff]")
#: A no-break space in Latin-1 or in UTF-8, as editors of text put it in.
_NO_BREAK_SPACE = re.compile("[\udca0\u00a0]")
#: Parsers extend a rule for a folder's index page to the folder itself. With a star after it they do not, and the rule
#: still matches the page.
_INDEX = re.compile(r"(?<=/index\.html)\s*$", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"
_DELAY = re.compile(r"\s*crawl[\s-]delay\s*[:\s]\s*(.*)", re.IGNORECASE)
_SECONDS = re.compile(r"(\d+)(?:[.,](\d+))?\s*(?:s|secs?|seconds?)?[.;,]?", re.IGNORECASE)
#: Tags of a message that a program (PHP, say) prints before the rules: such a file is not a page.
_FRAGMENT = re.compile(rb"<(?:br|b|i|p|pre|div|span|font|strong|em|hr)[\s/>]", re.IGNORECASE)
_RULES_FOLLOW = re.compile(rb"^[ \t]*user-agent[ \t]*:", re.IGNORECASE | re.MULTILINE)


def as_utf8(body: bytes) -> bytes:
    """The file in UTF-8 if its byte order mark says UTF-16, as some editors save it; otherwise unchanged."""
    return body.decode("utf-16", "replace").encode() if body.startswith((b"\xff\xfe", b"\xfe\xff")) else body


def is_page(body: bytes) -> bool:
    """Is this an HTML or XML page in place of a robots.txt?

    Skips what may come before the first tag: a byte order mark, comments. Rules that follow a mere warning in tags
    are rules (RFC 9309, 2.3.1.5).
    """
    head = body[:8192]
    while True:
        head = head.lstrip(b" \t\r\n\f\v\0").removeprefix(_BOM)
        if head.startswith(b"<!--"):
            head = head.partition(b"-->")[2]
        elif head.startswith(b"<?"):
            head = head.partition(b"?>")[2]
        elif head.startswith(b"#"):
            head = [*re.split(rb"[\r\n]", head, maxsplit=1), b""][1]
        elif not head.startswith((b" ", b"\t", b"\r", b"\n", _BOM)):
            if _FRAGMENT.match(head) and _RULES_FOLLOW.search(body.replace(b"\r", b"\n")):
                return False
            return re.match(rb"<[!/a-z]", head, re.IGNORECASE) is not None


def rules_for(body: bytes, agent: str) -> bytes:
    """The rules for `agent` as one group for all agents: those of its own groups, or else of "*"; b"" if none.

    body: robots.txt as served. At most `MAX_BYTES` of it are read, and the line broken off there is ignored.
    agent: a product token, in any case. Groups of one agent are merged; of several delays the longest applies. A page
    in place of the file has no rules.
    """
    body = as_utf8(body)
    if is_page(body):
        return b""
    if len(body) > MAX_BYTES:
        body = body[: max(body.rfind(b"\n", 0, MAX_BYTES), body.rfind(b"\r", 0, MAX_BYTES)) + 1]
    groups: dict[str, list[str]] = {}
    agents: list[str] = []
    is_open = False  # do further User-agent lines join the group?
    for line in _BREAK.split(_NO_BREAK_SPACE.sub(" ", body.decode("utf-8", "surrogateescape").replace("\ufeff", ""))):
        line = line.partition("#")[0]
        if (found := _AGENT.match(line)) is not None:
            agents = [*(agents if is_open else ()), found[1].lower()]
            is_open = True
            groups.setdefault(agents[-1], [])
        elif _RULE.match(line):
            is_open = False
            for each in agents:
                groups[each].append(line)
    rules = groups.get(agent.strip().lower().partition("/")[0].strip(), groups.get("*", []))
    if not rules:
        return b""
    delay = max((_delay(found[1]) for rule in rules if (found := _DELAY.match(rule))), default=0.0)
    text = "\n".join(_INDEX.sub("*", _ODD.sub(_escaped, rule.strip())) for rule in rules if not _DELAY.match(rule))
    return f"User-agent: *\n{text}\n{f'Crawl-delay: {delay:f}' if delay else ''}\n".encode("utf-8", "replace")


def _delay(text: str) -> float:
    """Seconds; 0 if the text is not a number of them. Accepts a decimal comma and the name of the unit."""
    found = _SECONDS.fullmatch(text.strip())
    try:
        seconds = float(f"{found[1]}.{found[2] or 0}" if found else text)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < float("inf") else 0.0


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0].encode("utf-8", "surrogateescape"))


def sitemaps_of(body: bytes, url: str) -> list[str]:
    """The URLs on `Sitemap:` lines, absolute, once each, in the order of the file.

    body: robots.txt as served; gzip, a byte order mark and any line breaks are handled. url: its URL, which relative
    ones are joined to. A page in place of the file gives an empty list.
    """
    text = "".join(decoded(plain(body, _MAX_BYTES_SITEMAPS), "windows-1252"))
    if text.lstrip()[:1] == "<" and is_page(text.encode("utf-8", "replace")):
        return []
    found: dict[str, None] = {}
    for line in _NO_BREAK_SPACE.sub(" ", text).splitlines():
        match = _SITEMAP.match(line)
        if not match:
            continue
        address = joined(url, match.group(1).partition("#")[0].strip("<>\"'"))
        if address and address != url:
            found.setdefault(address)
    return list(found)
