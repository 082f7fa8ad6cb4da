"""The pipelines: checks, duplicates, and what publishers reserve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from newscrawl.article import Article, Revision, Rights
from newscrawl.crawl.drops import ReasonedDrop, drop_class
from newscrawl.crawl.pipelines import CheckPipeline, DeduplicatePipeline, RightsPipeline, StripPipeline
from tests.support.articles import article


@pytest.mark.parametrize("pipeline", [StripPipeline(), CheckPipeline(), DeduplicatePipeline()])
def test_items_that_are_no_articles_pass(pipeline: Any) -> None:
    item = {"url": "https://a.example/", "price": 3}
    assert pipeline.process_item(item) is item
    assert pipeline.process_item(item) is item


def test_the_check_pipeline_drops_an_incomplete_article() -> None:
    assert CheckPipeline().process_item(article()) == article()
    with pytest.raises(drop_class("IncompleteArticle")):
        CheckPipeline().process_item(article(headline=None))


@pytest.mark.parametrize(
    "other",
    [
        article("https://a.example/news/one-two-three/?utm_source=x"),
        article("https://a.example/amp/other", canonical_url="https://a.example/news/one-two-three"),
        replace(article(), url="https://a.example/quite/another-address-of-the-same-text"),
    ],
    ids=["URL", "canonical URL", "text"],
)
def test_a_duplicate_is_dropped(other: Article) -> None:
    pipeline = DeduplicatePipeline()
    pipeline.process_item(article())
    with pytest.raises(drop_class("Duplicate")):
        pipeline.process_item(other)


def test_articles_with_one_canonical_url_by_mistake_are_no_duplicates() -> None:
    pipeline = DeduplicatePipeline()
    shared = []
    for number in range(5):
        one = article(
            f"https://a.example/news/{number}",
            headline=f"Headline {number}",
            canonical_url="https://a.example/news/latest",
        )
        kept = pipeline.process_item(one)
        assert replace(kept, canonical_url=one.canonical_url) == one
        shared.append(kept.canonical_url)
    assert shared == ["https://a.example/news/latest", None, None, None, None], "only the first can claim it"


def test_the_rights_pipeline_drops_what_is_forbidden_or_reserved():
    closed = Article("https://a.example/x", rights=Rights(robots=("noindex", "noai")))
    with pytest.raises(ReasonedDrop) as dropped:
        RightsPipeline().process_item(closed)
    assert dropped.value.reason == "NoIndex"
    assert RightsPipeline(honours=False).process_item(closed) is closed
    notice = replace(closed, revision=Revision(2, None, (), "removed", closed.url))
    assert RightsPipeline().process_item(notice) is notice
    with pytest.raises(ReasonedDrop) as dropped:
        RightsPipeline(False, ("train",)).process_item(closed)
    assert dropped.value.reason == "Reserved"
    assert RightsPipeline().process_item({"a": 1}) == {"a": 1}
