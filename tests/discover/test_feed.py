"""Feeds: RSS, Atom and JSON Feed, and how faults in them are tolerated."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.discover.feed import asked_pause, read_feed
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.errors import UnreadablePage
from tests.support.link_cases import cases, rows


@pytest.mark.parametrize("path", cases("feed"), ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["plain", "gzip", "bom"])
def test_a_feed_names_its_links(path: Path, form: str) -> None:
    body = path.read_bytes()
    body = {"plain": body, "gzip": gzip.compress(body), "bom": b"\xef\xbb\xbf" + body}[form]
    links = read_feed(body, "https://a.example/feeds/all.xml")
    expected = [{**row, "source": "feed"} for row in json.loads(path.with_suffix(".json").read_text("utf-8"))]
    assert rows(links) == expected
    assert all(link.published is None or link.published.tzinfo is not None for link in links)


def test_a_fault_in_an_item_of_a_json_feed_affects_only_that_item() -> None:
    def feed(*items: Any, **more: Any) -> bytes:
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": list(items), **more}).encode()

    def story(number: int, **more: Any) -> dict[str, Any]:
        return {"id": str(number), "url": f"https://a.example/{number}", "title": f"Story {number}", **more}

    for wrong in (None, 7, "x", [], {}, {"url": 5}, {"id": {}, "url": ["x"], "title": {}}):
        links = read_feed(feed(story(1), wrong, story(2), title=[], authors="x", icon=4), "https://a.example/feed")
        assert [link.url for link in links] == ["https://a.example/1", "https://a.example/2"], wrong
    fields = "id title summary content_text author authors tags attachments date_published date_modified"
    for field in (*fields.split(), "external_url", "image", "banner_image"):
        for value in (17, "x", ["x"], {"a": 1}, [None], True):
            links = read_feed(feed(story(1, **{field: value}), story(2)), "https://a.example/feed")
            assert [link.url for link in links] == ["https://a.example/1", "https://a.example/2"], (field, value)
    [link] = read_feed(feed(story(1)).replace(b"Story", b"A\nraw line"), "https://a.example/feed")
    assert link.url == "https://a.example/1"


@pytest.mark.parametrize("open_tag", ["x<br>y", "<p>x<p>y", "<img src=x>", "<i>", "a < b & c"])
def test_an_unclosed_tag_in_an_item_does_not_affect_the_others(open_tag: str) -> None:
    items = "".join(
        f"<item><title>Story {n}</title><link>https://a.example/{n}</link>"
        f"<pubDate>Fri, 20 Nov 2026 08:0{n}:00 GMT</pubDate><description>{open_tag}</description></item>"
        for n in range(5)
    )
    feed = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"
    links = read_feed(feed.encode(), "https://a.example/feed")
    assert [(link.url, link.headline) for link in links] == [(f"https://a.example/{n}", f"Story {n}") for n in range(5)]
    assert [link.published and link.published.minute for link in links] == list(range(5))


PAGE = b"<!DOCTYPE html><html><body><p>gone</p></body></html>"


@pytest.mark.parametrize(
    "body",
    [b"", PAGE, b"{}", b'{"items": 3}', b"\x00\xff" * 40, b"<urlset><url><loc>https://a.example/</loc></url></urlset>"],
)
def test_a_body_that_is_no_feed_has_no_links(body: bytes) -> None:
    try:
        links = read_feed(body, "https://a.example/f.xml")
    except UnreadablePage as error:
        assert error.url == "https://a.example/f.xml"
    else:
        assert links == []


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("utf-8", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("utf-16", "utf-16"),
        ("windows-1251", "utf-8"),
        ("no-such-charset", "utf-8"),
        ("utf-16", "utf-8"),
    ],
)
def test_text_is_right_whatever_encoding_is_declared(declared: str, written: str) -> None:
    title = "Über „Größe“ und Café"
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    item = f"<item><title>{title}</title><link>https://a.example/1</link></item>"
    feed = f"{head}<rss version='2.0'><channel>{item}</channel></rss>"
    assert [link.headline for link in read_feed(feed.encode(written), "https://a.example/f")] == [title]
    entry = f"<url><loc>https://a.example/1</loc><n:news><n:title>{title}</n:title></n:news></url>"
    sitemap = f"{head}<urlset>{entry}</urlset>"
    assert [link.headline for link in read_sitemap(sitemap.encode(written), "https://a.example/s")] == [title]


def test_the_declared_encoding_of_another_script_is_used() -> None:
    item = "<item><title>Новости дня</title><link>https://a.example/1</link></item>"
    feed = f'<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel>{item}</channel></rss>'
    assert read_feed(feed.encode("cp1251"), "https://a.example/f")[0].headline == "Новости дня"


def test_a_feed_may_state_how_long_to_wait():
    assert asked_pause(b"<rss><channel><ttl>60</ttl>") == 3600
    twice_an_hour = b"<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    assert asked_pause(twice_an_hour) == 1800
    assert asked_pause(b"<rss><channel>") == 0


RSS = (
    '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>C</title><item>{}<link>https://a.example/1</link></item>'
    "</channel></rss>"
)
ATOM = "<feed{}><entry>{}<link href='https://a.example/1'/></entry></feed>"
NAMESPACE = " xmlns='http://www.w3.org/2005/Atom'"
XHTML = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>bold</b> word</div></title>'


@pytest.mark.parametrize(
    ("feed", "title"),
    [
        (RSS.format("<media:title>Wrong</media:title><title>Right</title>"), "Right"),
        (RSS.format("<media:content><media:title>Wrong</media:title></media:content><title>Right</title>"), "Right"),
        (RSS.format("<dc:title>Wrong</dc:title><title>Right</title>"), "Right"),
        (RSS.format("<media:title>Wrong</media:title><dc:title>Right</dc:title>"), "Right"),
        (RSS.format("<title></title><dc:title>Right</dc:title>"), "Right"),
        (RSS.format("<media:title>Only one</media:title>"), "Only one"),
        (RSS.format("<foo:title>Wrong</foo:title><title>Right</title>"), "Right"),  # a prefix without a namespace
        (RSS.format("<title>A <b>bold</b> word</title>"), "A bold word"),
        (RSS.format("<title><![CDATA[A <b>bold</b> word &amp; more]]></title>"), "A bold word & more"),
        (RSS.format("<title>&#X41; word, &#x42;, 1 &lt; 2</title>"), "A word, B, 1 < 2"),
        (RSS.format(""), None),
        (ATOM.format(NAMESPACE, XHTML), "A bold word"),
        (ATOM.format(NAMESPACE, '<title type="html">A &lt;b>bold&lt;/b> word</title>'), "A bold word"),
        (ATOM.format("", "<title>Right</title>"), "Right"),
        (ATOM.format(" version='0.3' xmlns='http://purl.org/atom/ns#'", "<title>Right</title>"), "Right"),
    ],
)
def test_the_title_of_an_entry_is_its_own_without_markup(feed: str, title: str | None) -> None:
    [link] = read_feed(feed.encode(), "https://a.example/feed")
    assert (link.url, link.headline) == ("https://a.example/1", title)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Di, 05 Mär 2024 15:12:00 +0100", "2024-03-05T15:12:00+01:00"),
        ("Вт, 05 мар 2024 15:12:00 +0300", "2024-03-05T15:12:00+03:00"),
        ("05.03.2024 15:12", "2024-03-05T15:12:00+00:00"),
        ("05/03/2024", None),
        ("2003-12", None),
        ("2024", None),
        ("1709650000", None),
        ("31.02.2024", None),
    ],
)
def test_the_date_of_an_entry_is_neither_invented_nor_swapped(text: str, published: str | None) -> None:
    [link] = read_feed(RSS.format(f"<title>t</title><pubDate>{text}</pubDate>").encode(), "https://a.example/feed")
    assert (link.published and link.published.isoformat()) == published


@pytest.mark.parametrize(
    ("title", "charset"),
    [
        ("Городской совет проголосовал за новый мост через реку", "cp1251"),
        ("市议会投票决定修建新的大桥", "gbk"),
        ("市議会は新しい橋の建設を決めた", "euc-jp"),
    ],
)
def test_the_charset_of_a_feed_is_that_of_its_content_type_or_found(title: str, charset: str) -> None:
    body = RSS.format(f"<title>{title}</title>").encode(charset)
    assert [link.headline for link in read_feed(body, "https://a.example/feed")] == [title]
    assert [link.headline for link in read_feed(body, "https://a.example/feed", charset)] == [title]
    short = RSS.format("<title>Ж—Ж</title>").encode("cp1251")
    assert read_feed(short, "https://a.example/feed", "windows-1251")[0].headline == "Ж—Ж"
    assert (
        read_feed("Жуть".join(RSS.format("<title>|</title>").split("|")).encode(), "", "cp1251")[0].headline == "Жуть"
    )
