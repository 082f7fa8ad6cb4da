"""Feeds, sitemaps and content codings beyond their bounds are read up to there, or refused with a reason.

No XML entity is expanded.
"""

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
    channel = f"<channel><title>F</title>{ITEM.format('&j;', 1)}</channel>"
    feed = f'<?xml version="1.0"?>{doctype}<rss version="2.0">{channel}</rss>'
    [link] = read_feed(feed.encode(), URL)
    assert link.headline is None or (len(link.headline) < 20 and "root" not in link.headline)
    urls = "<url><loc>https://a.example/1?&j;</loc></url><url><loc>https://a.example/2</loc></url>"
    sitemap = f'<?xml version="1.0"?>{doctype}<urlset>{urls}</urlset>'
    links = list(read_sitemap(sitemap.encode(), URL))
    assert links[-1].url == "https://a.example/2"
    assert all(len(link.url) < 60 and "root" not in link.url for link in links)


def test_the_beginning_of_a_feed_beyond_its_bounds_is_read() -> None:
    items = "".join(ITEM.format(n, n) for n in range(5))
    start = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}'
    for more in ("<a/>" * (2 * MAX_TAGS), "x" * (2 * MAX_FEED), "<item>" * (2 * MAX_TAGS), "<a " + "b='c' " * 500_000):
        assert len(read_feed((start + more).encode(), URL)) >= 4, more[:20]
    with pytest.raises(UnreadablePage, match="objects and lists"):
        read_feed(b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{}," * (2 * MAX_TAGS) + b"{}]}", URL)


def test_a_feed_tag_with_far_too_many_attributes_loses_them() -> None:
    attributes = " ".join(f'a{n}="1"' for n in range(400_000))
    many = f"<item {attributes}><title>T</title><link>https://a.example/2026/11/20/many</link></item>"
    items = ITEM.format(1, 1) + many + ITEM.format(2, 2)
    start = time.process_time()
    links = read_feed(f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode(), URL)
    assert len(links) == 3 and time.process_time() - start < 30


def test_the_beginning_of_an_endlessly_nested_sitemap_is_read() -> None:
    start = "<urlset>" + "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(5))
    assert len(list(read_sitemap((start + "<x>" * 1_000_000).encode(), URL))) == 5


COMPRESS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
DATA = (b"", b"x", b"hello " * 50_000, random.Random(1).randbytes(200_000))


@pytest.mark.parametrize("coding", COMPRESS)
def test_bodies_are_decompressed_as_a_whole_or_not_at_all(coding: str) -> None:
    for data in DATA:
        compressed = COMPRESS[coding](data)
        assert decoded(compressed, coding, 0) == decoded(compressed, coding, max(1, len(data))) == data
        if len(data) > 1000:
            for cut in (3, len(compressed) // 2, len(compressed) - 12):
                with pytest.raises(ReasonedIgnore) as caught:
                    decoded(compressed[:cut], coding, 0)
                assert caught.value.reason == "Truncated", cut
            with pytest.raises(ReasonedIgnore) as caught:
                decoded(compressed, coding, len(data) - 1)
            assert caught.value.reason == "TooLarge"


@pytest.mark.parametrize("coding", COMPRESS)
def test_corrupt_data_is_a_bad_response(coding: str) -> None:
    with pytest.raises(ReasonedIgnore) as caught:
        decoded(b"\xff<html>" * 50, coding, 0)
    assert caught.value.reason == "BadResponse"


def test_odd_gzip_is_accepted() -> None:
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


def test_a_page_that_is_gzip_without_saying_so_is_decompressed_within_the_same_bounds() -> None:
    def decompressed(body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> Response:
        request = Request("https://a.example/x", meta={"download_maxsize": 100_000})
        response = Response(request.url, body=body, headers={"Content-Type": kind, **headers})
        result = DecompressionMiddleware.from_crawler(get_crawler()).process_response(request, response)
        assert isinstance(result, Response)
        return result

    page = story("packed").encode()
    packed = gzip.compress(page)
    for response in (decompressed(packed), decompressed(packed, **{"Content-Encoding": "identity"})):
        assert isinstance(response, HtmlResponse) and response.body == page
    assert decompressed(page).body == page
    assert decompressed(packed, "application/gzip").body == packed, "a gzip file that says so stays one"
    broken = b"\x1f\x8b\x08\x00" + b"\xff" * 99
    for body, reason in (
        (gzip.compress(b" " * 200_000), "TooLarge"),
        (packed[:-200], "Truncated"),
        (broken, "BadResponse"),
    ):
        with pytest.raises(ReasonedIgnore) as caught:
            decompressed(body)
        assert caught.value.reason == reason


def test_a_truncated_page_is_detected() -> None:
    whole = story("whole")
    assert not open_document(Page(URL, whole)).is_cut
    without_end_tags = whole.replace("</body></html>", "")  # valid HTML: they are optional
    assert not open_document(Page(URL, without_end_tags)).is_cut
    assert not open_document(Page(URL, whole + "\n<!-- made in 3 ms -->\nin 2026")).is_cut
    for end in (-40, -400, -1500):
        assert open_document(Page(URL, whole[:end].rsplit(">", 1)[0] + "> and then")).is_cut
