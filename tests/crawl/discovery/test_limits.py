"""Crawls with a limit, or of articles since a date."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.newspaper.serve import newest_paths, serve
from tests.newspaper.site import SOURCES, Answer
from tests.support.crawling import crawl, paths
from tests.support.made_site import article_page, html_page, links_to


@pytest.mark.parametrize("sources", [SOURCES, frozenset({"sitemap", "robots"})], ids=["all", "sitemap"])
def test_a_limit_takes_the_newest_articles(tmp_path: Path, sources: frozenset[str]) -> None:
    with serve(sources) as served:
        crawled = crawl(tmp_path, served.address, limit="3")
        assert set(paths(crawled, served.address)) == newest_paths(served, 3)
        assert len(crawled.records) == 3
        assert crawled.reasons("OverLimit")


def test_a_limit_counts_records_and_not_pages(tmp_path: Path) -> None:
    def change(path: str) -> Answer | None:
        return Answer(body=b"<html><body>") if path == "/2024/11/council-votes-to-keep-night-trams/" else None

    with serve(change=change) as served:
        crawled = crawl(tmp_path, served.address, limit="3")
        assert set(paths(crawled, served.address)) == newest_paths(served, 4) - {
            "/2024/11/council-votes-to-keep-night-trams/"
        }


@pytest.mark.parametrize("sources", [SOURCES, frozenset({"front page", "sections"})], ids=["all", "sections"])
def test_since_takes_the_articles_from_that_date_on(tmp_path: Path, sources: frozenset[str]) -> None:
    with serve(sources) as served:
        crawled = crawl(tmp_path, served.address, since="2024-11-17")
        dates = {
            article["path"]: datetime.fromisoformat(article["datePublished"]) for article in served.newspaper.articles
        }
        new_enough = {path for path, date in dates.items() if date.date().isoformat() >= "2024-11-17"}
        assert set(paths(crawled, served.address)) == new_enough
        assert crawled.reasons("OldLink") or crawled.reasons("TooOld")


def test_since_refuses_an_article_without_a_date(tmp_path: Path) -> None:
    undated = "/2024/10/a-story-that-does-not-say-when-it-was-written/"
    front = f'<main><h2><a href="{undated}">A story that does not say when it was written</a></h2></main>'
    answers = {undated: article_page(undated), "/": html_page(front)}
    with serve(frozenset(), change=answers.get) as served:
        crawled = crawl(tmp_path, served.address, since="2024-10-30")
        assert not crawled.records
        assert crawled.reasons("Undated") + crawled.reasons("TooOld") == [served.address + undated]


def test_since_ends_a_listing_whose_pages_are_all_too_old(tmp_path: Path) -> None:
    """Sixty stories, an hour apart, ten on a page, without feed, sitemap or a date in the URL."""
    begin = datetime(2024, 11, 20, 12, tzinfo=timezone.utc)
    stories = {
        f"/posts/story-of-the-{number}th-hour-{number}/": begin - timedelta(hours=number) for number in range(60)
    }
    listed = list(stories)

    def change(path: str) -> Answer | None:
        if path in stories:
            return article_page(path, date=f'<time datetime="{stories[path].isoformat()}">then</time>')
        page = 1 if path == "/" else int(path.split("/")[2]) if path.startswith("/page/") else 0
        if not 1 <= page <= 6:
            return None
        links = links_to(listed[(page - 1) * 10 : page * 10])
        return html_page(f'<main>{links}<a href="/page/{page + 1}/">Older posts</a></main>')

    with serve(frozenset(), change=change) as served:
        crawled = crawl(tmp_path, served.address, since="2024-11-20T00:00:00Z")
        assert set(paths(crawled, served.address)) == set(listed[:13])
        assert "/page/3/" in served.paths and "/page/5/" not in served.paths
