"""Host names: what a person types as a site, and which hosts are not part of the public internet. Resolves no names."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import idna

__all__ = ["is_address", "is_private_address", "is_private_host", "parse_site", "plain_host"]

_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
#: A user name and password in a URL, which no message shows.
_CREDENTIALS = re.compile(r"//[^/?#@]{1,500}@")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://")
#: Schemes that are written without slashes. "a.example:80" and "localhost:80" have none.
_BARE_SCHEME = re.compile(
    r"(mailto|javascript|data|file|ftp|tel|about|view-source|news|feed|blob|http|https):(?!\d)", re.IGNORECASE
)
#: Top-level names that never leave the local network, by RFC 6761, 6762, 8375, ICANN's .internal, or custom.
_LOCAL_NAMES = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "corp", "home", "private"}
)
_LOCAL_HOSTS = frozenset({"ip6-localhost", "ip6-loopback", "broadcasthost"})


@lru_cache(maxsize=8192)
def plain_host(host: str) -> str:
    """A host in lower case, international names as xn-- (IDNA 2008), without brackets, escapes, zone and final dot."""
    host = host.strip().strip("[]")
    if "%" in host and ":" not in host:
        host = unquote(host)
    host = host.partition("%")[0].lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:  # no name by the standard; some resolve nevertheless
            host = unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower()
            with contextlib.suppress(UnicodeError):
                host = host.encode("idna").decode("ascii")
    return host[:-1] if host.endswith(".") else host


def _ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a host spells in any way a resolver accepts; None for a name.

    Accepts 127.1, 0x7f000001, 017700000001, 2130706433 and IPv6 addresses (without brackets).
    """
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host)
        except ValueError:
            return None
    parts = host.split(".")
    if not 1 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    numbers = []
    for part in parts:
        try:
            if part[:2].lower() == "0x":
                numbers.append(int(part[2:] or "0", 16))
            else:
                numbers.append(int(part, 8 if part.startswith("0") and len(part) > 1 else 10))
        except ValueError:
            try:
                numbers.append(int(part))  # "08" is not a valid octal number; some resolvers read it as 8
            except ValueError:
                return None
    *high, low = numbers
    if any(number > 255 for number in high) or low >= 256 ** (5 - len(numbers)):
        return None
    value = low
    for place, number in enumerate(high):
        value |= number << (24 - 8 * place)
    return ipaddress.IPv4Address(value)


def is_address(host: str) -> bool:
    """Is `host` an IP address, in any spelling?"""
    return (
        bool(host) and (":" in host or host[-1] in "0123456789abcdefABCDEFxX") and _ip_of(plain_host(host)) is not None
    )


#: IPv4 networks that `ipaddress` calls global but that a crawler must not reach: protocol assignments (RFC 6890),
#: 6to4 relays (RFC 7526), and a cloud's own host for its guests.
_NOT_PUBLIC = tuple(ipaddress.ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))
#: The IPv6 addresses assigned to hosts (RFC 4291, 2.4). All others are local, reserved or hold an IPv4 address.
_ASSIGNED = ipaddress.IPv6Network("2000::/3")
#: Reserved for documentation (RFC 9637), which older versions of `ipaddress` do not know.
_DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")
#: The first 96 bits of addresses whose last 32 are an IPv4 address: compatible and mapped (RFC 4291), translated
#: (RFC 2765), NAT64 (RFC 6052).
_HOLDS_IPV4 = frozenset({0, 0xFFFF, 0xFFFF << 16, 0x0064FF9B << 64})
#: Bits 64 to 95 of addresses whose last 32 are an IPv4 address, whatever comes before (ISATAP, RFC 5214).
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def _is_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        start = int(address) >> 32
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if start in _HOLDS_IPV4:
            return _is_private(inner)
        if (
            address.teredo is not None
            or address not in _ASSIGNED
            or address in _DOCUMENTATION
            or (start & 0xFFFFFFFF in _ISATAP and _is_private(inner))
        ):
            return True
        if address.sixtofour is not None:
            return _is_private(address.sixtofour)
    elif any(address in network for network in _NOT_PUBLIC):
        return True
    return not address.is_global or address.is_multicast or address.is_reserved


@lru_cache(maxsize=8192)
def is_private_address(ip: str) -> bool:
    """Is an IP address, as a connection reports it, outside the public internet? Part of the SSRF guard.

    True for loopback, private, link-local, carrier-grade NAT, multicast, reserved and documentation addresses, for
    the hosts from which clouds serve their metadata, and for IPv6 addresses that stand for such an IPv4 address
    (mapped, 6to4, NAT64, ISATAP; Teredo always). ip: as the socket names it; a zone ("fe80::1%eth0") may follow.
    True also for what is not an IP address.
    """
    try:
        return _is_private(ipaddress.ip_address(ip.partition("%")[0]))
    except ValueError:
        return True


def is_private_host(host: str) -> bool:
    """Is a host loopback, private, link-local or reserved, as far as its name shows? Part of the SSRF guard.

    Recognises IPv4 and IPv6 addresses (IPv4 inside IPv6, and decimal, octal and hexadecimal spellings too), localhost,
    and the names reserved for local networks. Asks no resolver: a public name that resolves to a private address is
    caught when the connection is made (`is_private_address`). An empty host counts as private.
    """
    host = plain_host(host).rstrip(".")
    if not host:
        return True
    address = _ip_of(host)
    if address is not None:
        return _is_private(address)
    return host.rpartition(".")[2] in _LOCAL_NAMES or host in _LOCAL_HOSTS or host.endswith("home.arpa")


def parse_site(text: str) -> str:
    """What a person types as a site, as an absolute URL.

    Accepts "a.example", "a.example:8080/path", "127.0.0.1:8000" and whole http(s) URLs. Without a scheme it becomes
    https://, and http:// for an IP address or localhost. Raises ValueError that quotes the text and says what is
    wrong with it.
    """
    site = text.strip()

    def wrong(why: str) -> ValueError:
        shown = _CREDENTIALS.sub("//***@", text)
        return ValueError(f"{shown!r} is not a usable site: {why}")

    if not site:
        raise wrong("it is empty")
    if re.search(r"\s", site):
        raise wrong("it contains white space")
    scheme = _SCHEME.match(site) or _BARE_SCHEME.match(site)
    if scheme and scheme.group(1).lower() not in ("http", "https"):
        raise wrong(f"only http and https can be crawled, not {scheme.group(1)!r}")
    if scheme and not site[scheme.end(1) :].startswith("://"):
        raise wrong(f"{scheme.group(1)!r} must be followed by '://'")
    try:
        parts = urlsplit(site if scheme else "//" + site.lstrip("/"))
        host = plain_host(parts.hostname or "")
    except ValueError as error:
        raise wrong(str(error)) from None
    try:
        port = parts.port
    except ValueError:
        raise wrong("its port is not a number from 1 to 65535") from None
    if port == 0 or parts.netloc.endswith(":"):
        raise wrong("its port is not a number from 1 to 65535")
    if not host:
        raise wrong("it has no host")
    if parts.username is not None:
        raise wrong("it contains a user name")
    fault = _fault_of(host)
    if fault:
        raise wrong(fault)
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    is_local = _ip_of(host) is not None or host == "localhost" or host.endswith(".localhost")
    name = scheme.group(1).lower() if scheme else "http" if is_local else "https"
    return f"{name}://{netloc}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def _fault_of(host: str) -> str | None:
    """What makes a host name unusable, or None."""
    if _ip_of(host) is not None:
        return None
    if ":" in host:
        return f"{host!r} is not an IPv6 address"
    labels = host.split(".")
    bad = next((label for label in labels if not _LABEL.fullmatch(label)), None)
    if bad is not None:
        return f"{bad!r} cannot be part of a host name" if bad else "its host has an empty part"
    if len(host) > 253:
        return "its host is too long"
    if labels[-1].isdigit():
        return f"{host!r} is neither a name nor an IP address"
    if len(labels) == 1 and host != "localhost":
        return f"{host!r} has no dot and is not localhost"
    return None
