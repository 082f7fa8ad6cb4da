"""What a page's address says of its kind, and that a page which shows an article is one whatever its address."""

from __future__ import annotations

import pytest

from newscrawl import extract
from newscrawl.article import Article, Block, Kind
from newscrawl.check import check
from newscrawl.errors import NewscrawlError
from tests.check.test_kinds import STORY, WHAT, page

LIST_LIKE = [
    "/archives/2562",
    "/archive/2026/05/council-votes",
    "/topics/harbour/council-votes",
    "/category/local/council-votes",
    "/page/council-votes",
    "/author/ada-ferris/council-votes",
    "/tag/council-votes",
    "/news/account-of-the-vote",
    "/news/register/the-vote",
    "/search/council-votes",
    "/thema/hafen/12",
]


@pytest.mark.parametrize("path", LIST_LIKE)
@pytest.mark.parametrize("date", ["", '<meta property="article:published_time" content="2026-11-20T08:00:00+00:00">'])
def test_an_address_alone_refuses_no_article(path: str, date: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.paragraphs[:3])
    html = page(STORY.headline, "", text).replace("</head>", WHAT + date + "</head>").replace("<p></p>", "")
    assert extract(html, "https://news.example" + path).headline == STORY.headline


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (path, "SectionPage")
        for path in ("/archives/", "/topics/harbour", "/category/local", "/author/ada-ferris", "/tag/a")
    ]
    + [("/search/harbour", "SearchPage"), ("/news/register", "LoginPage"), ("/account/", "LoginPage")],
)
def test_a_page_without_a_story_is_what_its_address_says(path: str, kind: str) -> None:
    rows = "".join(
        f"<div><h3><a href='/s/{n}'>A story of the harbour, number {n}</a></h3><p>Short.</p></div>" for n in range(20)
    )
    html = page(
        "Harbour", "All that we wrote about the harbour.", rows if kind != "LoginPage" else "<form><input></form>"
    )
    with pytest.raises(NewscrawlError) as caught:
        extract(html, "https://news.example" + path)
    assert caught.value.reason == kind


@pytest.mark.parametrize(
    ("path", "is_listing"),
    [
        ("/archives", True),
        ("/archive/2026/", True),
        ("/archive/2026/05/12/", True),
        ("/archives/2026/page/2/", True),
        ("/archiv/page/3", True),
        ("/archives/2562", False),
        ("/blog/archives/2026/05/council-votes.html", False),
        ("/archives/council-votes", False),
        ("/tag/council-votes", True),
    ],
)
def test_an_archive_is_a_listing_and_what_stands_in_it_is_a_story(path: str, is_listing: bool) -> None:
    text = "The council voted to mend the harbour wall, and the ferry goes on until the work is done in spring."
    blocks = tuple(Block(n, Kind.PARAGRAPH, text) for n in range(3))
    article = Article(f"https://news.example{path}", headline="Council votes", blocks=blocks, probability=0.4)
    if is_listing:
        with pytest.raises(NewscrawlError) as caught:
            check(article)
        assert caught.value.reason == "SectionPage"
    else:
        assert check(article) is article
