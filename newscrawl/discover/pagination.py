"""Where a list continues.

Looks at one page and follows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.discover.address import absolute, is_on_site, normalise
from newscrawl.discover.anchors import Anchor, walked
from newscrawl.discover.page_numbers import (
    QUERY_OFFSET,
    QUERY_PAGE,
    names_a_page,
    own_keys,
    page_key,
    page_number,
    readings,
    stem,
)
from newscrawl.discover.shape import article_score, refusal
from newscrawl.discover.wordlists import lines_of
from newscrawl.text import fold

__all__ = ["leads_on", "more_phrases", "next_pages", "says_more", "stem"]

#: Names of elements that lead on in a list or belong to its pagination; and of those that lead on.
_CONTROL = re.compile(
    r"(?:^|[\s_\-])(?:next|older|more|loadmore|load|pagination|pager|infinite|weiter|suivant|siguiente)(?:$|[\s_\-])",
    re.IGNORECASE,
)
_NEXT_NAME = re.compile(
    r"(?:^|[\s_\-])(?:next|older|load-?more|show-?more|view-?more|more-?posts|nextpage)(?:$|[\s_\-])", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Attributes in which buttons carry the URL they load; those in the second line are used for other purposes too.
_BUTTON_ATTRIBUTES = (
    "data-href data-url data-next data-next-url data-next-page-url data-nexturl data-load-more-url data-page-url "
    "data-endpoint data-ajax-url data-src data-link data-path hx-get href"
).split()
_AMBIGUOUS = ("href", "data-src", "data-link", "data-path")
_BUTTONS = ", ".join(f"[{name}]" for name in _BUTTON_ATTRIBUTES if name not in _AMBIGUOUS) + ", button[data-path]"
_ARROWS = re.compile(r"[\s»›→>▸▶▼↓⟩⟫〉》…+.:]{1,99}$|^[\s»›→>+▼↓⟩⟫〉》]+")
_FORWARD_ARROWS = frozenset("»›→>▸▶▼↓⟩⟫〉》")
#: Most characters of a text that says "more".
_MAX_PHRASE = 40
#: Most links and buttons that are looked at. A page has one, or one per list.
_MAX_NEXT = 50


@lru_cache(maxsize=1)
def more_phrases() -> frozenset[str]:
    """The texts of controls that lead on in a list, folded, in all languages of more.txt."""
    return frozenset(map(fold, lines_of("more.txt")))


def says_more(text: str) -> bool:
    """Is this the text of a link to more: a phrase of more.txt, or an arrow that points forward?"""
    text = text.strip()
    if len(text) > _MAX_PHRASE:
        return False
    words = _ARROWS.sub("", text) if text else ""
    return fold(words) in more_phrases() if words else bool(text) and text[0] in _FORWARD_ARROWS


def leads_on(anchor: Anchor) -> bool:
    """Does the text, label or name of a link say that it leads to the next page?"""
    return says_more(anchor.text) or _NEXT_NAME.search(_names(anchor.attributes)) is not None or says_more(anchor.label)


def next_pages(tree: LexborHTMLParser, url: str) -> list[str]:
    """Where the list on this page continues: absolute URLs, the most certain first, once each; [] at its end.

    Found by rel=next, by the next number of a numbered pagination, by a link whose text or name says "more", "older"
    or "next" in one of many languages, and by the URL that a "load more" button carries. Only URLs of this site, and
    neither this page nor an earlier one.
    """
    page = walked(tree, url)
    links = page.anchors
    own, here = own_keys(url)
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
    candidates = [a for a in page.following if not _goes_back(a, own, url) and _continues_list(a, own)]
    if numbered:
        candidates.append(numbered[min(numbered)])
    for address in (
        *candidates,
        *islice(_more_links(links, url), _MAX_NEXT),
        *islice(_buttons(tree, url, page.base), _MAX_NEXT),
    ):
        if is_on_site(address, url) and normalise(address) != normalise(url) and _may_be_list(address):
            found.setdefault(normalise(address), address)
    return list(found.values())


def _continues_list(address: str, own: set[str]) -> bool:
    """Is a rel=next URL a page of a list? Blogs also use rel=next for the story before or after this one."""
    return page_number(address, own) is not None or article_score(Link(address, source="section page")) < 0.5


def _goes_back(address: str, own: set[str], url: str) -> bool:
    """Is `address` this page, or an earlier page of this list?"""
    _, here = own_keys(url)
    number = page_number(address, own)
    return normalise(address) == normalise(url) or (number is not None and number <= here)


def _is_page(address: str, own: set[str], number: int) -> bool:
    """Is `address`, linked with this number as its text, a page of the list that `own` are keys of?"""
    if page_number(address, own, number) is not None:
        return True
    # some lists count from 0, others by entries: ?offset=20 on "2"
    head, _, query = address.partition("?")
    return (QUERY_OFFSET.search(query) is not None and page_key(head) in {key.partition("?")[0] for key in own}) or (
        QUERY_PAGE.search(query) is not None and page_number(address, own, number - 1) is not None
    )


def _may_be_list(address: str) -> bool:
    """May the list continue there? Scripts, tags and searches may carry it, although they are not articles."""
    why = refusal(address)
    return why is None or why.startswith(("search", "technical", "tag", "author"))


def _names(attributes: dict[str, str | None]) -> str:
    found = [value for name in ("class", "id", "data-testid", "data-action", "rel") if (value := attributes.get(name))]
    return _CAMEL.sub("-", " ".join(found)) if found else ""


def _more_links(links: list[Anchor], url: str) -> Iterator[str]:
    """Links whose text, name or place says that they continue the list, and that do not look like an article."""
    own, here = own_keys(url)
    own |= {stem(url)}
    here = max([here, *(number for _, number, _ in readings(url) if number < 100)])
    path = url.partition("?")[0].rstrip("/")
    for anchor in links:
        head, _, query = anchor.url.partition("?")
        # both tests are cheap, and together they leave a handful of links to look at closely
        paged = names_a_page(head, query)
        inside = head.startswith(path + "/") or head.rstrip("/") == path
        if not paged and (not inside or len(anchor.text) > _MAX_PHRASE):
            continue
        if not leads_on(anchor):
            continue
        if not is_on_site(anchor.url, url):
            continue
        if not paged and article_score(Link(anchor.url, source="section page")) >= 0.5:
            continue
        # an earlier page, or a jump to the last one
        if _goes_back(anchor.url, own, url) or (page_number(anchor.url, own) or 0) > here + 1:
            continue
        yield anchor.url


def _buttons(tree: LexborHTMLParser, url: str, base: str) -> Iterator[str]:
    """URLs carried by a button or box that loads more."""
    for node in tree.css(_BUTTONS):
        attributes = node.attributes
        named = _CONTROL.search(_names(attributes)) or any("next" in name or "more" in name for name in attributes)
        if not named and not says_more(node.text()[:80]):
            continue
        for name in _BUTTON_ATTRIBUTES:
            value = attributes.get(name) or ""
            if len(value) > 1 and not value.startswith(("#", "{", "[", "javascript:", "data:")):
                address = absolute(base, value)
                if address and is_on_site(address, url):
                    yield address
                break
