"""URLs: one normal form for comparing them, the site each belongs to, and what a link means on its page.

Resolves no names and follows no redirects: two URLs that only a redirect or a canonical link shows to be the same stay
two. The public suffix list is the bundled one; nothing is fetched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from newscrawl.discover.hosts import is_address, is_private_host, parse_site, plain_host
from newscrawl.discover.parameters import is_noise, without_view
from newscrawl.urls import joined, registered_domain

__all__ = [
    "absolute",
    "is_on_site",
    "is_private_host",
    "normalise",
    "parse_site",
    "same_article_key",
    "same_host_key",
    "site_of",
    "without_query",
]

_DEFAULT_PORTS = {"http": 80, "https": 443}
#: URLs that are in their normal form already. Most are, and cost one match.
_NORMAL = re.compile(r"https?://[a-z0-9](?:[a-z0-9\-]*\.)*[a-z0-9\-]*[a-z0-9](?:/[A-Za-z0-9_~\-][A-Za-z0-9._~\-]*)*/?")
_REMOVED = re.compile(r"[\t\r\n]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: Characters that stay unescaped in a path and in a query.
_PATH_SAFE, _QUERY_SAFE = "/%:@!$&'()*+,;=~-._", "/%:@!$&'()*+,;=~-._?[]|"
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\((?:[A-Z]\([A-Za-z0-9]{8,}\))+\)(?=/|$)", re.IGNORECASE
)
_INDEX = re.compile(r"/(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|shtml|cfm)$", re.IGNORECASE)
#: AMP and print views, by the end of the path, by its beginning, and by the first label of the host.
_VIEW_END = re.compile(
    r"(?:/(?:amp|print|printview|print-?version|drucken|druckansicht|imprimir|imprimer|stampa|yazdir))$"
    r"|\.amp$|(?<=\w)\.(?:amp|print)(?=\.\w{2,5}$)|/amp(?=\.html?$)",
    re.IGNORECASE,
)
_VIEW_START = re.compile(r"^/(?:amp|print|mobile)(?=/.)", re.IGNORECASE)
_VIEW_HOSTS = frozenset({"www", "www2", "www3", "m", "mobile", "mobil", "amp", "wap", "touch", "print", "lite"})
#: Those of them that may also stand after another label.
_INNER_VIEWS = frozenset({"m", "mobile", "mobil", "amp", "wap", "touch"})
#: A template's placeholder that nothing has filled in, or what a script writes for a missing value.
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|%7b%7b|<%|%3c%25|\$\{|\$%7b|\[object%20|\[object |(?:^|/)(?:undefined|null|NaN)$", re.IGNORECASE
)


def _unescape_unreserved(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else "%" + match.group(1).upper()


def _escaped(text: str, safe: str) -> str:
    """Escapes in capitals, only where needed: unreserved characters unescaped, invalid ones escaped. "%2F" stays."""
    if "%" in text:
        text = _ESCAPE.sub(_unescape_unreserved, text)
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


def _forward_slashes(href: str) -> str:
    """Browsers read a backslash before the query as a slash (URL standard, 4.4), so it must not hide a host."""
    head, mark, query = href.partition("?")
    return head.replace("\\", "/") + mark + query


def absolute(base: str, href: str) -> str | None:
    """A link of the document `base` as an absolute URL without its fragment; None if it is not an http(s) URL."""
    if href[:1] <= " " or href[-1:] <= " " or "\n" in href or "\t" in href:
        href = _REMOVED.sub("", href.strip())
    if "#" in href:
        href = href[: href.index("#")]
    if "\\" in href:
        href = _forward_slashes(href)
    if not href or href.startswith("///") or _PLACEHOLDER.search(href):
        return None
    if "[" in href or "]" in href or not href.isascii() or not base.isascii():
        return joined(base, href)  # such a host may be invalid
    if href.startswith(("https://", "http://")):
        return href if len(href) > 8 and href.partition("://")[2][:1] != "/" else None
    if href[0] == "/" and "/." not in href:
        # joined by hand where nothing can go wrong, at a tenth of the cost of urljoin
        scheme, _, rest = base.partition("://")
        if href.startswith("//"):
            return f"{scheme}:{href}" if len(href) > 3 and scheme in _DEFAULT_PORTS else None
        host = rest.partition("/")[0].partition("?")[0]
        return f"{scheme}://{host}{href}" if scheme in _DEFAULT_PORTS else None
    return joined(base, href)


@lru_cache(maxsize=16384)
def normalise(url: str) -> str:
    """The normal form of a URL, for comparing URLs. A server can tell it from the given one only by what it tracks.

    Scheme and host in lower case (international names as xn--); no user name, default port, fragment, tracking
    parameter or session; the rest of the query sorted by name; no dot segments; escapes in capitals and only where
    needed; "/" for an empty path. Escapes that change the meaning ("%2F") stay. What is not an http(s) URL comes back
    trimmed and otherwise unchanged.
    """
    if _NORMAL.fullmatch(url):
        return url if url.count("/") > 2 else url + "/"
    url = _REMOVED.sub("", url.strip())
    if "\\" in url:
        url = _forward_slashes(url)
    try:
        parts = urlsplit(url)
        port = parts.port
        scheme, host = parts.scheme.lower(), plain_host(parts.hostname or "")
    except ValueError:
        return url
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    # without user name and password: those in a link are not ours to send, log or store
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    path = _PATH_SESSION.sub("", parts.path)
    path = _without_dots(_escaped(path, _PATH_SAFE)) or "/"
    query = parts.query
    if query:
        fields = [field for field in query.split("&") if field and not is_noise(field)]
        query = _escaped("&".join(sorted(fields, key=_name)), _QUERY_SAFE)
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")


def _name(field: str) -> str:
    return field.partition("=")[0]


@lru_cache(maxsize=16384)
def same_article_key(url: str) -> str:
    """One key for all URLs of an article that can be recognised as such without a request. Not a URL to fetch.

    Ignores, beyond what `normalise` does: http or https, hosts named www., m. or amp., AMP, print and single-page
    views, parameters that only say where a reader comes from, a slash at the end, and index.html.
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
        query = "&".join(without_view(query.split("&"), named=path.count("/") > 1 or len(path) > 12))
    return _plain_netloc(netloc) + path + (f"?{query}" if query else "")


@lru_cache(maxsize=4096)
def _plain_netloc(netloc: str) -> str:
    """A host and port without leading labels that name a view ("www.", "m.")."""
    netloc = netloc.rpartition("@")[2]
    host, colon, port = netloc.partition(":")
    if netloc.startswith("[") or is_address(host):
        return netloc
    registered = registered_domain(host)
    while host != registered:
        first, _, rest = host.partition(".")
        if first not in _VIEW_HOSTS or not rest:
            break
        host = rest
    if host != registered and (before := host.removesuffix("." + registered)) != host:
        # de.m.a.example: a view of de.a.example
        labels = [label for label in before.split(".") if label not in _INNER_VIEWS]
        host = ".".join([*labels, registered])
    return host + colon + port


def same_host_key(host: str) -> str:
    """One key for the host names under which a publisher serves views of the same pages: without www., m., amp. ...

    host: a name without a port. Other names of a site (news.a.example) stay apart.
    """
    return _plain_netloc(plain_host(host))


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
    return registered_domain(host)


def site_of(url: str) -> str:
    """The site a URL belongs to: its registered domain by the public suffix list, private section included.

    For an IP address, localhost or a name without a dot: host:port, or the host alone if no port is given. "" if
    there is no host.
    """
    _, mark, rest = url.partition("//")
    rest = rest if mark else url
    end = min(
        (at for at in (rest.find("/"), rest.find("?"), rest.find("#"), rest.find("\\")) if at >= 0), default=len(rest)
    )
    return _site_of_netloc(rest[:end].strip())


def without_query(url: str) -> str:
    """The URL up to its query or fragment: what stays the same when a page reloads itself with another number."""
    return url.partition("#")[0].partition("?")[0]


def is_on_site(url: str, site_url: str) -> bool:
    """Do both URLs belong to the same site (see `site_of`)?"""
    site = site_of(site_url)
    return bool(site) and site_of(url) == site
