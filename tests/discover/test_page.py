"""HTML pages: their links, sections and feeds, and the canonical URL that a page states."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.discover.page import (
    amp_link,
    announced_feeds,
    article_pages,
    next_pages,
    page_links,
    section_links,
    state_links,
)

FRONT_PAGE = Path(__file__).with_name("page") / "front.html"
HOME = "https://a.example/"


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def front() -> LexborHTMLParser:
    return LexborHTMLParser(FRONT_PAGE.read_bytes())


def test_a_page_names_each_url_once_with_its_longest_text() -> None:
    links = {link.url: link for link in page_links(front(), HOME)}
    assert links["https://a.example/2026/11/21/harbour-opens-after-storm"].headline == "Harbour opens after the storm"
    assert links["https://a.example/2026/11/20/picture-only-story"].headline == "A bridge in the fog"
    assert links["https://a.example/2026/11/20/label-only-story"].headline == "The story by its label"
    assert "https://partner.example/offer" in links
    assert not [url for url in links if url.startswith(("mailto", "javascript")) or "#" in url]
    assert len(links) == len(page_links(front(), HOME))
    assert {link.found_on for link in links.values()} == {HOME}
    story = "https://a.example/2026/11/21/harbour-opens-after-storm"  # both in the navigation and below a headline
    assert links[story].source == "front page" and links["https://a.example/sport"].source == "navigation"
    assert links["https://a.example/impressum"].source == "navigation"
    assert {link.url: link.source for link in page_links(front(), HOME + "politics")}[story] == "section page"
    assert {link.url: link.source for link in page_links(front(), HOME, "seed")}[story] == "seed"


def test_a_long_anchor_has_its_heading_as_headline() -> None:
    html = f'<a href="/x"><h3>The headline</h3><p>{"teaser " * 60}</p></a>'
    assert [link.headline for link in page_links(tree(html), HOME)] == ["The headline"]


def test_relative_urls_are_resolved_against_the_base_element() -> None:
    html = (
        '<head><base href="/news/"></head><a href="one">1</a><a href="./two/../three">2</a>'
        '<a href="//b.example/x">3</a><a href="?p=4">4</a>'
    )
    urls = [link.url for link in page_links(tree(html), "https://a.example/deep/page.html")]
    assert urls == [
        "https://a.example/news/one",
        "https://a.example/news/three",
        "https://b.example/x",
        "https://a.example/news/?p=4",
    ]


def test_sections_are_found_in_the_navigation() -> None:
    assert [link.url for link in section_links(front(), HOME)] == [
        "https://a.example/politics/",
        "https://a.example/sport",
        "https://a.example/tag/storm",
        "https://culture.a.example/",
    ]
    assert section_links(front(), HOME)[0].headline == "Politics"


def test_the_frames_of_a_frameset_are_sections() -> None:
    html = (
        '<frameset cols="20%,80%"><frame src="menu.html"><frameset rows="*"><frame src="/main.php?lang=en">'
        '<frame src="https://ads.example/x"><frame name="empty"></frameset></frameset>'
    )
    assert [link.url for link in section_links(tree(html), HOME)] == (
        ["https://a.example/menu.html", "https://a.example/main.php?lang=en"]
    )


def test_sections_are_found_without_a_navigation() -> None:
    html = (
        '<div><a href="/welt/">Welt</a> <a href="/sport/">Sport</a></div>'
        '<p><a href="/2026/11/a-story-of-many-words">A story of many words here</a></p>'
    )
    assert [link.url for link in section_links(tree(html), HOME)] == [
        "https://a.example/welt/",
        "https://a.example/sport/",
    ]


def test_announced_feeds_are_found() -> None:
    found = [(link.url, link.headline) for link in announced_feeds(front(), HOME)]
    assert found == [
        ("https://a.example/feed/", "All news"),
        ("https://a.example/atom.xml", None),
        ("https://a.example/feed.json", None),
        ("https://feeds.example/a/sport", "Sport"),
        ("https://a.example/politics/rss", "RSS"),
    ]


STORY = "/2026/11/long-read-on-rivers"


def test_feeds_of_blogger_and_feedburner_are_found_by_their_links() -> None:
    html = (
        '<a href="/feeds/posts/default">Posts</a><a href="/feeds/posts/default/-/town?alt=rss">Town</a>'
        '<a href="https://feeds.feedburner.com/the-paper">Feed</a><a href="https://feeds2.feedburner.com/a/b">b</a>'
        '<a href="/feeds/posts/comments">x</a><a href="https://www.feedburner.com/">y</a>'
    )
    assert [link.url for link in announced_feeds(tree(html), HOME)] == [
        "https://a.example/feeds/posts/default",
        "https://a.example/feeds/posts/default/-/town?alt=rss",
        "https://feeds.feedburner.com/the-paper",
        "https://feeds2.feedburner.com/a/b",
    ]


def test_the_amp_page_is_found() -> None:
    assert amp_link(tree('<link rel="amphtml" href="/amp/x">'), HOME) == "https://a.example/amp/x"
    assert amp_link(tree("<p>x</p>"), HOME) is None


@pytest.mark.parametrize(
    "html", ["", "<", "<a href>", "<a href='http://['>x</a>", "<base href='http://['><a href=x>x</a>", "\x00" * 20]
)
def test_broken_pages_raise_nothing(html: str) -> None:
    readers = (page_links, section_links, next_pages, article_pages, announced_feeds, state_links)
    for read in (*readers, amp_link):
        read(tree(html), HOME)
