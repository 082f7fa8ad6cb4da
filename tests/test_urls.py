from __future__ import annotations

import pytest

from newscrawl import NewscrawlError, Page, extract, record
from newscrawl.discover.address import absolute
from newscrawl.discover.feed import read_feed
from newscrawl.discover.page import page_links
from newscrawl.discover.robots import sitemaps_of
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.read import open_document
from newscrawl.urls import is_web_url, joined, split, without_controls
from tests.support.living_site import Story
from tests.support.mutated_documents import BAD_URLS

URL = "https://news.example/2026/11/council-votes"
NOT_SPLIT = ["http://[x", "http://[::1", "http://[x]/a", "//[", "http://\u2100.example/"]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in Story(3, None, "Council votes").paragraphs)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", NOT_SPLIT)
def test_what_cannot_be_taken_apart_has_no_parts(url: str) -> None:
    assert (split(url).netloc, split(url).path, split(url).hostname) == ("", "", None)
    assert joined("https://a.example/", url) is None and absolute("https://a.example/", url) is None
    assert not is_web_url(url)


def test_a_good_url_is_taken_apart_and_joined() -> None:
    assert split("https://a.example/b?c").path == "/b"
    assert joined("https://a.example/b/c", "../d") == "https://a.example/d"
    assert joined("https://a.example/b/c", "//b.example/d") == "https://b.example/d"
    assert is_web_url("HTTP://a.example:80")


@pytest.mark.parametrize(
    "url",
    ["mailto:a", "http://", "http:///a", "https://a.example:99999/", "https://a.example:x/", "", "/a", "ftp://a.b/"],
)
def test_what_cannot_be_requested_is_no_web_url(url: str) -> None:
    assert not is_web_url(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/b", "https://a.example/b"),
        (" https://a.example/b\n", "https://a.example/b"),
        ("https://a.example/b\nc", "https://a.example/bc"),
        ("/b\x06c\x7f", "/b%06c%7F"),
        ("/b c\ud800", "/b%20c%EF%BF%BD"),
        ("/ключ", "/ключ"),
    ],
)
def test_control_characters_are_removed_or_escaped_as_browsers_do(url: str, shown: str) -> None:
    assert without_controls(url) == shown


@pytest.mark.parametrize("bad", BAD_URLS)
def test_a_bad_link_costs_no_other(bad: str) -> None:
    anchors = f'<a href="{bad}">A bad link</a><a href="/2026/11/a-good-story-of-the-day">A good story of the day</a>'
    html = f"<html><body>{anchors}</body></html>"
    found = [link.url for link in page_links(open_document(Page(URL, html)).tree, URL)]
    assert "https://news.example/2026/11/a-good-story-of-the-day" in found
    good = "https://news.example/good"
    items = "".join(f"<item><title>A</title><link>{url}</link></item>" for url in (bad, good))
    feed = f"<rss><channel>{items}</channel></rss>"
    assert good in [link.url for link in read_feed(feed.encode("utf-8", "replace"), URL)]
    sitemap = f"<urlset>{''.join(f'<url><loc>{u}</loc></url>' for u in (bad, good))}</urlset>"
    assert good in [link.url for link in read_sitemap(sitemap.encode("utf-8", "replace"), URL)]
    robots = f"Sitemap: {bad}\nSitemap: {good}\n"
    assert good in sitemaps_of(robots.encode("utf-8", "replace"), URL)


@pytest.mark.parametrize("bad", BAD_URLS)
def test_a_page_with_bad_addresses_keeps_its_good_ones(bad: str) -> None:
    stated = (
        '{"@type": "NewsArticle", "headline": "Council votes", "url": "BAD", "mainEntityOfPage": "BAD", '
        '"image": ["BAD"], '
        '"author": {"name": "Ada Ferris", "url": "BAD"}, "publisher": {"name": "P", "url": "BAD", "logo": "BAD"}}'
    ).replace("BAD", bad.replace("\\", "\\\\").replace("\n", ""))
    html = (
        f'<html><head><base href="{bad}"><link rel=canonical href="{bad}"><meta property="og:image" content="{bad}">'
        f'<script type="application/ld+json">{stated}</script></head><body><h1>Council votes</h1>'
        f'<figure><img src="/good.jpg" width=800 height=500></figure>{TEXT}<a href="{bad}">a</a>'
        f'<img src="{bad}" srcset="{bad} 2x"></body></html>'
    )
    made = record(extract(html, URL))
    assert made["headline"] == "Council votes"
    assert any(image["url"].endswith("/good.jpg") for image in made["images"])


@pytest.mark.parametrize("bad", [*NOT_SPLIT, "https://a.example/\ud800", "/a", ""])
def test_a_page_from_a_bad_address_is_read_or_refused(bad: str) -> None:
    try:
        article = extract(f"<html><body><h1>Council votes</h1>{TEXT}</body></html>", bad)
    except NewscrawlError:
        return
    assert "\ud800" not in article.url and article.headline == "Council votes"
