"""Taking URLs apart and putting them together without exceptions: a bad URL costs itself alone.

`urllib.parse` raises ValueError for some URLs, such as "http://[x" (an unmatched bracket) and hosts with characters
that look like "/" or "@".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

__all__ = [
    "is_same_site",
    "is_web_url",
    "joined",
    "registered_domain",
    "split",
    "without_controls",
    "without_credentials",
]

_NOTHING = SplitResult("", "", "", "", "")
_USER = re.compile(r"//[^/@\s]*@")
#: What browsers remove from the ends of a URL and inside it (URL standard, 4.4), and what they escape in it.
_REMOVED_AT_ENDS = "".join(map(chr, range(0x21)))
_REMOVED = re.compile("[\t\n\r]")
_NOT_IN_URLS = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: A user name and password in a URL.
_USER = re.compile(r"(?<=:)//[^/?#@]{1,500}@")


def split(url: str) -> SplitResult:
    """`urlsplit`, with empty parts for what cannot be taken apart. Reading `port` of the result may still raise."""
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING


def joined(base: str, href: str) -> str | None:
    """The absolute http(s) URL of a link in the document `base`; None if there is none."""
    try:
        url = urljoin(base, href)
    except ValueError:
        return None
    return url if is_web_url(url) else None


def is_web_url(url: str) -> bool:
    """Can this be requested: http or https, with a host, and in a form that can be taken apart?"""
    if not url[:8].lower().startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port >= 0)
    except ValueError:
        return False


def is_same_site(one: str, other: str) -> bool:
    """Have two URLs the same host, or the same registered domain by the public suffix list?"""
    first, second = split(one).hostname, split(other).hostname
    if not first or not second or first == second:
        return first == second
    return registered_domain(first) == registered_domain(second)


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str:
    """The registered domain of a host name, by the bundled public suffix list, its private section included.

    For a host that is itself a public suffix: the host. For one that the list does not have: its last two labels, which
    is the list's default rule.
    """
    found = _suffixes()(host)
    if found.top_domain_under_public_suffix or found.suffix == host:
        return str(found.top_domain_under_public_suffix or host)
    return ".".join(host.split(".")[-2:])  # a suffix that the list does not have


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    import tldextract  # only pages that name another host need it

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def without_user(url: str) -> str:
    """A URL without the user name and password in it: they are not ours to send, log or store."""
    return _USER.sub("//", url, count=1)


def without_controls(url: str) -> str:
    """A URL as browsers read it: without line breaks and tabs, and with other control characters escaped.

    A lone surrogate becomes U+FFFD.
    """
    if url.isprintable() and " " not in url:
        return url
    return _NOT_IN_URLS.sub(_escaped, _REMOVED.sub("", url.strip(_REMOVED_AT_ENDS)))


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    return quote("\ufffd" if "\ud800" <= character <= "\udfff" else character)


def without_credentials(text: str) -> str:
    """The text, its URLs without user and password."""
    return _USER.sub("//", text)
