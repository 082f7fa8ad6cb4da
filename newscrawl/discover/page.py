"""An HTML page -> Links: the feeds it announces, its anchors, its sections, and the URL it claims as its own.

Does not fetch, and judges which link is an article only where the list of sections needs it. The tree is selectolax's,
parsed once for everything that reads the page. Further pages are in `newscrawl.discover.pagination`, embedded data in
`newscrawl.discover.state`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Link
from newscrawl.discover.address import absolute, is_on_site, normalise, same_article_key
from newscrawl.discover.anchors import Anchor, Known, anchors, anchors_of, base_of, walked
from newscrawl.discover.article_pages import article_pages, first_page, has_unreachable_pages
from newscrawl.discover.pagination import next_pages, says_more, stem
from newscrawl.discover.shape import article_score, refusal
from newscrawl.discover.state import state_links
from newscrawl.text import clean
from newscrawl.urls import split

__all__ = [
    "amp_link",
    "announced_feeds",
    "article_pages",
    "first_page",
    "has_more_control",
    "has_unreachable_pages",
    "next_pages",
    "page_links",
    "print_link",
    "section_links",
    "state_links",
]

_FEED_TYPES = re.compile(
    r"(?:application/(?:rss|atom|rdf|feed)\+(?:xml|json)"
    r"|(?:application|text)/(?:rss|atom|x-rss|x-atom|rdf)(?:\+xml)?)\s*(?:;|$)",
    re.I,
)
_MAYBE_FEED_TYPES = ("application/xml", "text/xml", "application/json", "")
_FEED_URL = re.compile(
    r"(?:/(?:feeds?|rss|atom|rdf|rss2)/?|[./_\-](?:rss|atom|rdf|feed)\d?\.(?:xml|json|php|aspx?|rdf)|\.(?:rss|atom|rdf)"
    r"|[?&](?:feed|format|type)=(?:rss2?|atom|rdf|feed)|/feeds/posts/(?:default|summary)(?:/-/[^/?]{1,200})?"
    r"|//feeds?\d?\.feedburner\.com/[^/?]{1,200}(?:/[^/?]{1,200})?)(?:\?.{0,2000})?$",
    re.I,
)
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|comentário|commenti|yorum|reacties", re.I)
_NAVIGATION = (
    "nav a[href], header a[href], menu a[href], [role=navigation] a[href], [role=menubar] a[href], "
    "[role=banner] a[href], [class*=menu i] a[href], [id*=menu i] a[href], [class*=navi i] a[href], "
    "[id*=nav i] a[href], [class*=nav-] a[href], [class*=-nav] a[href], [class~=nav] a[href], "
    "a[class*=nav-][href], a[class*=menu-][href]"
)
_ASIDE = "nav a[href], footer a[href], [role=navigation] a[href], [role=contentinfo] a[href]"
#: An anchor with this many words is a headline wherever it is on the page.
_HEADLINE_WORDS = 5
#: A section's name has fewer words than this.
_SECTION_WORDS = 5
#: Most sections of a page. A navigation with more entries is a list of something else.
_MAX_SECTIONS = 300
#: The frames of a frameset, as a parser leaves them and as newscrawl's own documents have them.
_FRAMES = "frameset > frame[src], [data-frameset] > iframe[src]"
#: Most frames of a frameset.
_MAX_FRAMES = 20
#: Most links in which sections are looked for on a page without navigation.
_MAX_LINKS_FOR_SECTIONS = 3000


def page_links(tree: LexborHTMLParser, url: str, source: str = "", known: Known | None = None) -> list[Link]:
    """Every URL that the page's anchors name, of this site or not, once each, in page order.

    `headline` is the longest text of the URL's anchors, or else their title, label or image's text.
    source: the name of the source; by default "front page" for a page at "/", else "section page". URLs that occur
    only in the navigation or the footer, and never with a headline, get the source "navigation". known: tells which
    URLs to leave out.
    """
    source = source or ("front page" if split(url).path in ("", "/") else "section page")
    page = walked(tree, url, known)
    new = [anchor for anchor in page.anchors if known is None or not known(anchor.url)]
    if not new:
        return []
    aside = {node.attributes.get("href") for node in tree.css(_ASIDE)} if page.aside is None else page.aside
    found = []
    for anchor in new:
        is_aside = anchor.attributes.get("href") in aside and anchor.text.count(" ") < _HEADLINE_WORDS - 1
        found.append(Link(anchor.url, None, anchor.text or None, "navigation" if is_aside else source, url))
    return found


def announced_feeds(tree: LexborHTMLParser, url: str) -> list[Link]:
    """The feeds that a page announces by <link rel=alternate> or links to; source "announced feed".

    Links count if their URL looks like a feed's. Feeds of comments are left out. Feeds may be on another host.
    """
    base = base_of(tree, url)
    found: dict[str, Link] = {}
    for node in tree.css("link[href], a[type][href]"):
        attributes = node.attributes
        href, kind = attributes.get("href") or "", (attributes.get("type") or "").strip().lower()
        rel = (attributes.get("rel") or "").lower().split()
        maybe = kind in _MAYBE_FEED_TYPES and "alternate" in rel and _FEED_URL.search(href)
        if not (maybe or _FEED_TYPES.match(kind) or "feed" in rel):
            continue
        if node.tag == "link" and not {"alternate", "feed", "service.feed"}.intersection(rel):
            continue
        _add_feed(found, base, href, attributes.get("title") or "", url)
    for anchor in anchors(tree, url):
        if _FEED_URL.search(anchor.url):
            _add_feed(found, base, anchor.url, anchor.text, url)
    return list(found.values())


def _add_feed(found: dict[str, Link], base: str, href: str, title: str, url: str) -> None:
    address = absolute(base, re.sub(r"^feed:(?://)?(?=https?:)", "", href).replace("feed://", "https://"))
    if address and not _COMMENTS.search(address) and not _COMMENTS.search(title):
        found.setdefault(normalise(address), Link(address, None, clean(title) or None, "announced feed", url))


def section_links(tree: LexborHTMLParser, url: str) -> list[Link]:
    """The sections that the page's navigation names, in its order, after the frames of a frameset; source "navigation".

    Only URLs of this site. Leaves out articles, the front page, this page, and URLs that `refusal` refuses, except
    tags: a navigation lists running stories that way. On a page without navigation, takes short URLs with short
    texts.
    """
    in_navigation = anchors_of(tree, url, tree.css(_NAVIGATION))
    sections = [anchor for anchor in in_navigation if _is_section(anchor, url)]
    if len(sections) < 3:
        known = {anchor.url for anchor in sections}
        sections += [
            anchor
            for anchor in anchors(tree, url)[:_MAX_LINKS_FOR_SECTIONS]
            if anchor.url not in known and _is_section(anchor, url) and split(anchor.url).path.strip("/").count("/") < 2
        ]
    found: dict[str, Link] = {}
    for address in _frames(tree, url):
        found.setdefault(same_article_key(address), Link(address, None, None, "navigation", url))
    for anchor in sections[:_MAX_SECTIONS]:
        found.setdefault(same_article_key(anchor.url), Link(anchor.url, None, anchor.text or None, "navigation", url))
    found.pop(same_article_key(url), None)
    return list(found.values())


def _frames(tree: LexborHTMLParser, url: str) -> list[str]:
    """The URLs of the frames of a frameset that are of this site: such a page is nothing but its frames."""
    base = base_of(tree, url)
    addresses = [absolute(base, node.attributes.get("src") or "") for node in tree.css(_FRAMES)]
    return [address for address in addresses[:_MAX_FRAMES] if address and is_on_site(address, url)]


def _is_section(anchor: Anchor, url: str) -> bool:
    if not is_on_site(anchor.url, url):
        return False
    # "Older posts", and the numbered pages of this page, continue a list
    if says_more(anchor.text) or anchor.number is not None or stem(anchor.url) == stem(url):
        return False
    parts = split(anchor.url)
    if parts.path in ("", "/") and (parts.query or parts.netloc == split(url).netloc):
        return False
    return _may_be_section(anchor.url, anchor.text)


@lru_cache(maxsize=8192)
def _may_be_section(address: str, text: str) -> bool:
    """Judged by URL and text; cached, because all pages of a site have the same navigation."""
    if text.count(" ") >= _SECTION_WORDS:
        return False
    why = refusal(address)
    if why is not None:
        return why.startswith("tag page")
    return article_score(Link(address, headline=text, source="navigation")) < 0.5


def amp_link(tree: LexborHTMLParser, url: str) -> str | None:
    """The absolute URL of the page's AMP version, or None."""
    node = tree.css_first("link[rel~=amphtml i][href]")
    return absolute(base_of(tree, url), node.attributes.get("href") or "") if node is not None else None


def print_link(tree: LexborHTMLParser, url: str) -> str | None:
    """The absolute URL of the print version that the page's head announces, or None."""
    node = tree.css_first("link[rel~=alternate i][media~=print i][href]")
    return absolute(base_of(tree, url), node.attributes.get("href") or "") if node is not None else None


def has_more_control(tree: LexborHTMLParser, url: str) -> bool:
    """Has the list on this page a control that loads more of it by script: a button, not a link, that says so?"""
    if next_pages(tree, url):
        return False
    for node in tree.css(
        "button, [role=button], input[type=button], a:not([href]), a[href^='#'], a[href^='javascript:']"
    ):
        label = clean(node.text()[:200]) or node.attributes.get("aria-label") or node.attributes.get("value") or ""
        if label.strip() and any(letter.isalpha() for letter in label) and says_more(label):
            return True
    return False
