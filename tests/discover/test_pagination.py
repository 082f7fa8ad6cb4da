"""Where a list continues."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.discover.pagination import next_pages


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


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
        '<a href="/news/2026/11/ferry-sinks-off-the-coast">More</a>'
        '<a href="/news/2026/11/ferry-sinks-off-the-coast">Read more</a>',
        "/news",
        [],
    ),
    ('<a href="/sport?page=2">2</a>', "/news", []),
    ('<a href="/news/page/1">« Previous</a><a href="/news/page/2">2</a>', "/news/page/2", []),
    ("<p>The end</p>", "/news/page/9", []),
]


@pytest.mark.parametrize(("html", "at", "expected"), NEXT)
def test_the_next_page_of_a_listing(html: str, at: str, expected: list[str]) -> None:
    assert next_pages(tree(html), "https://a.example" + at) == ["https://a.example" + url for url in expected]
