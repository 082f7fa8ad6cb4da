"""Parses Content-Usage (IETF aipref) and Content-Signal into preferences by category.

Sources: draft-ietf-aipref-vocab, section 6 (an RFC 9651 Dictionary in which the values "y" and "n" count; text that
cannot be parsed as one states nothing); contentsignals.org ("search=yes, ai-train=no").
"""

from __future__ import annotations

import re

from newscrawl.article import UsageStatement

__all__ = ["MAX_RAW", "signal_statement", "usage_statement"]

#: Characters of a statement that are read and kept at most.
MAX_RAW = 1_000
_KEY = r"[a-z*][a-z0-9_\-.*]*"
_BARE = "|".join(
    [
        r"\"(?:[^\"\\\x00-\x1f\x7f]|\\[\"\\])*\"",  # string
        r":[A-Za-z0-9+/=]*:",  # byte sequence
        r"\?[01]",  # boolean
        r"@-?\d+",  # date
        r"-?\d+(?:\.\d+)?",  # number
        r"[A-Za-z*][\w!#$%&'*+.^`|~:/-]*",  # token
    ]
)
_PARAMETERS = rf"(?:; *{_KEY}(?:=(?:{_BARE}))?)*"
_INNER = rf"\((?: *(?:{_BARE}){_PARAMETERS}(?= |\)))* *\)"
_MEMBER = re.compile(rf"({_KEY})(?:=({_BARE}|{_INNER}))?{_PARAMETERS}")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_SIGNAL = re.compile(r"\s*([a-z][a-z0-9_-]{0,40})\s*=\s*(yes|no)\s*", re.IGNORECASE)


def usage_statement(raw: str, source: str) -> UsageStatement:
    """Parse a Content-Usage statement. If a key occurs twice, its last value counts."""
    raw = raw.strip()[:MAX_RAW]
    found: dict[str, str] = {}
    at = 0
    while at < len(raw):
        member = _MEMBER.match(raw, at)
        if member is None:
            return UsageStatement(source, raw)
        found[member[1]] = member[2] or ""
        at = member.end()
        if at < len(raw):
            comma = _COMMA.match(raw, at)
            if comma is None or comma.end() == len(raw):
                return UsageStatement(source, raw)
            at = comma.end()
    return UsageStatement(
        source, raw, tuple((key, value == "y") for key, value in found.items() if value in ("y", "n"))
    )


def signal_statement(raw: str, source: str) -> UsageStatement:
    """Parse a Content-Signal statement: names in any case, malformed pairs are skipped, and "no" wins over "yes"."""
    raw = raw.strip()[:MAX_RAW]
    found: dict[str, bool] = {}
    for part in raw.replace(";", ",").split(","):
        pair = _SIGNAL.fullmatch(part)
        if pair is not None:
            found[pair[1].lower()] = found.get(pair[1].lower(), True) and pair[2].lower() == "yes"
    return UsageStatement(source, raw, tuple(found.items()))
