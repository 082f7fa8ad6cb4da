"""Further pages: of a list (`next_pages`) and of one article in parts (`article_pages`). Sees one page and follows nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.discover.address import absolute, is_on_site, normalise, same_article_key
from newscrawl.discover.anchors import Anchor, anchors, base_of
from newscrawl.discover.shape import article_score, refusal
from newscrawl.text import fold

__all__ = ["article_pages", "first_page", "more_phrases", "next_pages", "says_more", "stem"]

_PAGE_NAMES = (
    "page|paged|pages|pg|pageno|page_no|pagenum|pagenumber|page_number|currentpage|seite|pagina|sayfa|strona|sida|side|sivu|oldal|"
    "stranka|str|p"
)
_QUERY_PAGE = re.compile(rf"(?:^|(?<=&))((?:[a-z_\-]*\[)?(?:{_PAGE_NAMES})\]?)=(\d{{1,5}})(?:&|$)", re.IGNORECASE)
_QUERY_OTHER = re.compile(
    r"(?:^|&)(?:offset|start|from|skip|cursor|after|before|max_id|last|lastid|until|to|begin|b_start|startindex|pageindex|page_index)=",
    re.IGNORECASE,
)
_PATH_PAGE = re.compile(rf"[/\-_.,](?:{_PAGE_NAMES})[/\-_=,]?(\d{{1,5}})(?=/?$|\.\w{{2,5}}$|/)", re.IGNORECASE)
_PATH_END = re.compile(r"([/\-_.,])(\d{1,3})(?=/?$|\.[a-z]\w{1,4}$)", re.IGNORECASE)
#: "index2.html", "council3.html": a number glued to the page's name.
_GLUED = re.compile(r"(?<=[a-z])(\d{1,3})(?=\.(?:html?|php)$)", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:^|[\s_\-])(?:next|older|more|loadmore|load|pagination|pager|infinite|weiter|suivant|siguiente)(?:$|[\s_\-])",
    re.IGNORECASE,
)
_NEXT_NAME = re.compile(
    r"(?:^|[\s_\-])(?:next|older|load-?more|show-?more|view-?more|more-?posts|nextpage)(?:$|[\s_\-])", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATA = ("data-href", "data-url", "data-next", "data-next-url", "data-next-page-url", "data-nexturl", "data-load-more-url", "data-page-url",
         "data-endpoint", "data-ajax-url", "data-src", "data-link", "data-path", "hx-get", "href")  # fmt: skip
_BUTTONS = (
    ", ".join(f"[{name}]" for name in _DATA if name not in ("href", "data-src", "data-link", "data-path"))
    + ", button[data-path]"
)
_ARROWS = re.compile(r"[\s»›→>▸▶▼↓⟩⟫〉》…+.:]{1,99}$|^[\s»›→>+▼↓⟩⟫〉》]+")
_POINTS_ON = frozenset("»›→>▸▶▼↓⟩⟫〉》")
_LONGEST_PHRASE = 40
_NUMBERED_AT_MOST = 200
#: Statements of rel=next that are looked at, and links and buttons that lead on; a page has one, or one a list.
_NEXT_AT_MOST = 50


@lru_cache(maxsize=1)
def more_phrases() -> frozenset[str]:
    """The words of controls that lead on in a list, folded, in all languages of more.txt."""
    lines = files("newscrawl.discover").joinpath("more.txt").read_text("utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


def _without_page(url: str) -> Iterator[tuple[str, int, bool]]:
    """The ways to read `url` as page n of something: (the address without the number, n, whether a word says that it is a page)."""
    head, _, query = url.partition("?")
    match = _QUERY_PAGE.search(query)
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


def _key(url: str) -> str:
    """For comparing what is left without the page's number: an ending like .html may stand on one page only."""
    return re.sub(r"\.(?:html?|php|aspx?)$", "", same_article_key(url)).rstrip("/")


def _number_on(url: str, bases: set[str], wanted: int | None = None) -> int | None:
    """n, when `url` is page n of what `bases` are keys of."""
    for rest, number, _ in _without_page(url):
        if (wanted is None or number == wanted) and _key(rest) in bases:
            return number
    return None


def _bases(url: str, loose: bool) -> tuple[set[str], int]:
    """Keys of what this page is a page of, and its number (1 when it names none). loose: a bare number at the end counts too."""
    keys, number = {_key(url)}, 1
    for rest, n, named in _without_page(url):
        if named or loose:
            keys.add(_key(rest))
            number = n if number == 1 else number
    return keys, max(number, 1)


def _leads_on(address: str, own: set[str]) -> bool:
    """Is a rel=next no story? Weblogs name the story before or after this one so."""
    return _number_on(address, own) is not None or article_score(Link(address, source="section page")) < 0.5


def _rel_next(tree: LexborHTMLParser, base: str) -> list[str]:
    found = []
    for node in tree.css("link[rel~=next i], a[rel~=next i]")[:_NEXT_AT_MOST]:
        address = absolute(base, node.attributes.get("href") or "")
        if address:
            found.append(address)
    return found


def says_more(text: str) -> bool:
    """Is this the text of a link to more: a phrase of the data file, or an arrow that points on?"""
    text = text.strip()
    if len(text) > _LONGEST_PHRASE:
        return False
    words = _ARROWS.sub("", text) if text else ""
    return fold(words) in more_phrases() if words else bool(text) and text[0] in _POINTS_ON


def _names(attributes: dict[str, str | None]) -> str:
    said = [value for name in ("class", "id", "data-testid", "data-action", "rel") if (value := attributes.get(name))]
    return _CAMEL.sub("-", " ".join(said)) if said else ""


def _more_links(links: list[Anchor], url: str) -> Iterator[str]:
    """Links whose text, name or place says that they lead on, and which look like no article."""
    own, here = _bases(url, loose=False)
    own |= {stem(url)}
    here = max([here, *(number for _, number, _ in _without_page(url) if number < 100)])
    path = url.partition("?")[0].rstrip("/")
    for anchor in links:
        head, _, query = anchor.url.partition("?")
        # both tests are cheap, and together they leave a handful of links to look at closely
        paged = (
            _PATH_PAGE.search(head) is not None
            or _QUERY_PAGE.search(query) is not None
            or _QUERY_OTHER.search(query) is not None
        )
        paged = paged or _GLUED.search(head) is not None
        inside = head.startswith(path + "/") or head.rstrip("/") == path
        if not paged and (not inside or len(anchor.text) > _LONGEST_PHRASE):
            continue
        if (
            not says_more(anchor.text)
            and not _NEXT_NAME.search(_names(anchor.attributes))
            and not says_more(anchor.label)
        ):
            continue
        if not is_on_site(anchor.url, url) or (
            not paged and article_score(Link(anchor.url, source="section page")) >= 0.5
        ):
            continue
        if (
            _goes_back(anchor.url, own, url) or (_number_on(anchor.url, own) or 0) > here + 1
        ):  # before this page, or the last one
            continue
        yield anchor.url


def _goes_back(address: str, own: set[str], url: str) -> bool:
    """Is `address` an earlier page of this list, or this page?"""
    _, here = _bases(url, loose=False)
    number = _number_on(address, own)
    return normalise(address) == normalise(url) or (number is not None and number <= here)


def _buttons(tree: LexborHTMLParser, url: str, base: str) -> Iterator[str]:
    """Addresses that stand on a button or box that loads more."""
    for node in tree.css(_BUTTONS):
        attributes = node.attributes
        named = _CONTROL.search(_names(attributes)) or any("next" in name or "more" in name for name in attributes)
        if not named and not says_more(node.text()[:80]):
            continue
        for name in _DATA:
            value = attributes.get(name) or ""
            if len(value) > 1 and not value.startswith(("#", "{", "[", "javascript:", "data:")):
                address = absolute(base, value)
                if address and is_on_site(address, url):
                    yield address
                break


def next_pages(tree: LexborHTMLParser, url: str) -> list[str]:
    """Where the list on this page goes on: absolute addresses, surest first, each once; [] at its end.

    By rel=next, by the next number of a numbered pagination, by a link that says "more", "older" or "next" in many languages (or is
    named so), by the address that a button to load more carries. Only of this site; neither this page nor one before it.
    """
    base = base_of(tree, url)
    links = anchors(tree, url)
    own, here = _bases(url, loose=False)
    numbered: dict[int, str] = {}
    for anchor in links:
        number = anchor.number or 0
        if (
            number > here
            and number not in numbered
            and is_on_site(anchor.url, url)
            and _is_page(anchor.url, own, number)
        ):
            numbered[number] = anchor.url
    found: dict[str, str] = {}
    candidates = [a for a in _rel_next(tree, base) if not _goes_back(a, own, url) and _leads_on(a, own)]
    if numbered:
        candidates.append(numbered[min(numbered)])
    for address in (
        *candidates,
        *islice(_more_links(links, url), _NEXT_AT_MOST),
        *islice(_buttons(tree, url, base), _NEXT_AT_MOST),
    ):
        if is_on_site(address, url) and normalise(address) != normalise(url) and _may_list(address):
            found.setdefault(normalise(address), address)
    return list(found.values())


def _may_list(address: str) -> bool:
    """May more of a list lie there? A script's address, a tag or a search may hold it, though no article."""
    why = refusal(address)
    return why is None or why.startswith(("search", "technical", "tag", "author"))


def _is_page(address: str, own: set[str], number: int) -> bool:
    if _number_on(address, own, number) is not None:
        return True
    # lists count from 0, or by entries: ?offset=20 on "2"
    head, _, query = address.partition("?")
    return (_QUERY_OTHER.search(query) is not None and _key(head) in {key.partition("?")[0] for key in own}) or (
        _QUERY_PAGE.search(query) is not None and _number_on(address, own, number - 1) is not None
    )


def article_pages(tree: LexborHTMLParser, url: str) -> list[str]:
    """The other pages of the one article that this page is a page of, in their order, page 1 and this page left out; [] if none.

    Only addresses that are the article's own plus a page number (/2, -2.html, ?page=2, /page/2), and that a numbered pagination or
    rel=next names: a link to the next article is none.
    """
    own = {_key(url)}
    here = 1
    found: dict[int, str] = {}
    candidates = [(anchor.url, anchor.number) for anchor in anchors(tree, url) if anchor.number is not None]
    for rest, number, named in _without_page(url):
        # this page is itself a later one, when a word says so or the first one is linked from here
        if number >= 2 and (named or any(_key(address) == _key(rest) for address, _ in candidates)):
            own.add(_key(rest))
            here = number
            break
    for address, number in candidates:
        if 2 <= number <= _NUMBERED_AT_MOST and number != here and _number_on(address, own, number) is not None:
            found.setdefault(number, address)
    for address in _rel_next(tree, base_of(tree, url)):
        following = _number_on(address, own, here + 1)
        if following is not None:
            found.setdefault(following, address)
    return [found[number] for number in sorted(found)]


@lru_cache(maxsize=8192)
def stem(url: str) -> str:
    """One key for the addresses that may be pages of one article: without a page number from 2 to 99 at the end. Proves nothing."""
    return next((_key(rest) for rest, number, _ in _without_page(url) if 2 <= number <= 99), _key(url))


def first_page(tree: LexborHTMLParser, url: str) -> str | None:
    """Page 1 of the article that this page is a later page of; None when it is none that its own pagination shows.

    Only where the address is another article-like one plus a page number from 2 to 99, and this page links to that one.
    """
    for rest, number, _ in _without_page(url):
        if 2 <= number <= 99 and article_score(Link(rest, source="section page")) >= 0.5:
            key = _key(rest)
            for anchor in anchors(tree, url):
                if anchor.number == 1 and _key(anchor.url) == key:
                    return anchor.url
            for node in tree.css("link[rel~=prev i], a[rel~=prev i]"):
                address = absolute(base_of(tree, url), node.attributes.get("href") or "")
                if address and (_key(address) == key or _number_on(address, {key}, number - 1) is not None):
                    return rest
    return None
