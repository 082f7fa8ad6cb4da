"""The pages of one article in parts."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.discover.article_pages import article_pages, first_page, has_unreachable_pages


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


STORY = "/2026/11/long-read-on-rivers"
PARTS = [
    (
        f'<b>1</b><a href="{STORY}/2">2</a><a href="{STORY}/3/">3</a><a href="{STORY}/2">Next</a>',
        STORY,
        [STORY + "/2", STORY + "/3/"],
    ),
    (f'<a href="{STORY}?page=2">2</a>', STORY, [STORY + "?page=2"]),
    (
        f'<a href="{STORY}-2.html">2</a><a href="{STORY}-3.html">3</a>',
        STORY + ".html",
        [STORY + "-2.html", STORY + "-3.html"],
    ),
    (f'<a href="{STORY}/page/2/">2</a>', STORY + "/", [STORY + "/page/2/"]),
    (f'<link rel="next" href="{STORY}/2">', STORY, [STORY + "/2"]),
    (f'<a href="{STORY}">1</a><b>2</b><a href="{STORY}/3">3</a>', STORY + "/2", [STORY + "/3"]),
    ('<link rel="next" href="/2026/11/another-story">', STORY, []),
    ('<a href="/2026/11/other-story/2">2</a><a href="/archive/2">2</a>', STORY, []),
    ('<a href="/news/12346">2</a>', "/news/12345", []),
    (f'<a href="{STORY}?page=2">Next page</a>', STORY, [STORY + "?page=2"]),
    (f'<a href="{STORY}/2">下一页</a>', STORY, [STORY + "/2"]),
    (f'<a href="{STORY}-2.html">Nächste Seite »</a>', STORY + ".html", [STORY + "-2.html"]),
    (f'<a href="{STORY}-2.html">Page 2: on the lower river</a>', STORY + ".html", [STORY + "-2.html"]),
    (f'<a href="{STORY}-2.html">2. The lower river</a>', STORY + ".html", [STORY + "-2.html"]),
    (f'<a href="{STORY}-2">Long Reads 2: the sequel</a>', STORY, []),
    (f'<a href="{STORY}?page=0">Page 1</a>', STORY, []),
    (f'<a href="{STORY}-2">The same title, a week later</a>', STORY, []),
    (f'<a class="next" href="{STORY}-2"><svg></svg></a>', STORY, [STORY + "-2"]),
    (f'<a href="{STORY}/2">In the second part: the lower river</a>', STORY, [STORY + "/2"]),
    (f'<a href="{STORY}?start=1">Suivant</a><a href="{STORY}?start=9">x</a>', STORY, [STORY + "?start=1"]),
    (f'<a href="{STORY}?page=1">Next</a>', STORY, [STORY + "?page=1"]),
    (f'<a href="{STORY}?page=1">All on one page</a>', STORY, []),
    (f'<a href="{STORY}?page=1">2</a><a href="{STORY}?page=2">3</a>', STORY, [STORY + "?page=1", STORY + "?page=2"]),
    (f'<link rel="next" href="{STORY}?page=1">', STORY, [STORY + "?page=1"]),
    (f'<a href="{STORY}/201">Next</a><a href="{STORY}/200">Next</a>', STORY, [STORY + "/200"]),
    (
        f'<select><option value="{STORY}">1<option value="{STORY}/2">The mill<option value="{STORY}/3">Sea</select>',
        STORY,
        [STORY + "/2", STORY + "/3"],
    ),
    (
        f'<form action="{STORY}?lang=en"><select name="page"><option value="1">1<option value="2">2</select></form>',
        STORY + "?lang=en",
        [STORY + "?lang=en&page=2"],
    ),
    (
        f'<form action="{STORY}"><select name="page"><option value="1">1<option value="2">2</select></form>',
        STORY + "/",
        [STORY + "?page=2"],
    ),
    ('<select name="year"><option value="1">1<option value="2">2</select>', STORY, []),
    ('<select><option value="/2025">2025<option value="/archive/2">Older</select>', STORY, []),
    (f'<a href="{STORY}/comments">2</a><a href="{STORY}#2">2</a>', STORY, []),
]


@pytest.mark.parametrize(("html", "at", "expected"), PARTS)
def test_the_further_pages_of_an_article(html: str, at: str, expected: list[str]) -> None:
    assert article_pages(tree(html), "https://a.example" + at) == ["https://a.example" + url for url in expected]


@pytest.mark.parametrize(
    ("html", "at", "expected"),
    [
        (f'<link rel="next" href="{STORY}/3">', "/2", ["/3"]),
        (f'<a href="{STORY}/3">Next page</a><a href="{STORY}/2">2</a>', "/2", ["/3"]),
        (f'<a href="{STORY}?page=2">Next</a>', "?page=1", ["?page=2"]),
        (f'<a href="{STORY}/2">Previous</a>', "/3", ["/2"]),
        ("<p>The end</p>", "/3", []),
    ],
)
def test_a_later_page_leads_on_where_the_first_is_known(html: str, at: str, expected: list[str]) -> None:
    first = "https://a.example" + STORY
    assert article_pages(tree(html), first + at, first) == [first + url for url in expected]
    if "rel" in html:
        assert article_pages(tree(html), first + at) == [], "the page alone does not show that it is a later one"


@pytest.mark.parametrize(
    ("html", "at", "expected"),
    [
        (f'<a href="{STORY}">1</a>', "/2", True),
        (f'<a href="{STORY}">« Zurück</a>', "/2", True),
        (f'<a href="{STORY}">The long read</a>', "?page=2", True),
        (f'<a href="{STORY}">The long read</a>', "-2", False),  # another article whose title is the same
        (f'<a href="{STORY}/2" title="Page précédente">&lt;</a>', "/3", True),
        (f'<link rel="prev" href="{STORY}/2">', "/3", True),
        (f'<a href="{STORY}/2">A part</a>', "/3", False),
        ('<a href="/2026/11/another-story">Previous</a>', "/2", False),
        ('<link rel="prev" href="/2026/11/another-story">', "/2", False),
        (f'<link rel="prev" href="{STORY}">', "/2", True),
    ],
)
def test_the_first_page_of_a_later_one(html: str, at: str, expected: bool) -> None:
    first = "https://a.example" + STORY
    assert first_page(tree(html), first + at) == (first if expected else None)
    assert first_page(tree(html), first) is None


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("<option>Page 1<option>Page 2 of 2", True),
        ("<option>第1页<option>第2页<option>第3页", True),
        ("<option>Page 1", False),
        ("<option>Page 2<option>Page 3", False),
        ("<option>1 star<option>2 stars", False),
    ],
)
def test_pages_without_a_url_are_known_to_be_there(options: str, expected: bool) -> None:
    assert has_unreachable_pages(tree(f"<select>{options}</select>")) is expected
