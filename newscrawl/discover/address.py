"""Addresses: one form of each for comparing, which site it is of, and whether it may be gone to.

Does not resolve names and follows nothing: two addresses that only a redirect or a canonical link shows to be one stay two.
The public suffix list is the bundled one; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from urllib.parse import quote, urljoin, urlsplit

import tldextract

from newscrawl.discover.hosts import is_address, is_private_host, parse_site, plain_host

__all__ = [
    "absolute",
    "is_on_site",
    "is_private_host",
    "normalise",
    "parse_site",
    "same_article_key",
    "same_host_key",
    "site_of",
]

_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)

_DEFAULT_PORTS = {"http": 80, "https": 443}
#: Addresses that are in their one form already: most are, and cost one match.
_NORMAL = re.compile(r"https?://[a-z0-9](?:[a-z0-9\-]*\.)*[a-z0-9\-]*[a-z0-9](?:/[A-Za-z0-9_~\-][A-Za-z0-9._~\-]*)*/?")
_REMOVED = re.compile(r"[\t\r\n]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\((?:[A-Z]\([A-Za-z0-9]{8,}\))+\)(?=/|$)", re.IGNORECASE
)
_SID = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9,\-]{16,}")
_INDEX = re.compile(r"/(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)$", re.IGNORECASE)
_VIEW_END = re.compile(r"(?:/(?:amp|print|printview|print-?version|drucken|druckansicht|imprimir|imprimer|stampa|yazdir))$"
                       r"|\.amp$|(?<=\w)\.(?:amp|print)(?=\.\w{2,5}$)|/amp(?=\.html?$)", re.IGNORECASE)  # fmt: skip
_VIEW_START = re.compile(r"^/(?:amp|print|mobile)(?=/.)", re.IGNORECASE)
_VIEW_HOSTS = frozenset({"www", "www2", "www3", "m", "mobile", "mobil", "amp", "wap", "touch", "print", "lite"})


def _sections() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """The data file: section -> (whole names, beginnings)."""
    exact: dict[str, set[str]] = {}
    starts: dict[str, list[str]] = {}
    section = ""
    for line in files("newscrawl.discover").joinpath("parameters.txt").read_text("utf-8").splitlines():
        line = line.strip().lower()
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            if line.endswith("*"):
                starts.setdefault(section, []).append(line[:-1])
            else:
                exact.setdefault(section, set()).add(line)
    return {name: (frozenset(exact.get(name, ())), tuple(starts.get(name, ()))) for name in {*exact, *starts}}


_PARAMETERS = _sections()
_TRACKING, _TRACKING_STARTS = _PARAMETERS["tracking"]
_SESSION, _SESSION_STARTS = _PARAMETERS["session"]
_WEAK = _PARAMETERS["weak"][0]
_VIEW = _PARAMETERS["view"][0]


def _is_noise(field: str) -> bool:
    name, _, value = field.partition("=")
    name = name.lower()
    if name in _TRACKING or name in _SESSION or name.startswith(_TRACKING_STARTS) or name.startswith(_SESSION_STARTS):
        return True
    return name in ("sid", "s") and _SID.fullmatch(value) is not None


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else "%" + match.group(1).upper()


def _escaped(text: str, safe: str) -> str:
    """Escapes in capitals; those of unreserved characters undone; characters that no address may hold escaped. "%2F" stays "%2F"."""
    if "%" in text:
        text = _ESCAPE.sub(_escape, text)
    return quote(text, safe=safe, errors="surrogatepass")


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    out: list[str] = []
    parts = path.split("/")[1:]
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        if part == "..":
            if out:
                out.pop()
        elif part != ".":
            out.append(part)
            continue
        if last:
            out.append("")
    return "/" + "/".join(out)


def _forward(href: str) -> str:
    """Browsers read a backslash before the query as a slash (URL standard, 4.4), so it must not hide a host."""
    head, mark, query = href.partition("?")
    return head.replace("\\", "/") + mark + query


def absolute(base: str, href: str) -> str | None:
    """`href` as a link of the document `base`: absolute, without fragment; None when it is no http(s) address."""
    href = (
        _REMOVED.sub("", href.strip()) if href[:1] <= " " or href[-1:] <= " " or "\n" in href or "\t" in href else href
    )
    if "#" in href:
        href = href[: href.index("#")]
    if "\\" in href:
        href = _forward(href)
    if href.startswith(("https://", "http://")):
        return href if len(href) > 8 else None
    if not href:
        return None
    try:
        if href[0] == "/" and "/." not in href:
            # joining by hand where nothing can go wrong: it is a tenth of urljoin's cost
            scheme, _, rest = base.partition("://")
            if href.startswith("//"):
                return f"{scheme}:{href}" if len(href) > 3 and scheme in _DEFAULT_PORTS else None
            host = rest.partition("/")[0].partition("?")[0]
            return f"{scheme}://{host}{href}" if scheme in _DEFAULT_PORTS else None
        joined = urljoin(base, href)
    except ValueError:
        return None
    return joined if joined[:8].lower().startswith(("http://", "https://")) else None


@lru_cache(maxsize=16384)
def normalise(url: str) -> str:
    """One form of `url` for telling addresses apart: a server cannot tell the given one from it, but for what it measures.

    Scheme and host in lower case (international names as xn--), no user name, no default port, no fragment, no tracking parameter, no session,
    the rest of the query sorted by name, no dot segments, escapes in capitals and only where needed, "/" for an empty path.
    Escapes that change the meaning ("%2F") stay. What is no http(s) address comes back trimmed and otherwise as it is.
    """
    if _NORMAL.fullmatch(url):
        return url if url.count("/") > 2 else url + "/"
    url = _REMOVED.sub("", url.strip())
    if "\\" in url:
        url = _forward(url)
    try:
        parts = urlsplit(url)
        port = parts.port
        scheme, host = parts.scheme.lower(), plain_host(parts.hostname or "")
    except ValueError:
        return url
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    netloc = (
        f"[{host}]" if ":" in host else host
    )  # a name and password that stand in a link are nobody's to send, to log or to keep
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    path = _PATH_SESSION.sub("", parts.path)
    path = _without_dots(_escaped(path, "/%:@!$&'()*+,;=~-._")) or "/"
    query = parts.query
    if query:
        fields = [field for field in query.split("&") if field and not _is_noise(field)]
        query = _escaped("&".join(sorted(fields, key=_name)), "/%:@!$&'()*+,;=~-._?[]|")
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")


def _name(field: str) -> str:
    return field.partition("=")[0]


def _without_view(fields: Iterable[str], named: bool) -> list[str]:
    """The query's fields that say which article it is. named: the path says so already."""
    kept = []
    for field in fields:
        name, _, value = field.partition("=")
        name, value = name.lower(), value.lower()
        if f"{name}={value}" in _VIEW or (name in _VIEW and value in ("", "1", "true", "yes", "on", "y")):
            continue
        if named and name in _WEAK and not value.isdigit():
            continue
        kept.append(field)
    return kept


@lru_cache(maxsize=16384)
def same_article_key(url: str) -> str:
    """One key for all the addresses of one article that can be seen to be one without asking: no address to fetch.

    Beside what `normalise` folds: http and https, www., m., amp. hosts, AMP, print and single-page views, parameters that only
    name where a reader comes from, the slash at the end, index.html.
    """
    whole = normalise(url)
    scheme, mark, rest = whole.partition("://")
    if not mark or scheme not in _DEFAULT_PORTS:
        return whole
    rest, _, query = rest.partition("?")
    netloc, _, path = rest.partition("/")
    path = "/" + path
    path = _INDEX.sub("/", path)
    path = _VIEW_START.sub("", path)
    path = path.rstrip("/")
    path = _VIEW_END.sub("", path).rstrip("/") or "/"
    if query:
        query = "&".join(_without_view(query.split("&"), named=path.count("/") > 1 or len(path) > 12))
    return _plain_netloc(netloc) + path + (f"?{query}" if query else "")


@lru_cache(maxsize=4096)
def _plain_netloc(netloc: str) -> str:
    netloc = netloc.rpartition("@")[2]
    host, colon, port = netloc.partition(":")
    if netloc.startswith("[") or is_address(host):
        return netloc
    registered = _registered(host)
    while host != registered:
        first, _, rest = host.partition(".")
        if first not in _VIEW_HOSTS or not rest:
            break
        host = rest
    return host + colon + port


def same_host_key(host: str) -> str:
    """One key for the host names that are one publisher's server for the views of its pages: www., m., amp. and the like are left off.

    host: a name without a port. Other names of a site (news.a.example) stay apart.
    """
    return _plain_netloc(plain_host(host))


@lru_cache(maxsize=4096)
def _registered(host: str) -> str:
    """The registered domain of a host name; a host that is a public suffix itself, or of a list unknown, by the list's rule for those."""
    found = _extract(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    if found.suffix == host:
        return host
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=16384)
def _site_of_netloc(netloc: str) -> str:
    netloc = netloc.rpartition("@")[2]
    try:
        parts = urlsplit("//" + netloc)
        host, port = plain_host(parts.hostname or ""), parts.port
    except ValueError:
        return netloc.lower()
    if is_address(host) or "." not in host:
        shown = f"[{host}]" if ":" in host else host
        return f"{shown}:{port}" if port else shown
    return _registered(host)


def site_of(url: str) -> str:
    """The site an address is of: its registered domain by the public suffix list (private section included).

    Of an IP address, localhost or a name without a dot: host:port, or the host alone when no port is given. "" when there is no host.
    """
    _, mark, rest = url.partition("//")
    rest = rest if mark else url
    end = min(
        (at for at in (rest.find("/"), rest.find("?"), rest.find("#"), rest.find("\\")) if at >= 0), default=len(rest)
    )
    return _site_of_netloc(rest[:end].strip())


def without_query(url: str) -> str:
    """The address up to its query and fragment: what a page keeps when it is loaded anew with another number."""
    return url.partition("#")[0].partition("?")[0]


def is_on_site(url: str, site_url: str) -> bool:
    """Are both addresses of the same site (see `site_of`)?"""
    site = site_of(site_url)
    return bool(site) and site_of(url) == site
