"""Sitemaps -> Links: sitemaps.org's urlset and index, Google News tags, text lists, and feeds served as sitemaps.

Does not fetch the children of an index, and judges neither dates nor hosts. Streams: apart from the body, memory is
bounded however many entries there are. What comes before a fault counts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from lxml import etree

from newscrawl.article import Link
from newscrawl.discover.address import absolute
from newscrawl.discover.feed import is_feed, read_feed
from newscrawl.discover.markup import MAX_OUTPUT, decoded, plain, repaired, title_text
from newscrawl.discover.when import parse_when
from newscrawl.errors import UnreadablePage

__all__ = ["read_sitemap"]

_ROOT = re.compile(r"<(?!\?|!)(?:[A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)")
_BEGINNING = re.compile(r"<\?xml|<(?:[\w.\-]+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,4000}?-->", re.DOTALL)
_SPACE = re.compile(r"\s+")
#: Most characters of one field.
_MAX_TEXT = 8192
#: Most elements inside one another; a deeper document is read no further.
_MAX_DEPTH = 200


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    """The name of an element without namespace, in lower case."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


@dataclass
class _Entry:
    """One <url> or <sitemap> while it is read."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    is_news: bool = False


#: (parent, element) -> the field its text belongs to. The <loc> and <title> of images and videos have other parents.
_FIELDS = {
    ("url", "loc"): "loc",
    ("sitemap", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "title"): "title",
    ("news", "publication_date"): "published",
    ("publication", "language"): "language",
}


class _Target:
    """The parser target of lxml: receives the elements, and builds no tree."""

    def __init__(self) -> None:
        self.done: list[_Entry] = []
        self._open: list[str] = []
        self._entry: _Entry | None = None
        self._text: list[str] | None = None
        self._room = 0
        self.is_too_deep = False

    def start(self, tag: str, attributes: object) -> None:
        name = _local(tag)
        if name in ("url", "sitemap"):
            self._finish()  # in case the previous one was never closed
            self._entry = _Entry(name)
            self._open = [name]
            return
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        self.is_too_deep = self.is_too_deep or len(self._open) > _MAX_DEPTH
        if self._entry is not None:
            if name == "news":
                self._entry.is_news = True
            if (parent, name) in _FIELDS:
                if name == "loc" and "loc" in self._entry.values:
                    self._next_entry(self._entry.kind)
                self._text, self._room = [], _MAX_TEXT

    def data(self, text: str) -> None:
        if self._text is not None and self._room > 0:
            self._text.append(text[: self._room])
            self._room -= len(text)

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self._open and self._open[-1] == name:
            self._open.pop()
        parent = self._open[-1] if self._open else ""
        if self._text is not None and self._entry is not None:
            self._entry.values.setdefault(_FIELDS.get((parent, name), ""), "".join(self._text))
        self._text = None
        if name in ("url", "sitemap"):
            self._finish()

    def _next_entry(self, kind: str) -> None:
        """A second <loc> in one entry is an entry of its own: the tag between the two is missing."""
        self._finish()
        self._entry = _Entry(kind)

    def _finish(self) -> None:
        if self._entry is not None and self._entry.values.get("loc", "").strip():
            self.done.append(self._entry)
        self._entry, self._text = None, None

    def close(self) -> None:
        self._finish()


def _whole(text: str, url: str) -> str:
    """A URL with its scheme, where it begins with "www." or with the sitemap's own host."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0]
    is_bare = text[:4].lower() == "www." or text.lower().startswith(host.lower() + "/")
    return f"{scheme}://{text}" if host and is_bare else text


def _link(entry: _Entry, url: str) -> Link | None:
    values = entry.values
    address = absolute(url, _whole(html.unescape(_SPACE.sub("", values["loc"])), url))
    if address is None:
        return None
    source = "sitemap index" if entry.kind == "sitemap" else "news sitemap" if entry.is_news else "sitemap"
    return Link(
        url=address,
        published=parse_when(values.get("published")),
        headline=title_text(values.get("title")),
        source=source,
        found_on=url,
        modified=parse_when(values.get("lastmod")),
        language=values.get("language", "").strip().lower() or None,
    )


def _xml_links(texts: Iterator[str], url: str) -> Iterator[Link]:
    target = _Target()
    parser = etree.XMLParser(
        target=cast(Any, target), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for piece in repaired(texts):
            parser.feed(piece)
            yield from _drained(target, url)
            if target.is_too_deep:
                break
        parser.close()
    except etree.XMLSyntaxError:
        pass  # what was read before the fault counts
    target.close()
    yield from _drained(target, url)


def _drained(target: _Target, url: str) -> Iterator[Link]:
    entries, target.done = target.done, []
    for entry in entries:
        link = _link(entry, url)
        if link is not None:
            yield link


def _text_links(texts: Iterator[str], url: str) -> Iterator[Link]:
    rest = ""
    for text in texts:
        lines = re.split(r"[\r\n]+", rest + text)
        rest = lines.pop()[:_MAX_TEXT]
        yield from _links_of_lines(lines, url)
    yield from _links_of_lines([rest], url)


def _links_of_lines(lines: list[str], url: str) -> Iterator[Link]:
    for line in lines:
        word = line.split(None, 1)[0] if line.strip() else ""
        if word.lower().startswith(("http://", "https://")):
            yield Link(url=word, source="sitemap", found_on=url)


def _beginning(head: str) -> int:
    """Where the document begins: some servers print warnings before it."""
    found = _BEGINNING.search(head)
    return found.start() if found else max(0, head.find("<"))


def read_sitemap(body: bytes, url: str, limit: int = MAX_OUTPUT, charset: str = "") -> Iterator[Link]:
    """The entries of a sitemap, in its order.

    body: as served; gzip is recognised by content. url: the sitemap's URL. limit: most bytes of the unpacked sitemap
    that are read. charset: the label that its Content-Type states, if any. `Link.source` is "sitemap", "news sitemap"
    (with headline, published, language), "sitemap index" for the children of an index (URLs of sitemaps, not of
    articles), or "feed" if an RSS or Atom feed was served. `modified` is `<lastmod>`.
    Raises UnreadablePage, on the first step, for what is not a sitemap (an HTML page, or no URL in it).
    """
    texts = decoded(plain(body, limit), charset)
    head = next(texts, "")
    whole = chain([head], texts)
    start = _COMMENT.sub("", head[:8192]).lstrip()
    if is_feed(start):
        yield from read_feed(body, url, charset)
        return
    if not start:
        raise UnreadablePage(url, "an empty sitemap")
    if "<" in start[:1] or "<urlset" in start or "<sitemapindex" in start:
        root = _ROOT.search(start)
        name = root.group(1).lower() if root else ""
        if name in ("html", "head", "body"):
            raise UnreadablePage(url, "an HTML page in place of a sitemap")
        at = _beginning(head)
        links = _xml_links(chain([head[at:]], texts), url)
    else:
        links = _text_links(whole, url)
    first = next(links, None)
    if first is None:
        if "urlset" in start or "sitemapindex" in start:
            return  # a sitemap without entries is a valid one
        raise UnreadablePage(url, "not a sitemap: no URL in it")
    yield first
    yield from links
