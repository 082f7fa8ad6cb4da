"""Path patterns as in robots.txt (RFC 9309, sections 2.2.2 and 2.2.3): a prefix, "*" for anything, "$" for the end.

A match takes time linear in the length of the path.
"""

from __future__ import annotations

import re

from newscrawl.urls import split

__all__ = ["applies_to", "is_match", "target_of"]

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BEYOND = re.compile(r"[^\x21-\x7e]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MAX_PATTERN = 2_000


def target_of(url: str) -> str:
    """Path and query of a URL, normalised for `is_match`."""
    parts = split(url)
    return _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def is_match(pattern: str, target: str) -> bool:
    """Whether a pattern matches. target: the result of `target_of`."""
    body = _normal(pattern[:_MAX_PATTERN].removesuffix("$"))
    is_whole = pattern.endswith("$")
    first, *rest = body.split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not is_whole or at == len(target)
    *middle, last = rest
    for part in middle:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if is_whole:
        return len(target) - len(last) >= at and target.endswith(last)
    return target.find(last, at) >= 0


def applies_to(pattern: str, url: str) -> bool:
    """Whether a path pattern, with or without scheme and host, matches a page. An empty pattern matches every page."""
    pattern = pattern.strip()
    if not pattern:
        return True
    if "://" in pattern:
        host, _, path = pattern.partition("://")[2].partition("/")
        if _host(host) != _host(url.partition("://")[2].partition("/")[0]):
            return False
        pattern = "/" + path
    return is_match(pattern if pattern[0] in "/*" else "/" + pattern, target_of(url))


def _host(netloc: str) -> str:
    host = netloc.partition("?")[0].partition("#")[0].rpartition("@")[2].lower()
    return host.removesuffix(":443").removesuffix(":80").removeprefix("www.")


def _normal(text: str) -> str:
    """Normalise percent-encoding (RFC 3986, section 6.2.2).

    Unreserved characters are decoded, other escapes are upper-cased, and anything but printable ASCII is encoded.
    """
    if "%" in text:
        text = _ESCAPE.sub(_unescaped, text)
    if text.isascii() and " " not in text:
        return text
    return _BEYOND.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
