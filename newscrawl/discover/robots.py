"""robots.txt -> the rules that hold for one crawler, and the sitemaps it names. What a rule allows or forbids is left to a parser of rules.

Source: RFC 9309. Crawl-delay is none of its rules; it is taken for one of its group, as those who write it mean it.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from newscrawl.discover.markup import decoded, plain

__all__ = ["MAX_BYTES", "as_utf8", "is_page", "rules_for", "sitemaps_of"]

#: Bytes of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB).
MAX_BYTES = 512 * 1024
_LINE = re.compile(r"^\s*site-?map\s*:\s*(\S+)", re.IGNORECASE)
#: Bytes that are read where only the sitemaps are wanted.
_LIMIT = 2 * 1024 * 1024
_BREAK = re.compile(r"\r\n|\r|\n")
_AGENT = re.compile(r"\s*user[\s-]?agent\s*[:\s]\s*(\*(?=\s|$)|[a-z0-9_-]*)", re.IGNORECASE)
#: What a group is made of besides, in the spellings met. Other lines, Sitemap among them, are of no group and end none (RFC 9309, 2.2.4).
_RULE = re.compile(
    r"\s*(?:allow|diss?all?[ao]w|diasllow|crawl[\s-]delay|request-rate|visit-time|content-(?:usage|signal))\s*[:\s]",
    re.IGNORECASE,
)
#: Bytes that are no UTF-8, and characters that a parser may take for the end of a line.
_ODD = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029\udc80-\udcff]")
#: Parsers take the index page of a folder for the folder too; with a star behind it they do not, and it matches what it did.
_INDEX = re.compile(r"(?<=/index\.html)\s*$", re.IGNORECASE)
_MARK = b"\xef\xbb\xbf"
_DELAY = re.compile(r"\s*crawl[\s-]delay\s*[:\s]\s*(.*)", re.IGNORECASE)
_SECONDS = re.compile(r"(\d+)(?:[.,](\d+))?\s*(?:s|secs?|seconds?)?[.;,]?", re.IGNORECASE)
#: What a program says (a warning of PHP's, say) before the rules that it writes is in tags too, but no page.
_FRAGMENT = re.compile(rb"<(?:br|b|i|p|pre|div|span|font|strong|em|hr)[\s/>]", re.IGNORECASE)
_RULES_FOLLOW = re.compile(rb"^[ \t]*user-agent[ \t]*:", re.IGNORECASE | re.MULTILINE)


def as_utf8(body: bytes) -> bytes:
    """The file in UTF-8 where its byte order mark says that it is in UTF-16, as some editors save it; any other as it is."""
    return body.decode("utf-16", "replace").encode() if body.startswith((b"\xff\xfe", b"\xfe\xff")) else body


def is_page(body: bytes) -> bool:
    """Is it an HTML or XML page in the place of a robots.txt? What may stand before its first tag (byte order mark, comments) is passed over.

    Rules that follow after a mere warning in tags are rules (RFC 9309, 2.3.1.5).
    """
    head = body[:8192]
    while True:
        head = head.lstrip(b" \t\r\n\f\v\0").removeprefix(_MARK)
        if head.startswith(b"<!--"):
            head = head.partition(b"-->")[2]
        elif head.startswith(b"<?"):
            head = head.partition(b"?>")[2]
        elif head.startswith(b"#"):
            head = [*re.split(rb"[\r\n]", head, maxsplit=1), b""][1]
        elif not head.startswith((b" ", b"\t", b"\r", b"\n", _MARK)):
            if _FRAGMENT.match(head) and _RULES_FOLLOW.search(body.replace(b"\r", b"\n")):
                return False
            return re.match(rb"<[!/a-z]", head, re.IGNORECASE) is not None


def rules_for(body: bytes, agent: str) -> bytes:
    """The rules of the groups of `agent` (a product token, in any case), else of those of "*", as one group for all; b"" where there are none.

    body: robots.txt as served, of which `MAX_BYTES` are read, without the line that is cut there. Groups of one agent are joined, and of several delays
    the longest holds. A page in its place has no rules.
    """
    body = as_utf8(body)
    if is_page(body):
        return b""
    if len(body) > MAX_BYTES:
        body = body[: max(body.rfind(b"\n", 0, MAX_BYTES), body.rfind(b"\r", 0, MAX_BYTES)) + 1]
    groups: dict[str, list[str]] = {}
    agents: list[str] = []
    is_open = False  # do further User-agent lines join the group?
    for line in _BREAK.split(body.decode("utf-8", "surrogateescape").replace("\ufeff", "")):
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
    """Seconds, 0 where it is no number of them; a comma for a point and the name of the unit are borne."""
    found = _SECONDS.fullmatch(text.strip())
    try:
        seconds = float(f"{found[1]}.{found[2] or 0}" if found else text)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < float("inf") else 0.0


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0].encode("utf-8", "surrogateescape"))


def sitemaps_of(body: bytes, url: str) -> list[str]:
    """The addresses on `Sitemap:` lines, absolute, each once, in the order of the file.

    body: robots.txt as served (gzip, BOM and any line ends are borne). url: its address, which relative ones are joined to.
    An HTML page in its place gives an empty list.
    """
    text = "".join(decoded(plain(body, _LIMIT)))
    if text.lstrip()[:1] == "<" and is_page(text.encode("utf-8", "replace")):
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
