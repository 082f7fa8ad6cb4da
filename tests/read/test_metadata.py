"""Metadata: JSON-LD, microdata and OpenGraph, and whether the article is free to read."""

from datetime import datetime, timezone

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
    assert record(article)["datePublished"] == "2026-11-01"


def test_the_beginning_of_a_paywalled_article_is_partial():
    data = '{"@type":"NewsArticle","headline":"H","isAccessibleForFree":"False","wordCount":900}'
    article = extract(page(head=f'<script type="application/ld+json">{data}</script>'), URL)
    assert article.is_accessible_for_free is False and article.is_partial and record(article)["metadata"]["isPartial"]
