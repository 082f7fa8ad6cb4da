"""Crawls of sites whose listings name their articles otherwise than by links on the front page."""

from __future__ import annotations

import json
from pathlib import Path

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl, paths
from tests.support.made_site import article_page, html_page

STORIES = {f"/2024/11/a-story-about-number-{number}-of-the-barges": number for number in range(4)}


def story(path: str) -> Answer:
    return article_page(path, date='<time datetime="2024-11-20T08:00:00Z">then</time>')


def test_the_links_of_a_front_page_are_only_in_its_data(tmp_path: Path) -> None:
    items = [{"title": f"A story about number {number} of the barges", "url": path} for path, number in STORIES.items()]
    data = json.dumps({"props": {"pageProps": {"items": items}}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    answers = {"/": html_page(f'<div id="__next"></div>{script}'), **{path: story(path) for path in STORIES}}
    with serve(frozenset(), change=answers.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert set(paths(crawled, served.address)) == set(STORIES)
        assert {record["metadata"]["discovery"]["channel"] for record in crawled.records} == {"embedded data"}


def test_a_feed_is_announced_by_a_section_only(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>A story about number {number}</title><link>{path}</link></item>"
        for path, number in STORIES.items()
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    section = '<html><link rel=alternate type="application/rss+xml" href="/politics/feed"><body><p>Politics.</p>'
    answers = {
        "/": html_page('<nav><a href="/politics/">Politics</a></nav><main><p>Welcome.</p></main></body></html>'),
        "/politics/": Answer(body=section.encode()),
        "/politics/feed": Answer(type="application/rss+xml", body=feed.encode()),
        **{path: story(path) for path in STORIES},
    }
    with serve(frozenset(), change=answers.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert set(paths(crawled, served.address)) == set(STORIES)
