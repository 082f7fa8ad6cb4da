"""The demo newspaper agrees with truth.json: its sources name the articles, and its pages show their text."""

from __future__ import annotations

import gzip
import html
import re
import urllib.request
from datetime import datetime

import pytest

from tests.newspaper.serve import serve
from tests.newspaper.site import SOURCES, TRUTH, Newspaper

BASE = "http://127.0.0.1:1"
PAPER = Newspaper(BASE)


def text_of(path: str, paper: Newspaper = PAPER) -> str:
    return paper.answer(path).body.decode()


def test_the_truth_is_complete() -> None:
    articles = TRUTH["articles"]
    assert len(articles) == 20
    assert {article["language"] for article in articles} >= {"en", "de", "fr", "es", "pt", "it", "tr"}
    assert len({article["layout"] for article in articles}) >= 7
    for article in articles:
        assert 5 <= len(article["paragraphs"]) <= 15
        assert article["captions"] and article["authors"] and article["headline"]
        assert datetime.fromisoformat(article["datePublished"]).tzinfo is not None


@pytest.mark.parametrize("article", TRUTH["articles"], ids=lambda article: article["path"])
def test_a_page_shows_its_article_once_and_in_order(article: dict) -> None:
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", text_of(article["path"]), flags=re.S)
    shown = " ".join(html.unescape(bare).replace("**", "").split())
    place = 0
    for paragraph in article["paragraphs"]:
        wanted = " ".join(paragraph.removeprefix("## ").split())
        assert shown.count(wanted) == 1
        place = shown.index(wanted, place)


def test_sources_can_be_switched_off() -> None:
    bare = Newspaper(BASE, frozenset())
    for path in ("/sitemap_index.xml", "/sitemaps/news.xml", "/feed/rss.xml", "/feed/atom.xml", "/section/news/"):
        assert PAPER.answer(path).status == 200
        assert bare.answer(path).status == 404
    assert "Sitemap:" not in text_of("/robots.txt", bare)
    assert "alternate" not in text_of("/", bare)
    with pytest.raises(ValueError, match="pigeons"):
        Newspaper(BASE, frozenset({"pigeons"}))


def test_the_sitemaps_name_every_article() -> None:
    child = gzip.decompress(PAPER.answer("/sitemaps/articles-1.xml.gz").body).decode()
    named = re.findall(r"<loc>\s*(\S+?)\s*</loc>", child + text_of("/sitemaps/news.xml"))
    assert {html.unescape(url) for url in named} >= {BASE + path for path in PAPER.by_path}


def test_the_sections_name_every_article() -> None:
    found: set[str] = set()
    for section in PAPER.sections:
        path: str | None = section
        while path:
            page = text_of(path)
            found |= set(re.findall(r'<h2><a href="([^"]+)"', page))
            further = re.search(r'rel="next" href="([^"]+)"', page)
            path = further.group(1) if further else None
    assert {html.unescape(url) for url in found} == set(PAPER.by_path)


def test_tracking_parameters_are_ignored() -> None:
    path = "/archive/article.php?id=4471"
    assert PAPER.answer(path + "&utm_source=rss").body == PAPER.answer(path).body


def test_it_is_served_on_a_free_port_and_keeps_a_list_of_requests() -> None:
    with serve(SOURCES - {"feed"}) as served:
        with urllib.request.urlopen(served.address + "/robots.txt") as answer:
            assert served.address in answer.read().decode()
        assert served.paths == ["/robots.txt"]
