"""Sitemaps, feeds and robots.txt: a case is a file as a server may send it, and beside it the Links that are expected."""

import gzip
import json
import tracemalloc
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from newscrawl.article import Link
from newscrawl.discover.feed import read_feed
from newscrawl.discover.robots import sitemaps_of
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.discover.when import latest, parse_when
from newscrawl.errors import UnreadablePage
from newscrawl.text import UNSTATED

CASES = Path(__file__).parent


def cases(folder: str) -> list[Path]:
    found = sorted(path for path in (CASES / folder).iterdir() if path.suffix != ".json")
    assert found, "the case files are gone"
    return found


def shown(links: Iterable[Link], leave_out: str = "found_on") -> list[dict[str, Any]]:
    out = []
    for link in links:
        row = {key: value for key, value in asdict(link).items() if value not in (None, "") and key != leave_out}
        out.append({key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()})
    return out


@pytest.mark.parametrize("path", cases("sitemap"), ids=lambda path: path.stem)
@pytest.mark.parametrize("dress", ["as it is", "gzip", "bom", "spaces first"])
def test_sitemap(path: Path, dress: str) -> None:
    body = path.read_bytes()
    body = {
        "as it is": body,
        "gzip": gzip.compress(body),
        "bom": b"\xef\xbb\xbf" + body,
        "spaces first": b"\n \n" + body,
    }[dress]
    assert shown(read_sitemap(body, "https://a.example/sitemap.xml")) == json.loads(
        path.with_suffix(".json").read_text("utf-8")
    )


@pytest.mark.parametrize("path", cases("feed"), ids=lambda path: path.stem)
@pytest.mark.parametrize("dress", ["as it is", "gzip", "bom"])
def test_feed(path: Path, dress: str) -> None:
    body = path.read_bytes()
    body = {"as it is": body, "gzip": gzip.compress(body), "bom": b"\xef\xbb\xbf" + body}[dress]
    links = read_feed(body, "https://a.example/feeds/all.xml")
    expected = [{**row, "source": "feed"} for row in json.loads(path.with_suffix(".json").read_text("utf-8"))]
    assert shown(links) == expected
    assert all(link.published is None or link.published.tzinfo is not None for link in links)


def test_what_is_wrong_in_a_json_feed_costs_itself() -> None:
    def feed(*items: Any, **more: Any) -> bytes:
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": list(items), **more}).encode()

    def story(number: int, **more: Any) -> dict[str, Any]:
        return {"id": str(number), "url": f"https://a.example/{number}", "title": f"Story {number}", **more}

    for wrong in (None, 7, "x", [], {}, {"url": 5}, {"id": {}, "url": ["x"], "title": {}}):
        links = read_feed(feed(story(1), wrong, story(2), title=[], authors="x", icon=4), "https://a.example/feed")
        assert [link.url for link in links] == ["https://a.example/1", "https://a.example/2"], wrong
    fields = (
        "id",
        "title",
        "summary",
        "content_text",
        "author",
        "authors",
        "tags",
        "attachments",
        "date_published",
        "date_modified",
    )
    for field in (*fields, "external_url", "image", "banner_image"):
        for value in (17, "x", ["x"], {"a": 1}, [None], True):
            links = read_feed(feed(story(1, **{field: value}), story(2)), "https://a.example/feed")
            assert [link.url for link in links] == ["https://a.example/1", "https://a.example/2"], (field, value)
    [link] = read_feed(feed(story(1)).replace(b"Story", b"A\nraw line"), "https://a.example/feed")
    assert link.url == "https://a.example/1"


@pytest.mark.parametrize("open_tag", ["x<br>y", "<p>x<p>y", "<img src=x>", "<i>", "a < b & c"])
def test_a_tag_that_is_left_open_in_an_item_does_not_cost_the_others(open_tag: str) -> None:
    items = "".join(
        f"<item><title>Story {n}</title><link>https://a.example/{n}</link><pubDate>Fri, 20 Nov 2026 08:0{n}:00 GMT</pubDate>"
        f"<description>{open_tag}</description></item>"
        for n in range(5)
    )
    links = read_feed(
        f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode(), "https://a.example/feed"
    )
    assert [(link.url, link.headline) for link in links] == [(f"https://a.example/{n}", f"Story {n}") for n in range(5)]
    assert [link.published and link.published.minute for link in links] == list(range(5))


PAGE = b"<!DOCTYPE html><html><body><p>gone</p></body></html>"


@pytest.mark.parametrize("body", [b"", b"   ", b"\x1f\x8b\x08", PAGE, b"just words", b"\x00\xff" * 40])
def test_no_sitemap(body: bytes) -> None:
    with pytest.raises(UnreadablePage, match=r"a\.example/s\.xml"):
        list(read_sitemap(body, "https://a.example/s.xml"))


@pytest.mark.parametrize("body", [b"", PAGE, b"{}", b'{"items": 3}', b"\x00\xff" * 40,
                                  b"<urlset><url><loc>https://a.example/</loc></url></urlset>"])  # fmt: skip
def test_no_feed(body: bytes) -> None:
    try:
        links = read_feed(body, "https://a.example/f.xml")
    except UnreadablePage as error:
        assert error.url == "https://a.example/f.xml"
    else:
        assert links == []


@pytest.mark.parametrize("declared, written", [("utf-8", "cp1252"), ("iso-8859-1", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-16"),
                                               ("windows-1251", "utf-8"), ("no-such-charset", "utf-8"), ("utf-16", "utf-8")])  # fmt: skip
def test_charset_declared_and_real(declared: str, written: str) -> None:
    title = "Über „Größe“ und Café"
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    feed = f"{head}<rss version='2.0'><channel><item><title>{title}</title><link>https://a.example/1</link></item></channel></rss>"
    assert [link.headline for link in read_feed(feed.encode(written), "https://a.example/f")] == [title]
    sitemap = (
        f"{head}<urlset><url><loc>https://a.example/1</loc><n:news><n:title>{title}</n:title></n:news></url></urlset>"
    )
    assert [link.headline for link in read_sitemap(sitemap.encode(written), "https://a.example/s")] == [title]


def test_charset_of_another_script_as_declared() -> None:
    item = "<item><title>Новости дня</title><link>https://a.example/1</link></item>"
    feed = f'<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel>{item}</channel></rss>'
    assert read_feed(feed.encode("cp1251"), "https://a.example/f")[0].headline == "Новости дня"


def big_sitemap(entries: int) -> bytes:
    row = b"<url><loc>https://a.example/story-%d?a=1&b=2</loc><lastmod>2026-11-20T10:00:00Z</lastmod></url>\n"
    rows = b"".join(row % i for i in range(entries))
    return b"<urlset>" + rows + b"</urlset>"


def test_sitemap_streams_with_bounded_memory() -> None:
    body = gzip.compress(big_sitemap(50_000))
    tracemalloc.start()
    count = sum(1 for _ in read_sitemap(body, "https://a.example/s.xml.gz"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 3_000_000


def test_sitemap_bomb_is_cut_and_what_precedes_counts() -> None:
    one, two = (b"<url><loc>https://a.example/%d</loc></url>" % i for i in (1, 2))
    body = gzip.compress(b"<urlset>" + one + b" " * 3_000_000 + two + b"</urlset>")
    assert [link.url for link in read_sitemap(body, "https://a.example/s", limit=1_000_000)] == ["https://a.example/1"]


def test_sitemap_gzip_torn_in_the_middle() -> None:
    whole = gzip.compress(big_sitemap(2000))
    links = list(read_sitemap(whole[: len(whole) // 2], "https://a.example/s"))
    assert 0 < len(links) < 2000
    assert [link.url for link in links] == [f"https://a.example/story-{i}?a=1&b=2" for i in range(len(links))]


def test_sitemap_cut_anywhere_never_names_half_an_address() -> None:
    body = big_sitemap(3)
    names = {f"https://a.example/story-{i}?a=1&b=2" for i in range(3)}
    for end in range(body.index(b"</loc>") + 6, len(body)):
        found = [link.url for link in read_sitemap(body[:end], "https://a.example/s")]
        assert set(found) <= names and len(found) >= body[:end].count(b"</loc>")


def test_sitemap_entity_bomb_stays_small() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = head + b"<urlset><url><loc>https://a.example/&b;</loc></url></urlset>"
    assert all(len(link.url) < 60 for link in read_sitemap(body, "https://a.example/s"))


def test_robots() -> None:
    body = (
        b"\xef\xbb\xbfSitemap: https://a.example/one.xml\r\nUser-agent: *\rDisallow: /x\nSITEMAP:https://a.example/two.xml # the second\n"
        b"  sitemap : /three.xml\n#Sitemap: https://a.example/no.xml\nSite-map: https://b.example/four.xml\nSitemap:\n"
        b"Sitemap: https://a.example/one.xml\n"
    )
    expected = [
        "https://a.example/one.xml",
        "https://a.example/two.xml",
        "https://a.example/three.xml",
        "https://b.example/four.xml",
    ]
    assert sitemaps_of(body, "https://a.example/robots.txt") == expected
    assert (
        sitemaps_of(b"<html><body>\nSitemap: https://a.example/x.xml\n</body></html>", "https://a.example/robots.txt")
        == []
    )
    assert sitemaps_of(b"", "https://a.example/robots.txt") == []


@pytest.mark.parametrize("text, expected", [
    ("2026-11-20", "2026-11-20T00:00:00"), ("2026-11-20T10:00Z", "2026-11-20T10:00:00"),
    ("2026-11-20 10:00:00 +0130", "2026-11-20T10:00:00"),
    ("20261120T100000Z", "2026-11-20T10:00:00"), ("Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20T10:00:00"),
    ("2026-11-20T24:00:00Z", "2026-11-21T00:00:00"), ("2026-11", None), ("2026", None), ("", None), (None, None), ("2026-02-30", None),
    ("soon", None), ("2026-11-20T10:00:00+99:99", None),
])  # fmt: skip
def test_when(text: str | None, expected: str | None) -> None:
    moment = parse_when(text)
    assert (moment.replace(tzinfo=None).isoformat() if moment else None) == expected
    assert moment is None or moment.tzinfo is not None


def test_an_offset_is_not_invented_and_a_date_covers_its_day() -> None:
    day, stated = parse_when("2026-11-20"), parse_when("2026-11-20T10:00:00+02:00")
    assert day is not None and day.tzinfo is UNSTATED
    assert latest(day) == datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
    assert stated is not None and latest(stated) == stated and stated.utcoffset() == timedelta(hours=2)
