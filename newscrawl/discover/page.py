"""An HTML page -> Links: the feeds it announces, its anchors, its sections, and what it says of its own address.

Does not fetch, and judges which link is an article only where a list of sections needs it. The tree is that of selectolax, made
once for all who read the page. Further pages are in `newscrawl.discover.pagination`, embedded data in `newscrawl.discover.state`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.discover.address import absolute, is_on_site, normalise, same_article_key
from newscrawl.discover.anchors import Anchor, anchors, anchors_of, base_of
from newscrawl.discover.pagination import article_pages, first_page, next_pages, says_more, stem
from newscrawl.discover.shape import article_score, refusal
from newscrawl.discover.state import state_links
from newscrawl.text import clean

__all__ = [
    "amp_link", "announced_feeds", "article_pages", "canonical_link", "first_page", "has_more_control", "next_pages", "page_links", "print_link",
    "section_links", "state_links",
]  # fmt: skip

_FEED_TYPES = re.compile(
    r"(?:application/(?:rss|atom|rdf|feed)\+(?:xml|json)|(?:application|text)/(?:rss|atom|x-rss|x-atom|rdf)(?:\+xml)?)\s*(?:;|$)",
    re.I,
)
_MAYBE_FEED_TYPES = ("application/xml", "text/xml", "application/json", "")
_FEED_ADDRESS = re.compile(
    r"(?:/(?:feeds?|rss|atom|rdf|rss2)/?|[./_\-](?:rss|atom|rdf|feed)\d?\.(?:xml|json|php|aspx?|rdf)|\.(?:rss|atom|rdf)"
    r"|[?&](?:feed|format|type)=(?:rss2?|atom|rdf|feed))(?:\?.{0,2000})?$", re.I)  # fmt: skip
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|comentário|commenti|yorum|reacties", re.I)
_NAVIGATION = ("nav a[href], header a[href], menu a[href], [role=navigation] a[href], [role=menubar] a[href], [role=banner] a[href], "
               "[class*=menu i] a[href], [id*=menu i] a[href], [class*=navi i] a[href], [id*=nav i] a[href], [class*=nav-] a[href], "
               "[class*=-nav] a[href], [class~=nav] a[href], a[class*=nav-][href], a[class*=menu-][href]")  # fmt: skip
_ASIDE = "nav a[href], footer a[href], [role=navigation] a[href], [role=contentinfo] a[href]"
#: An anchor of so many words is a headline wherever it stands.
_HEADLINE_WORDS = 5
#: Sections are named in short; a navigation of more entries than this is a list of something else.
_SECTION_WORDS, _SECTIONS_AT_MOST = 5, 300
#: Links that are looked at for sections where a page has no navigation.
_LOOKED_AT = 3000


def page_links(
    tree: LexborHTMLParser, url: str, source: str = "", known: Callable[[str], bool] | None = None
) -> list[Link]:
    """Every address the page's anchors name, once each, in the order of the page, of this site or not.

    `headline` is the longest text of the address's anchors, else their title, label or picture's text.
    source: the road's name; when left out "front page" for a page at "/", else "section page". What stands in the navigation or the
    footer, and nowhere under a headline, has the source "navigation". known: addresses for which it is true are left out.
    """
    source = source or ("front page" if urlsplit(url).path in ("", "/") else "section page")
    new = [anchor for anchor in anchors(tree, url) if known is None or not known(anchor.url)]
    if not new:
        return []
    aside = {node.attributes.get("href") for node in tree.css(_ASIDE)}
    return [
        Link(
            anchor.url, None, anchor.text or None,
            "navigation" if anchor.attributes.get("href") in aside and anchor.text.count(" ") < _HEADLINE_WORDS - 1 else source, url,
        )
        for anchor in new
    ]  # fmt: skip


def announced_feeds(tree: LexborHTMLParser, url: str) -> list[Link]:
    """The feeds a page announces, by <link rel=alternate> and by links to addresses that look like feeds; source "announced feed".

    Feeds of comments are left out. They may lie on another host.
    """
    base = base_of(tree, url)
    found: dict[str, Link] = {}
    for node in tree.css("link[href], a[type][href]"):
        attributes = node.attributes
        href, kind = attributes.get("href") or "", (attributes.get("type") or "").strip().lower()
        rel = (attributes.get("rel") or "").lower().split()
        maybe = kind in _MAYBE_FEED_TYPES and "alternate" in rel and _FEED_ADDRESS.search(href)
        if not (maybe or _FEED_TYPES.match(kind) or "feed" in rel):
            continue
        if node.tag == "link" and not {"alternate", "feed", "service.feed"}.intersection(rel):
            continue
        _add_feed(found, base, href, attributes.get("title") or "", url)
    for anchor in anchors(tree, url):
        if _FEED_ADDRESS.search(anchor.url):
            _add_feed(found, base, anchor.url, anchor.text, url)
    return list(found.values())


def _add_feed(found: dict[str, Link], base: str, href: str, title: str, url: str) -> None:
    address = absolute(base, re.sub(r"^feed:(?://)?(?=https?:)", "", href).replace("feed://", "https://"))
    if address and not _COMMENTS.search(address) and not _COMMENTS.search(title):
        found.setdefault(normalise(address), Link(address, None, clean(title) or None, "announced feed", url))


def section_links(tree: LexborHTMLParser, url: str) -> list[Link]:
    """The sections that the page's navigation names, in its order; source "navigation".

    Only of this site; no articles, no addresses that `refusal` refuses but tags and topics (a navigation names running stories so), not
    the front page nor this page. On a page without navigation, the short addresses with a short text.
    """
    in_navigation = anchors_of(tree, url, tree.css(_NAVIGATION))
    sections = [anchor for anchor in in_navigation if _is_section(anchor, url)]
    if len(sections) < 3:
        known = {anchor.url for anchor in sections}
        sections += [
            anchor for anchor in anchors(tree, url)[:_LOOKED_AT]
            if anchor.url not in known and _is_section(anchor, url) and urlsplit(anchor.url).path.strip("/").count("/") < 2
        ]  # fmt: skip
    found: dict[str, Link] = {}
    for anchor in sections[:_SECTIONS_AT_MOST]:
        found.setdefault(same_article_key(anchor.url), Link(anchor.url, None, anchor.text or None, "navigation", url))
    found.pop(same_article_key(url), None)
    return list(found.values())


def _is_section(anchor: Anchor, url: str) -> bool:
    if not is_on_site(anchor.url, url) or says_more(anchor.text):  # "Older posts" is the rest of a list, no section
        return False
    if anchor.number is not None or stem(anchor.url) == stem(url):  # and so are its pages
        return False
    parts = urlsplit(anchor.url)
    if parts.path in ("", "/") and (parts.query or parts.netloc == urlsplit(url).netloc):
        return False
    return _may_be_section(anchor.url, anchor.text)


@lru_cache(maxsize=8192)
def _may_be_section(address: str, text: str) -> bool:
    """By its address and text; remembered, because every page of a site has the same navigation."""
    if text.count(" ") >= _SECTION_WORDS:
        return False
    why = refusal(address)
    if why is not None:
        return why.startswith("tag page")
    return article_score(Link(address, headline=text, source="navigation")) < 0.5


def amp_link(tree: LexborHTMLParser, url: str) -> str | None:
    """The address of the page's AMP form, absolute, or None."""
    node = tree.css_first("link[rel~=amphtml i][href]")
    return absolute(base_of(tree, url), node.attributes.get("href") or "") if node is not None else None


def print_link(tree: LexborHTMLParser, url: str) -> str | None:
    """The address of the page's print version, absolute, where its head announces one, or None."""
    node = tree.css_first("link[rel~=alternate i][media~=print i][href]")
    return absolute(base_of(tree, url), node.attributes.get("href") or "") if node is not None else None


def has_more_control(tree: LexborHTMLParser, url: str) -> bool:
    """Has a list a control that loads more of it and is no link: a button whose text or label says so?"""
    if next_pages(tree, url):
        return False
    for node in tree.css(
        "button, [role=button], input[type=button], a:not([href]), a[href^='#'], a[href^='javascript:']"
    ):
        label = clean(node.text()[:200]) or node.attributes.get("aria-label") or node.attributes.get("value") or ""
        if label.strip() and any(letter.isalpha() for letter in label) and says_more(label):
            return True
    return False


def canonical_link(tree: LexborHTMLParser, url: str) -> str | None:
    """The address that the page says is its own (rel=canonical, else og:url), absolute; None when it says none or plainly lies.

    It lies when it names the front page, a folder that this page is in, another site, or another article (another long number and
    no word of the slug in common); several that differ are believed only where one of them is this page.
    """
    base = base_of(tree, url)
    claims: dict[str, str] = {}
    for selector, attribute in (
        ("link[rel~=canonical i][href]", "href"),
        ("meta[property='og:url'][content]", "content"),
    ):
        for node in tree.css(selector):
            address = absolute(base, clean(node.attributes.get(attribute) or ""))
            if address:
                claims.setdefault(same_article_key(address), address)
        if claims:
            break
    own = claims.get(same_article_key(url))
    if own is not None:
        return own
    if len(claims) != 1:
        return None
    claim = next(iter(claims.values()))
    return None if _lies(claim, url) else claim


_WORD = re.compile(r"[^\W\d_]{3,}")
_ID = re.compile(r"\d{5,}")


def _lies(claim: str, url: str) -> bool:
    if not is_on_site(claim, url):
        return True
    there, here = same_article_key(claim).partition("/")[2], same_article_key(url).partition("/")[2]
    if not there:
        return True
    if here.startswith(there.rstrip("/") + "/") and article_score(Link(claim)) < 0.5:
        return True
    ids_there, ids_here = set(_ID.findall(there)), set(_ID.findall(here))
    words_there, words_here = (
        {word for part in path.lower().split("/") if len(_WORD.findall(part)) > 1 for word in _WORD.findall(part)}
        for path in (there, here)
    )
    alike = len(words_there & words_here) / (min(len(words_there), len(words_here)) or 1)
    return bool(ids_there and ids_here) and not ids_there & ids_here and alike < 0.34
