"""Metadata: JSON-LD, microdata and OpenGraph, and whether the article is free to read."""

import hashlib
from datetime import datetime, timezone

import pytest

from newscrawl import extract, record
from tests.support.story_page import BODY, URL, page


def test_json_ld_is_read_from_graphs_and_lists_and_when_it_is_broken():
    article_node = (
        '{"@type":["NewsArticle"],"headline":"H","author":[{"@type":"Person","name":"Jo Roe"}],'
        '"datePublished":"2026-11-02T08:00:00+01:00",}'
    )
    graph = f'{{"@context":"https://schema.org","@graph":[{{"@type":"WebPage"}},{article_node}]}}'
    script = f'<script type="application/ld+json">{graph}</script>'
    article = extract(page(head=script), URL)
    assert [person.name for person in article.authors] == ["Jo Roe"]
    assert article.date_published == datetime(2026, 11, 2, 7, tzinfo=timezone.utc)
    broken = script.replace('"@type":"WebPage"}', '"@type":"Web"Page"}')
    assert extract(page(head=broken), URL).date_published_raw == "2026-11-02T08:00:00+01:00"


def test_microdata_and_opengraph_are_read():
    author = '<p itemprop="author" itemscope><span itemprop="name">Ana Lima</span></p>'
    published = '<time itemprop="datePublished" datetime="2026-11-01">1 Nov</time>'
    head = (
        '<meta property="og:title" content="Council votes for new bridge | Velmora Times">'
        '<meta property="og:site_name" content="Velmora Times"><meta property="og:image" content="/i.jpg">'
        '<meta property="article:section" content="City"><meta name="keywords" content="bridge, council">'
        '<link rel="canonical" href="/city/bridge">'
    )
    article = extract(page(author + published + BODY, head), f"{URL}?utm_source=x")
    assert article.headline == "Council votes for new bridge"
    assert [person.name for person in article.authors] == ["Ana Lima"]
    assert article.publisher.name == "Velmora Times"
    assert (article.article_section, article.keywords) == ("City", ("bridge", "council"))
    assert article.canonical_url == "https://news.example/city/bridge"
    assert article.images[0].url == "https://news.example/i.jpg"
    made = record(article)
    assert (made["datePublished"], made["datePublishedPrecision"]) == ("2026-11-01T00:00:00Z", "day")


def test_the_beginning_of_a_paywalled_article_is_partial():
    data = '{"@type":"NewsArticle","headline":"H","isAccessibleForFree":"False","wordCount":900}'
    article = extract(page(head=f'<script type="application/ld+json">{data}</script>'), URL)
    assert article.is_accessible_for_free is False and article.is_partial and record(article)["metadata"]["isPartial"]


TYPES = {
    '<script type="application/ld+json">{"@type":["Article","NewsArticle"],"headline":"H"}</script>': "NewsArticle",
    '<script type="application/ld+json">{"@type":"schema:OpinionNewsArticle"}</script>': "OpinionNewsArticle",
    '<script type="application/ld+json">{"@type":["WebPage","Article"],"headline":"H"}</script>': "Article",
    "": "Article",
}


@pytest.mark.parametrize(("head", "expected"), TYPES.items())
def test_the_type_of_a_record_is_the_most_specific_that_the_page_states(head: str, expected: str) -> None:
    assert record(extract(page(head=head), URL))["articleType"] == expected


def test_a_type_in_microdata_counts_where_one_item_has_it() -> None:
    item = '<div itemscope itemtype="https://schema.org/{}">'
    marked = page(item.format("ReportageNewsArticle") + BODY + "</div>")
    assert record(extract(marked, URL))["articleType"] == "ReportageNewsArticle"
    teasers = page(BODY + (item.format("BlogPosting") + "<a href=/x>Another story</a></div>") * 3)
    assert record(extract(teasers, URL))["articleType"] == "Article"


def test_the_type_of_a_forced_record_is_what_the_page_was_refused_as() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    stub = page("<p>The council of Velmora voted on Monday.</p>", head)
    assert record(extract(stub, URL, refuse=False))["articleType"] == "Paywall"


def test_the_hash_is_that_of_the_bytes_as_served() -> None:
    text = page(title="Café")
    for html, data in ((text, text.encode()), (text.encode("latin-1"), text.encode("latin-1"))):
        article = extract(html, URL, headers={"Content-Type": "text/html; charset=latin-1"})
        assert record(article)["metadata"]["htmlHash"] == hashlib.sha256(data).hexdigest()
