"""The pages of one article in parts: the further ones (`article_pages`), and the first one of a later (`first_page`).

Looks at one page and follows nothing. A further page has the article's own URL plus a page number (/2, -2.html,
?page=2, /page/2), or an offset. A link to the next article is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.article import Link
from newscrawl.discover.address import absolute, normalise
from newscrawl.discover.anchors import Anchor, Known, anchors, base_of, has_select, stem_of, walked
from newscrawl.discover.page_numbers import (
    NUMBER_PARAMETER,
    QUERY_OFFSET,
    QUERY_PAGE,
    page_key,
    page_number,
    readings,
)
from newscrawl.discover.pagination import leads_on
from newscrawl.discover.shape import article_score
from newscrawl.discover.wordlists import lines_of
from newscrawl.text import fold

__all__ = ["article_pages", "first_page", "has_unreachable_pages"]

#: Highest page number of an article in parts.
_MAX_PAGE = 200
#: Most <select> elements, and most of their options, that are looked at.
_MAX_SELECTS, _MAX_OPTIONS = 20, 60
#: A number that is a part of the path of its own, or is marked by a word.
_OWN_PART = re.compile(r"/\d{1,3}/?$")
_NUMBERS = re.compile(r"\d+")
#: Arrows around the text of a link.
_ARROWS = " «‹←<»›→>"


def article_pages(tree: LexborHTMLParser, url: str, first: str | None = None, known: Known | None = None) -> list[str]:
    """The other pages of the article that this page is a page of, in order, without page 1 and this page; [] if none.

    first: the URL of page 1, where it is known and this is a later page. known: see `anchors`. Found by a numbered
    pagination, by rel=next, by a link to the next page in one of many languages, and by a <select> of pages.
    """
    page = walked(tree, url, known)
    links = page.anchors
    own, here = _own_keys(links, url, first)
    found: dict[int, str] = {}
    itself = normalise(url)
    stems = [stem_of(one) for one in (url, first or url, *(rest for rest, _, _ in readings(url)))]
    for anchor in links:
        if any(stem in anchor.url for stem in stems):
            number = _number_of(anchor, own, here)
            if number is not None and number != here and normalise(anchor.url) != itself:
                found.setdefault(number, anchor.url)
    for address in page.following:
        following = page_number(address, own, here + 1)
        if following is None and here == 1 and _counts_from_0(address, own, 2):
            following = 2
        if following is not None:
            found.setdefault(following, address)
    for address in _options(tree, url, page.base):
        number = page_number(address, own)
        if number is not None and 2 <= number <= _MAX_PAGE and number != here:
            found.setdefault(number, address)
    return [found[number] for number in sorted(found)]


def _own_keys(links: list[Anchor], url: str, first: str | None) -> tuple[set[str], int]:
    """Keys of the URLs that further pages add a number to; and the number of this page, 1 if it has none."""
    own = {page_key(url)}
    if first is not None:
        own.add(page_key(first))
        return own, page_number(url, {page_key(first)}) or 1
    for rest, number, named in readings(url):
        # this page is a later one if a word in its URL says so, or if it links to the first one
        if number >= 2 and (
            named or any(one.number is not None and page_key(one.url) == page_key(rest) for one in links)
        ):
            own.add(page_key(rest))
            return own, number
    return own, 1


def _number_of(anchor: Anchor, own: set[str], here: int) -> int | None:
    """The number of the further page of an article that a link leads to; None for any other link."""
    address = anchor.url
    if anchor.number is not None:
        is_page = page_number(address, own, anchor.number) is not None or _counts_from_0(address, own, anchor.number)
        return anchor.number if is_page and 2 <= anchor.number <= _MAX_PAGE else None
    number = page_number(address, own)
    if number is None:
        return here + 1 if _adds_offset(address, own) and leads_on(anchor) else None
    if number == 1:
        return 2 if here == 1 and _counts_from_0(address, own, 2) and leads_on(anchor) else None
    if not 2 <= number <= _MAX_PAGE:
        return None
    is_marked = _OWN_PART.search(address) or QUERY_PAGE.search(urlsplit(address).query)
    # a number after a hyphen may belong to another article whose title is the same: the link must say what it is
    return number if is_marked or leads_on(anchor) or _names_page(anchor.text, number) else None


def _names_page(text: str, number: int) -> bool:
    """Does the text of a link name this page: "Page 2: the lower river", "2. The lower river"?"""
    numbers = _NUMBERS.findall(text)
    return numbers[:1] == [str(number)] and (text.lstrip(" (").startswith(str(number)) or says_page(text))


def _counts_from_0(address: str, own: set[str], number: int) -> bool:
    """Is this page `number` of an article whose second page is ?page=1?"""
    is_parameter = QUERY_PAGE.search(urlsplit(address).query) is not None
    return is_parameter and number >= 2 and page_number(address, own, number - 1) is not None


def _adds_offset(address: str, own: set[str]) -> bool:
    """Is this one of the `own` URLs with an offset, such as ?start=1?"""
    head, _, query = address.partition("?")
    return QUERY_OFFSET.search(query) is not None and page_key(head) in {key.partition("?")[0] for key in own}


def _page_selects(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, list[LexborNode]]]:
    """Each <select> of a page with its options, those with two or more."""
    for node in tree.css("select")[:_MAX_SELECTS] if has_select(tree) else ():
        options = node.css("option")[:_MAX_OPTIONS]
        if len(options) >= 2:
            yield node, options


def _options(tree: LexborHTMLParser, url: str, base: str) -> Iterator[str]:
    """The URLs in the options of <select> elements: their values, or the form's action with a page number."""
    for node, options in _page_selects(tree):
        name = node.attributes.get("name") or ""
        is_number = NUMBER_PARAMETER.fullmatch(name) is not None
        for option in options:
            value = (option.attributes.get("value") or option.attributes.get("data-url") or "").strip()
            if value.isascii() and value.isdigit():
                if is_number:
                    yield _with_parameter(_action(node, url, base), name, value)
            elif address := absolute(base, value) if len(value) > 1 else None:
                yield address


def _action(select: LexborNode, url: str, base: str) -> str:
    """Where the form of a <select> leads."""
    node = select.parent
    while node is not None and node.tag != "form":
        node = node.parent
    action = (node.attributes.get("action") or "") if node is not None else ""
    return (absolute(base, action) if action else None) or url


def _with_parameter(url: str, name: str, value: str) -> str:
    head, _, query = url.partition("#")[0].partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] != name]
    return f"{head}?{'&'.join([*kept, f'{name}={value}'])}"


def has_unreachable_pages(tree: LexborHTMLParser) -> bool:
    """Has the page a <select> of numbered pages? Asked where `article_pages` finds no URL of one."""
    for _, options in _page_selects(tree):
        numbers = [_NUMBERS.findall(option.text()) for option in options]
        named = [says_page(option.text()) for option in options]
        if all(named) and [one[:1] for one in numbers] == [[str(number)] for number in range(1, len(options) + 1)]:
            return True
    return False


@lru_cache(maxsize=1)
def _page_words() -> tuple[str, ...]:
    return tuple(map(fold, lines_of("page_words.txt")))


def says_page(text: str) -> bool:
    """Does a text name a page by its number, in one of many languages: "Page 2", "Seite 2 von 3"?"""
    folded = fold(text)
    return len(folded) <= 40 and _NUMBERS.search(folded) is not None and any(word in folded for word in _page_words())


@lru_cache(maxsize=1)
def _previous_phrases() -> frozenset[str]:
    return frozenset(map(fold, lines_of("previous.txt")))


def _leads_back(anchor: Anchor) -> bool:
    """Does a link say that it leads to the page before this one, or to the first?"""
    texts = (anchor.text.strip(_ARROWS), anchor.label.strip(_ARROWS))
    return any(text and len(text) <= 40 and fold(text) in _previous_phrases() for text in texts)


def first_page(tree: LexborHTMLParser, url: str, known: Known | None = None) -> str | None:
    """Page 1 of the article that this page is a later page of; None if its own pagination does not show that.

    Only if the URL is one that looks like an article's plus a page number from 2 to 99, and this page links to that
    one, or to the page before this. known: see `anchors`.
    """
    links = anchors(tree, url, known)
    for rest, number, named in readings(url):
        if not 2 <= number <= 99 or article_score(Link(rest, source="section page")) < 0.5:
            continue
        key = page_key(rest)
        for anchor in links:
            is_first = page_key(anchor.url) == key
            if is_first and (named or anchor.number == 1 or _leads_back(anchor)):
                return anchor.url
            if _leads_back(anchor) and page_number(anchor.url, {key}, number - 1) is not None:
                return rest
        for node in tree.css("link[rel~=prev i], a[rel~=prev i]"):
            address = absolute(base_of(tree, url), node.attributes.get("href") or "")
            if address and (page_key(address) == key or page_number(address, {key}, number - 1) is not None):
                return rest
    return None
