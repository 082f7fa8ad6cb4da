"""Listings that name their articles in other ways than by anchors on the front page."""

from __future__ import annotations

import json
from pathlib import Path

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl


def story(path: str) -> Answer:
    text = "".join(
        f"<p>This is sentence {n} of the story at {path}, long enough to be read as a paragraph.</p>" for n in range(8)
    )
    date = '<time datetime="2024-11-20T08:00:00Z">then</time>'
    return Answer(
        body=f"<html><title>x</title><body><article><h1>The story at {path}</h1>{date}{text}</article>".encode()
    )


STORIES = {f"/2024/11/a-story-about-number-{number}-of-the-barges": number for number in range(4)}


def test_a_front_page_whose_links_stand_only_in_its_data(tmp_path: Path) -> None:
    items = [{"title": f"A story about number {number} of the barges", "url": path} for path, number in STORIES.items()]
    data = json.dumps({"props": {"pageProps": {"items": items}}})
    front = f'<html><body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>'

    def change(path: str) -> Answer | None:
        return story(path) if path in STORIES else Answer(body=front.encode()) if path == "/" else None

    with serve(frozenset(), change=change) as served:
        crawled = crawl(tmp_path, served.address)
        assert {record["url"] for record in crawled.records} == {served.address + path for path in STORIES}
        assert {record["metadata"]["discovery"]["channel"] for record in crawled.records} == {"embedded data"}


def test_a_feed_that_only_a_section_announces(tmp_path: Path) -> None:
    rows = "".join(
        f"<item><title>A story about number {number}</title><link>{path}</link></item>"
        for path, number in STORIES.items()
    )
    answers = {
        "/": Answer(
            body=b'<html><body><nav><a href="/politics/">Politics</a></nav><main><p>Welcome.</p></main></body></html>'
        ),
        "/politics/": Answer(
            body=b'<html><link rel=alternate type="application/rss+xml" href="/politics/feed"><body><p>Politics.</p>'
        ),
        "/politics/feed": Answer(
            type="application/rss+xml", body=f"<rss version='2.0'><channel>{rows}</channel></rss>".encode()
        ),
        **{path: story(path) for path in STORIES},
    }
    with serve(frozenset(), change=answers.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert {record["url"] for record in crawled.records} == {served.address + path for path in STORIES}
