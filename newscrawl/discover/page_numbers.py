"""URLs as pages of something: "?page=2", "/page/2", "-2.html". Sees only URLs, and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newscrawl.discover.address import same_article_key

__all__ = [
    "NUMBER_PARAMETER",
    "QUERY_OFFSET",
    "QUERY_PAGE",
    "names_a_page",
    "own_keys",
    "page_key",
    "page_number",
    "readings",
    "stem",
]

_PAGE_NAMES = (
    "page|paged|pages|pg|pageno|page_no|pagenum|pagenumber|page_number|currentpage"
    "|seite|pagina|sayfa|strona|sida|side|sivu|oldal|stranka|str|p"
)
#: A parameter that numbers a page, with its number and without; and one that counts entries or points to one.
QUERY_PAGE = re.compile(rf"(?:^|(?<=&))((?:[a-z_\-]*\[)?(?:{_PAGE_NAMES})\]?)=(\d{{1,5}})(?:&|$)", re.IGNORECASE)
NUMBER_PARAMETER = re.compile(rf"(?:{_PAGE_NAMES})", re.IGNORECASE)
QUERY_OFFSET = re.compile(
    r"(?:^|&)(?:offset|start|from|skip|cursor|after|before|max_id|last|lastid|until|to|begin|b_start|startindex"
    r"|pageindex|page_index)=",
    re.IGNORECASE,
)
_PATH_PAGE = re.compile(rf"[/\-_.,](?:{_PAGE_NAMES})[/\-_=,]?(\d{{1,5}})(?=/?$|\.\w{{2,5}}$|/)", re.IGNORECASE)
_PATH_END = re.compile(r"([/\-_.,])(\d{1,3})(?=/?$|\.[a-z]\w{1,4}$)", re.IGNORECASE)
#: "index2.html", "council3.html": a number glued to the page's name.
_GLUED = re.compile(r"(?<=[a-z])(\d{1,3})(?=\.(?:html?|php)$)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def readings(url: str) -> tuple[tuple[str, int, bool], ...]:
    """The ways to read a URL as page n: (the URL without the number, n, whether a word like "page" marks it)."""
    return tuple(_readings(url))


def _readings(url: str) -> Iterator[tuple[str, int, bool]]:
    head, _, query = url.partition("?")
    match = QUERY_PAGE.search(query)
    if match:
        rest = (query[: match.start()] + query[match.end() :]).strip("&")
        yield head + (f"?{rest}" if rest else ""), int(match.group(2)), True
    tail = f"?{query}" if query else ""
    match = next(reversed(list(_PATH_PAGE.finditer(head))), None)
    if match:
        yield head[: match.start()] + head[match.end() :] + tail, int(match.group(1)), True
    match = _PATH_END.search(head)
    if match and head.count("/") > 2:
        yield head[: match.start()] + head[match.end() :] + tail, int(match.group(2)), False
    match = _GLUED.search(head)
    if match:
        yield head[: match.start()] + head[match.end() :] + tail, int(match.group(1)), False


def names_a_page(head: str, query: str) -> bool:
    """Does a URL, split at the "?", have something that can number the pages of a list?"""
    return (
        _PATH_PAGE.search(head) is not None
        or QUERY_PAGE.search(query) is not None
        or QUERY_OFFSET.search(query) is not None
        or _GLUED.search(head) is not None
    )


def page_key(url: str) -> str:
    """A key for comparing URLs without their page number. Ignores endings such as .html: some pages may lack them."""
    return re.sub(r"\.(?:html?|php|aspx?)$", "", same_article_key(url)).rstrip("/")


def page_number(url: str, keys: set[str], wanted: int | None = None) -> int | None:
    """n if `url` is page n of what `keys` are keys of, else None. wanted: the only n that counts."""
    for rest, number, _ in readings(url):
        if (wanted is None or number == wanted) and page_key(rest) in keys:
            return number
    return None


def own_keys(url: str) -> tuple[set[str], int]:
    """Keys of what a URL is a page of, by a word like "page" in it; and its number, 1 if it has none."""
    keys, number = {page_key(url)}, 1
    for rest, n, named in readings(url):
        if named:
            keys.add(page_key(rest))
            number = n if number == 1 else number
    return keys, max(number, 1)


@lru_cache(maxsize=8192)
def stem(url: str) -> str:
    """One key for all URLs that may be pages of one article: the URL without a page number from 2 to 99 at its end.

    Proves nothing: two articles of a series can have the same stem.
    """
    return next((page_key(rest) for rest, number, _ in readings(url) if 2 <= number <= 99), page_key(url))
