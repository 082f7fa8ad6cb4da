"""Sitemaps: what they name, in which state they may come, and their bounds."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from newscrawl.discover.sitemap import read_sitemap
from newscrawl.errors import UnreadablePage
from tests.support.link_cases import cases, rows


@pytest.mark.parametrize("path", cases("sitemap"), ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["plain", "gzip", "bom", "spaces first"])
def test_a_sitemap_names_its_links(path: Path, form: str) -> None:
    body = path.read_bytes()
    body = {
        "plain": body,
        "gzip": gzip.compress(body),
        "bom": b"\xef\xbb\xbf" + body,
        "spaces first": b"\n \n" + body,
    }[form]
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert rows(read_sitemap(body, "https://a.example/sitemap.xml")) == expected


PAGE = b"<!DOCTYPE html><html><body><p>gone</p></body></html>"


@pytest.mark.parametrize("body", [b"", b"   ", b"\x1f\x8b\x08", PAGE, b"just words", b"\x00\xff" * 40])
def test_a_body_that_is_no_sitemap_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadablePage, match=r"a\.example/s\.xml"):
        list(read_sitemap(body, "https://a.example/s.xml"))


def big_sitemap(entries: int) -> bytes:
    row = b"<url><loc>https://a.example/story-%d?a=1&b=2</loc><lastmod>2026-11-20T10:00:00Z</lastmod></url>\n"
    rows = b"".join(row % i for i in range(entries))
    return b"<urlset>" + rows + b"</urlset>"


def test_a_sitemap_is_streamed_with_bounded_memory() -> None:
    long = big_sitemap(15_000).replace(b"/story-", b"/" + b"longer-" * 34 + b"story-")
    assert len(long) > 5_000_000
    body = gzip.compress(long)
    tracemalloc.start()
    count = sum(1 for _ in read_sitemap(body, "https://a.example/s.xml.gz"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 15_000
    assert peak < 3_000_000


def test_a_decompression_bomb_is_cut_and_its_beginning_is_read() -> None:
    one, two = (b"<url><loc>https://a.example/%d</loc></url>" % i for i in (1, 2))
    body = gzip.compress(b"<urlset>" + one + b" " * 3_000_000 + two + b"</urlset>")
    assert [link.url for link in read_sitemap(body, "https://a.example/s", limit=1_000_000)] == ["https://a.example/1"]


def test_a_truncated_gzip_sitemap_is_read_up_to_its_end() -> None:
    whole = gzip.compress(big_sitemap(2000))
    links = list(read_sitemap(whole[: len(whole) // 2], "https://a.example/s"))
    assert 0 < len(links) < 2000
    assert [link.url for link in links] == [f"https://a.example/story-{i}?a=1&b=2" for i in range(len(links))]


def test_a_truncated_sitemap_never_names_half_a_url() -> None:
    body = big_sitemap(3)
    names = {f"https://a.example/story-{i}?a=1&b=2" for i in range(3)}
    for end in range(body.index(b"</loc>") + 6, len(body)):
        found = [link.url for link in read_sitemap(body[:end], "https://a.example/s")]
        assert set(found) <= names and len(found) >= body[:end].count(b"</loc>")


def test_an_entity_bomb_is_not_expanded() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = head + b"<urlset><url><loc>https://a.example/&b;</loc></url></urlset>"
    assert all(len(link.url) < 60 for link in read_sitemap(body, "https://a.example/s"))


@pytest.mark.parametrize(
    ("entry", "urls"),
    [
        (
            "<loc>https://a.example/1</loc><loc>https://a.example/2</loc>",
            ["https://a.example/1", "https://a.example/2"],
        ),
        ("<loc>https://a.example/1?a=1&amp;amp;b=2</loc>", ["https://a.example/1?a=1&b=2"]),
        ("<loc>https://a.example/1?a=1&b=2</loc>", ["https://a.example/1?a=1&b=2"]),
        ("<loc>https://a.example/&#x41;&amp;#66;</loc>", ["https://a.example/AB"]),
        ("<loc>www.a.example/3</loc>", ["https://www.a.example/3"]),
        ("<loc>a.example/4</loc>", ["https://a.example/4"]),
        ("<loc>/5</loc>", ["https://a.example/5"]),
        ("<loc>//b.example/6</loc>", ["https://b.example/6"]),
    ],
)
def test_the_url_of_an_entry_is_found_however_it_is_written(entry: str, urls: list[str]) -> None:
    body = f"<urlset><url>{entry}<lastmod>2026-11-20</lastmod></url></urlset>".encode()
    links = list(read_sitemap(body, "https://a.example/sitemap.xml"))
    assert [link.url for link in links] == urls and links[-1].modified is not None


def test_the_charset_of_a_sitemap_may_be_that_of_its_content_type() -> None:
    body = "<urlset><url><loc>https://a.example/Ж—Ж</loc></url></urlset>".encode("cp1251")
    [link] = read_sitemap(body, "https://a.example/sitemap.xml", charset="windows-1251")
    assert link.url == "https://a.example/Ж—Ж"
