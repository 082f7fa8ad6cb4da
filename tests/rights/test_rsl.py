"""RSL: written licences in a script, and links to them in headers, pages and feeds."""

import pytest

from newscrawl.article import License, Page, RslLicense
from newscrawl.read import open_document
from newscrawl.rights import feed_licenses
from newscrawl.rights.rsl import written_licenses
from tests.support.rights_pages import RSL, URL, rights_of


@pytest.mark.parametrize(
    ("url", "applies"),
    [
        ("", True),
        ("/", True),
        ("/2026/*", True),
        ("https://www.news.example/2026/", True),
        ("https://news.example/*", True),
        ("/2025/", False),
        ("https://other.example/", False),
        (URL, True),
        ("/2026/11/$", False),
    ],
)
def test_a_written_licence_applies_to_the_urls_that_it_names(url, applies):
    expected = RslLicense("script", None, ("search", "ai-input"), ("ai-train",), "free")
    assert written_licenses(RSL.format(url=url), URL) == ((expected,) if applies else ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<rsl>",
        "<rsl><content><license></content>",
        "<html/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><rsl>&b;</rsl>",
    ],
)
def test_broken_rsl_is_ignored(text):
    assert all(one == RslLicense("script") for one in written_licenses(text, URL))


def test_rsl_is_found_in_headers_links_and_scripts():
    script = f'<script type="application/rsl+xml">{RSL.format(url="/")}</script>'
    head = f'<link rel="license" type="Application/RSL+XML" href="/rsl.xml">{script}'
    header = (
        '<https://a.example/l.xml>; type="application/rsl+xml"; rel="license", </next>; rel=next, </l>; rel=license'
    )
    rights = rights_of(head, Link=header)
    assert [(one.source, one.url) for one in rights.rsl] == [
        ("header", "https://a.example/l.xml"),
        ("link", "https://news.example/rsl.xml"),
        ("script", None),
    ]
    assert rights.licenses == (License("header", "https://news.example/l"),)


def test_rsl_is_found_in_feeds():
    def content(url):
        licence = '<rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license>'
        return f'<rsl:content url="{url}">{licence}</rsl:content>'

    feed = (
        f'<rss xmlns:rsl="https://rslstandard.org/rsl" version="2.0"><channel><title>x</title>{{}}'
        f"<item><link>{URL}</link>{content(URL)}</item><item><link>/other</link></item></channel></rss>"
    )
    found = feed_licenses(feed.format("").encode(), open_document(Page(URL, "<p>x")).absolute)
    assert list(found) == [URL] and found[URL][0].prohibits == ("ai-train",) and found[URL][0].source == "feed"
    assert set(feed_licenses(feed.format(content("/")).encode(), lambda url: url)) == {"", URL}
    assert feed_licenses(b"<rss/>", lambda url: url) == {}
