"""Feeds, sitemaps and content codings beyond their bounds: read up to there, or refused with a reason; no entity is expanded."""

from __future__ import annotations

import gzip
import random
import time
import zlib

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from newscrawl.article import Page
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.decompression import DecompressionMiddleware, decoded
from newscrawl.discover.feed import MAX_FEED, MAX_TAGS, read_feed
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.errors import UnreadablePage
from newscrawl.read import open_document
from tests.support.hostile_server import story

URL = "https://a.example/feed"
ITEM = "<item><title>{}</title><link>https://a.example/2026/11/20/story-{}</link></item>"
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
XXE = '<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'


@pytest.mark.parametrize("doctype", [LAUGHS, XXE])
def test_entities_are_not_expanded(doctype: str) -> None:
    feed = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>F</title>{ITEM.format("&j;", 1)}</channel></rss>'
    [link] = read_feed(feed.encode(), URL)
    assert link.headline is None or (len(link.headline) < 20 and "root" not in link.headline)
    sitemap = f'<?xml version="1.0"?>{doctype}<urlset><url><loc>https://a.example/1?&j;</loc></url><url><loc>https://a.example/2</loc></url></urlset>'
    links = list(read_sitemap(sitemap.encode(), URL))
    assert links[-1].url == "https://a.example/2" and all(
        len(link.url) < 60 and "root" not in link.url for link in links
    )


def test_of_a_feed_beyond_its_bounds_the_beginning_is_read() -> None:
    start = '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>' + "".join(
        ITEM.format(n, n) for n in range(5)
    )
    for more in ("<a/>" * (2 * MAX_TAGS), "x" * (2 * MAX_FEED), "<item>" * (2 * MAX_TAGS), "<a " + "b='c' " * 500_000):
        assert len(read_feed((start + more).encode(), URL)) >= 4, more[:20]
    with pytest.raises(UnreadablePage, match="objects and lists"):
        read_feed(b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{}," * (2 * MAX_TAGS) + b"{}]}", URL)


def test_a_tag_of_a_feed_with_more_attributes_than_any_feed_needs_loses_them() -> None:
    many = (
        "<item "
        + " ".join(f'a{n}="1"' for n in range(400_000))
        + "><title>T</title><link>https://a.example/2026/11/20/many</link></item>"
    )
    start = time.process_time()
    links = read_feed(
        f"<rss version='2.0'><channel><title>F</title>{ITEM.format(1, 1)}{many}{ITEM.format(2, 2)}</channel></rss>".encode(),
        URL,
    )
    assert len(links) == 3 and time.process_time() - start < 30


def test_a_sitemap_that_never_stops_to_go_deeper_is_read_so_far() -> None:
    start = "<urlset>" + "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(5))
    assert len(list(read_sitemap((start + "<x>" * 1_000_000).encode(), URL))) == 5


PACK = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
DATA = (b"", b"x", b"hello " * 50_000, random.Random(1).randbytes(200_000))


@pytest.mark.parametrize("coding", PACK)
def test_what_was_packed_is_unpacked_as_a_whole_or_not_at_all(coding: str) -> None:
    for data in DATA:
        packed = PACK[coding](data)
        assert decoded(packed, coding, 0) == decoded(packed, coding, max(1, len(data))) == data
        if len(data) > 1000:
            for cut in (3, len(packed) // 2, len(packed) - 12):
                with pytest.raises(ReasonedIgnore) as caught:
                    decoded(packed[:cut], coding, 0)
                assert caught.value.reason == "Truncated", cut
            with pytest.raises(ReasonedIgnore) as caught:
                decoded(packed, coding, len(data) - 1)
            assert caught.value.reason == "TooLarge"


@pytest.mark.parametrize("coding", PACK)
def test_what_is_no_such_coding_is_broken(coding: str) -> None:
    with pytest.raises(ReasonedIgnore) as caught:
        decoded(b"\xff<html>" * 50, coding, 0)
    assert caught.value.reason == "BadResponse"


def test_odd_gzip_is_borne() -> None:
    two = gzip.compress(b"one ") + gzip.compress(b"two")
    assert decoded(two, "gzip", 0) == decoded(two + b"\x00\x00 junk", "x-gzip", 0) == b"one two"
    named = (
        b"\x1f\x8b\x08\x1e"
        + bytes(6)
        + b"\x02\x00ab"
        + b"name\x00"
        + b"comment\x00"
        + b"\x00\x00"
        + zlib.compress(b"text")[2:-4]
    )
    assert decoded(named, "gzip", 0) == b"text"
    raw = zlib.compressobj(wbits=-15)
    assert decoded(raw.compress(b"raw") + raw.flush(), "deflate", 0) == b"raw"


def test_a_page_that_is_gzip_without_saying_so_is_unpacked_within_the_same_bounds() -> None:
    def undone(body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> Response:
        request = Request("https://a.example/x", meta={"download_maxsize": 100_000})
        response = Response(request.url, body=body, headers={"Content-Type": kind, **headers})
        undone = DecompressionMiddleware.from_crawler(get_crawler()).process_response(request, response)
        assert isinstance(undone, Response)
        return undone

    page = story("packed").encode()
    for silent in (undone(gzip.compress(page)), undone(gzip.compress(page), **{"Content-Encoding": "identity"})):
        assert isinstance(silent, HtmlResponse) and silent.body == page
    assert undone(page).body == page
    assert undone(gzip.compress(page), "application/gzip").body == gzip.compress(page), "a file, as it says"
    broken = b"\x1f\x8b\x08\x00" + b"\xff" * 99
    for body, reason in (
        (gzip.compress(b" " * 200_000), "TooLarge"),
        (gzip.compress(page)[:-200], "Truncated"),
        (broken, "BadResponse"),
    ):
        with pytest.raises(ReasonedIgnore) as caught:
            undone(body)
        assert caught.value.reason == reason


def test_a_page_that_breaks_off_says_so() -> None:
    whole = story("whole")
    assert not open_document(Page(URL, whole)).is_cut
    assert not open_document(Page(URL, whole.replace("</body></html>", ""))).is_cut  # as tidy pages may leave them out
    assert not open_document(Page(URL, whole + "\n<!-- made in 3 ms -->\nin 2026")).is_cut
    for end in (-40, -400, -1500):
        assert open_document(Page(URL, whole[:end].rsplit(">", 1)[0] + "> and then")).is_cut
