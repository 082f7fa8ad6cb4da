"""HTML pages: links, sections, further pages, embedded data, and what a page says of its own address."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.discover.page import (
    amp_link,
    announced_feeds,
    article_pages,
    canonical_link,
    next_pages,
    page_links,
    section_links,
    state_links,
)  # fmt: skip

PAGES = Path(__file__).parent / "page"
HOME = "https://a.example/"


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def front() -> LexborHTMLParser:
    return LexborHTMLParser((PAGES / "front.html").read_bytes())


def test_page_links_each_address_once_with_its_longest_text() -> None:
    links = {link.url: link for link in page_links(front(), HOME)}
    assert links["https://a.example/2026/11/21/harbour-opens-after-storm"].headline == "Harbour opens after the storm"
    assert links["https://a.example/2026/11/20/picture-only-story"].headline == "A bridge in the fog"
    assert links["https://a.example/2026/11/20/label-only-story"].headline == "The story by its label"
    assert "https://partner.example/offer" in links
    assert not [url for url in links if url.startswith(("mailto", "javascript")) or "#" in url]
    assert len(links) == len(page_links(front(), HOME))
    assert {link.found_on for link in links.values()} == {HOME}
    story = "https://a.example/2026/11/21/harbour-opens-after-storm"  # it stands in the navigation too, and under a headline
    assert links[story].source == "front page" and links["https://a.example/sport"].source == "navigation"
    assert links["https://a.example/impressum"].source == "navigation"
    assert {link.url: link.source for link in page_links(front(), HOME + "politics")}[story] == "section page"
    assert {link.url: link.source for link in page_links(front(), HOME, "seed")}[story] == "seed"


def test_a_long_anchor_is_known_by_its_heading() -> None:
    html = f'<a href="/x"><h3>The headline</h3><p>{"teaser " * 60}</p></a>'
    assert [link.headline for link in page_links(tree(html), HOME)] == ["The headline"]


def test_base_href_and_relative_addresses() -> None:
    html = '<head><base href="/news/"></head><a href="one">1</a><a href="./two/../three">2</a><a href="//b.example/x">3</a><a href="?p=4">4</a>'
    urls = [link.url for link in page_links(tree(html), "https://a.example/deep/page.html")]
    assert urls == [
        "https://a.example/news/one",
        "https://a.example/news/three",
        "https://b.example/x",
        "https://a.example/news/?p=4",
    ]


def test_sections_of_the_navigation() -> None:
    assert [link.url for link in section_links(front(), HOME)] == [
        "https://a.example/politics/", "https://a.example/sport", "https://a.example/tag/storm", "https://culture.a.example/",
    ]  # fmt: skip
    assert section_links(front(), HOME)[0].headline == "Politics"


def test_sections_without_a_navigation() -> None:
    html = '<div><a href="/welt/">Welt</a> <a href="/sport/">Sport</a></div><p><a href="/2026/11/a-story-of-many-words">A story of many words here</a></p>'
    assert [link.url for link in section_links(tree(html), HOME)] == [
        "https://a.example/welt/",
        "https://a.example/sport/",
    ]


def test_announced_feeds() -> None:
    found = [(link.url, link.headline) for link in announced_feeds(front(), HOME)]
    assert found == [
        ("https://a.example/feed/", "All news"), ("https://a.example/atom.xml", None), ("https://a.example/feed.json", None),
        ("https://feeds.example/a/sport", "Sport"), ("https://a.example/politics/rss", "RSS"),
    ]  # fmt: skip


NEXT = [
    ('<link rel="next" href="/news/page/3/">', "/news/page/2/", ["/news/page/3/"]),
    ('<a rel="nofollow next" href="?page=2">x</a>', "/news", ["/news?page=2"]),
    ('<link rel="next" href="/2026/11/another-story-of-many-words/">', "/news", []),
    (
        '<a href="/news?page=1">1</a><b>2</b><a href="/news?page=3">3</a><a href="/news?page=9">9</a>',
        "/news?page=2",
        ["/news?page=3"],
    ),
    ('<b>1</b><a href="/news/2">2</a><a href="/news/3">3</a>', "/news/", ["/news/2"]),
    ('<a href="/news/seite-2.html">2</a>', "/news/", ["/news/seite-2.html"]),
    ('<a href="/news?offset=20">2</a><a href="/news?offset=40">3</a>', "/news", ["/news?offset=20"]),
    ('<a href="/news/page/2">Ältere Beiträge »</a>', "/news", ["/news/page/2"]),
    ('<a href="/news/page/1">Neuere</a><a href="/news/page/3">Plus d’articles</a>', "/news/page/2", ["/news/page/3"]),
    ('<a href="/news?before=1700000000">Daha fazla göster</a>', "/news", ["/news?before=1700000000"]),
    ('<a class="pagination__next" href="/news?p=2"><svg></svg></a>', "/news", ["/news?p=2"]),
    (
        '<button class="load-more" data-url="/ajax/news?page=2">Load more</button>',
        "/news",
        ["/ajax/news?page=2"],
    ),
    ('<button data-href="/news/2026/10">Cargar más</button>', "/news", ["/news/2026/10"]),
    ('<div id="infinite" data-next-url="https://a.example/news/list/2"></div>', "/news", ["/news/list/2"]),
    ('<button class="more" data-url="https://b.example/x?page=2">More</button>', "/news", []),
    (
        '<a href="/news/2026/11/ferry-sinks-off-the-coast">More</a><a href="/news/2026/11/ferry-sinks-off-the-coast">Read more</a>',
        "/news",
        [],
    ),
    ('<a href="/sport?page=2">2</a>', "/news", []),
    ('<a href="/news/page/1">« Previous</a><a href="/news/page/2">2</a>', "/news/page/2", []),
    ("<p>The end</p>", "/news/page/9", []),
]


@pytest.mark.parametrize("html, at, expected", NEXT)
def test_next_pages(html: str, at: str, expected: list[str]) -> None:
    assert next_pages(tree(html), "https://a.example" + at) == ["https://a.example" + url for url in expected]


STORY = "/2026/11/long-read-on-rivers"
PARTS = [
    (f'<b>1</b><a href="{STORY}/2">2</a><a href="{STORY}/3/">3</a><a href="{STORY}/2">Next</a>', STORY, [STORY + "/2", STORY + "/3/"]),
    (f'<a href="{STORY}?page=2">2</a>', STORY, [STORY + "?page=2"]),
    (f'<a href="{STORY}-2.html">2</a><a href="{STORY}-3.html">3</a>', STORY + ".html", [STORY + "-2.html", STORY + "-3.html"]),
    (f'<a href="{STORY}/page/2/">2</a>', STORY + "/", [STORY + "/page/2/"]),
    (f'<link rel="next" href="{STORY}/2">', STORY, [STORY + "/2"]),
    (f'<a href="{STORY}">1</a><b>2</b><a href="{STORY}/3">3</a>', STORY + "/2", [STORY + "/3"]),
    ('<link rel="next" href="/2026/11/another-story">', STORY, []),
    ('<a href="/2026/11/other-story/2">2</a><a href="/archive/2">2</a>', STORY, []),
    ('<a href="/news/12346">2</a>', "/news/12345", []),
    (f'<a href="{STORY}/comments">2</a><a href="{STORY}#2">2</a>', STORY, []),
]  # fmt: skip


@pytest.mark.parametrize("html, at, expected", PARTS)
def test_article_pages(html: str, at: str, expected: list[str]) -> None:
    assert article_pages(tree(html), "https://a.example" + at) == ["https://a.example" + url for url in expected]


S1, S2 = "https://a.example/2026/11/first-story-of-the-day", "https://a.example/2026/11/second-story-of-the-day"
STATES = {
    "next": '<script id="__NEXT_DATA__" type="application/json">{"props":{"items":[{"title":"First","url":"/2026/11/first-story-of-the-day"},'
            '{"headline":"Second","href":"https:\\/\\/a.example\\/2026\\/11\\/second-story-of-the-day"}],"logo":{"url":"/img/logo.png"}}}</script>',
    "next, streamed": r'<script>self.__next_f.push([1,"5:[{\"url\":\"/2026/11/first-story-of-the-day\"},{\"url\":\"/2026/11/second-story-of-the-day\"}]"])</script>',
    "fusion": '<script>window.Fusion=window.Fusion||{};Fusion.globalContent={"content_elements":[{"website_url":"/2026/11/first-story-of-the-day/"'
              ',"headlines":{"basic":"First"}},{"canonical_url":"/2026/11/second-story-of-the-day"}]};Fusion.x=1</script>'.replace("day/", "day"),
    "nuxt 2": r'<script>window.__NUXT__=(function(a,b){return {data:[{url:"\u002F2026\u002F11\u002Ffirst-story-of-the-day",x:a},{url:"\u002F2026\u002F11\u002Fsecond-story-of-the-day"}]}}(1,2));</script>',
    "nuxt 3": '<script type="application/json" id="__NUXT_DATA__">[{"list":1},[2,5],{"url":3,"title":4},"/2026/11/first-story-of-the-day","First",'
              '{"url":6},"/2026/11/second-story-of-the-day"]</script>',
    "apollo": '<script>window.__APOLLO_STATE__ = {"Article:1":{"__typename":"Article","path":"/2026/11/first-story-of-the-day","title":"First"},'
              '"Article:2":{"path":"/2026/11/second-story-of-the-day"},"Author:1":{"__typename":"Author","path":"/people/of-many-names-and-words"}};</script>',
    "list in ld+json": '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"ListItem","url":"/2026/11/first-story-of-the-day"},'
                       '{"@type":"ListItem","item":{"@id":"/2026/11/second-story-of-the-day","name":"Second"}}]}</script>',
    "state under a name of its own": '<script>window.APP_DATA={"home":{"list":[{"headline":"First","link":"/2026/11/first-story-of-the-day"},'
                                     '{"link":"/2026/11/second-story-of-the-day"}]}};</script>',
    "boxes that are pressed": '<div class="card" data-href="/2026/11/first-story-of-the-day"><h3>First</h3></div><div data-url="{&quot;a&quot;:1}"></div>'
                              '<div data-link="#top"></div><li onclick="location.href = \'/2026/11/second-story-of-the-day\'">Second</li>',
    "broken json": '<script type="application/json">{"a":[{"url":"/2026/11/first-story-of-the-day"},{"url":"/2026/11/second-story-of-the-day",]</script>',
}  # fmt: skip


@pytest.mark.parametrize("name", STATES)
def test_state_links(name: str) -> None:
    links = state_links(tree(STATES[name]), HOME)
    assert [link.url for link in links] == [S1, S2]
    assert {link.source for link in links} == {"embedded data"}


def test_state_links_carry_titles_and_stay_on_the_site() -> None:
    first, _ = state_links(tree(STATES["next"]), HOME)
    assert first.headline == "First"
    assert (
        state_links(tree(STATES["next"]), "https://b.example/") == []
        or "b.example" in state_links(tree(STATES["next"]), "https://b.example/")[0].url
    )
    assert state_links(tree('<script>var a = "nothing"; b == {c: 1}</script><script src="/x.js"></script>'), HOME) == []


def test_state_links_of_a_hostile_script_end() -> None:
    assert state_links(tree("<script>__x__ " + "a" * 200_000 + "={" * 3_000 + "</script>"), HOME) == []
    assert state_links(tree('<script type="application/json">' + "[" * 100_000 + "/</script>"), HOME) == []


CANONICAL = [
    (f'<link rel="canonical" href="{STORY}">', STORY + "?utm_source=x", STORY),
    (f'<link rel=canonical href="https://www.a.example{STORY}">', "/amp" + STORY, "https://www.a.example" + STORY),
    (f'<meta property="og:url" content="{STORY}">', STORY + "/print", STORY),
    ('<link rel="canonical" href="/">', STORY, None),
    ('<link rel="canonical" href="https://a.example">', STORY, None),
    ('<link rel="canonical" href="/2026/11/">', STORY, None),
    ('<link rel="canonical" href="https://b.example/x">', STORY, None),
    ('<link rel="canonical" href="/news/entirely-different-77777">', "/news/rivers-of-the-north-12345", None),
    (
        '<link rel="canonical" href="/news/rivers-of-the-north-renamed-12345">',
        "/news/rivers-12345",
        "/news/rivers-of-the-north-renamed-12345",
    ),
    ('<link rel="canonical" href="/a-story-of-x"><link rel="canonical" href="/b-story-of-y">', "/c-story-of-z", None),
    (f'<link rel="canonical" href="/other-story-x"><link rel="canonical" href="{STORY}">', STORY, STORY),
    ('<link rel="canonical" href="">', STORY, None),
    ("<p>nothing</p>", STORY, None),
]


@pytest.mark.parametrize("html, at, expected", CANONICAL)
def test_canonical_link(html: str, at: str, expected: str | None) -> None:
    found = canonical_link(tree(html), "https://a.example" + at)
    assert found == (
        None if expected is None else expected if expected.startswith("http") else "https://a.example" + expected
    )


def test_amp_link() -> None:
    assert amp_link(tree('<link rel="amphtml" href="/amp/x">'), HOME) == "https://a.example/amp/x"
    assert amp_link(tree("<p>x</p>"), HOME) is None


@pytest.mark.parametrize(
    "html", ["", "<", "<a href>", "<a href='http://['>x</a>", "<base href='http://['><a href=x>x</a>", "\x00" * 20]
)
def test_broken_pages_give_what_they_have(html: str) -> None:
    for read in (
        page_links,
        section_links,
        next_pages,
        article_pages,
        announced_feeds,
        state_links,
        canonical_link,
        amp_link,
    ):
        read(tree(html), HOME)
