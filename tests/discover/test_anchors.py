"""The anchors of a page are bounded, in number and in time."""

import time

from newscrawl.article import Page
from newscrawl.discover.anchors import MAX_LINKS, anchors, has_select, walked
from newscrawl.discover.page import article_pages, first_page, page_links, section_links
from newscrawl.discover.pagination import next_pages
from newscrawl.read import open_document
from tests.support.story_page import BODY, URL, page

STORY = "https://a.example/2026/11/the-story"


def test_the_links_of_a_page_are_bounded():
    many = "".join(
        f'<a rel=next class=next href="/2026/11/{n}?page={n}"><img src=/a.jpg>More {n}</a>'
        for n in range(MAX_LINKS + 500)
    )
    tree = open_document(Page(URL, page(BODY + many))).tree
    start = time.process_time()
    assert len(anchors(tree, URL)) == MAX_LINKS
    assert len(next_pages(tree, URL)) <= 200
    assert len(section_links(tree, URL)) <= 300
    assert time.process_time() - start < 30


def test_links_to_known_urls_are_left_out_and_nothing_is_made_of_them() -> None:
    html = page(
        BODY + "<nav><a href=/politics>Politics</a><a href=/new>New</a></nav>"
        "<p><a href=/known>Known</a><a href=//a.example/known>Known</a><a href='https://a.example/known#part'>Part</a>"
        "<a href=' /known'>Known</a><a href=https://b.example/other>Other</a></p>"
    )
    asked: list[str] = []

    def known(url: str) -> bool:
        asked.append(url)
        return url in {"https://a.example/known", "https://a.example/politics", "https://b.example/other"}

    tree = open_document(Page(STORY, html)).tree
    links = page_links(tree, STORY, known=known)
    assert [(link.url, link.source) for link in links] == [("https://a.example/new", "navigation")]
    assert asked.count("https://a.example/politics") == 1
    left = [anchor.url for anchor in anchors(tree, STORY, known)]
    assert left == ["https://a.example/new", "https://a.example/known"], "an href in another form is resolved first"
    assert len(anchors(tree, STORY)) == 4, "whoever knows nothing gets all"


def test_known_pages_of_the_same_article_are_never_left_out() -> None:
    url = "https://a.example/2026/11/the-long-story"
    later = "".join(f"<a href={url}/{n}>{n}</a><a href=/2026/11/the-long-story/{n}>{n}</a>" for n in (2, 3))

    def everything(address: str) -> bool:
        return True

    tree = open_document(Page(url, page(f"{BODY}<a href=/2026/11/other>Other</a>{later}"))).tree
    assert article_pages(tree, url, known=everything) == [f"{url}/2", f"{url}/3"]
    tree = open_document(Page(f"{url}/2", page(f"{BODY}<a href={url}>1</a><a href=/2026/11/other>Other</a>"))).tree
    assert first_page(tree, f"{url}/2", everything) == url


def test_one_walk_finds_what_each_reader_asks_for() -> None:
    html = page(
        f"{BODY}<footer><p><a href=below>Below</a></p></footer><a rel='nofollow Next' href=?page=2>more</a>"
        "<select><option value=/a>1<option value=/b>2</select>",
        "<base href=/there/><link rel=next href=?page=3><link rel=nextish href=?page=4>",
    )
    tree = open_document(Page(STORY, html)).tree
    found = walked(tree, STORY, lambda address: False)
    assert found.base == "https://a.example/there/"
    assert found.following == ["https://a.example/there/?page=3", "https://a.example/there/?page=2"]
    assert found.aside == {"below"} and found.has_select and has_select(tree)
    assert not walked(open_document(Page(STORY, page(BODY))).tree, STORY).has_select
