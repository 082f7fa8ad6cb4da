"""Sitemaps without end, or with nothing in them: few requests, and the articles that are there do not wait for them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl, paths
from tests.support.made_site import article_page, html_page, links_to

STORIES = [f"/2026/11/20/the-good-story-number-{n}-of-the-town/" for n in range(5)]


def xml(root: str, tag: str, names: list[str], base: str) -> Answer:
    entries = "".join(f"<{tag}><loc>{base}{name}</loc></{tag}>" for name in names)
    return Answer(type="application/xml", body=f"<{root}>{entries}</{root}>".encode())


def itself(path: str) -> list[str]:
    return ["/index.xml"]


def another_query(path: str) -> list[str]:
    return [f"/index.xml?x={random.random()}"]


def two_more(path: str) -> list[str]:
    return [f"/index.xml/{random.random()}" for _ in range(2)]


def many(path: str) -> list[str]:
    return [f"/map-{n}.xml" for n in range(3000)]


@pytest.mark.parametrize(
    ("children", "named", "most"),
    [
        (itself, [], 20),
        (another_query, [], 30),
        (two_more, [], 60),
        (many, [], 50),
        (many, STORIES[:3], 50),
    ],
    ids=["itself", "another query", "a tree", "empty children", "the same three stories"],
)
def test_sitemaps_without_end(
    tmp_path: Path, children: Callable[[str], list[str]], named: list[str], most: int
) -> None:
    address = ""

    def answer(path: str) -> Answer | None:
        if path == "/robots.txt":
            return Answer(type="text/plain", body=f"Sitemap: {address}/index.xml\n".encode())
        if path == "/":
            return html_page(links_to(STORIES))
        if path in STORIES:
            return article_page(path)
        if path.startswith("/index.xml"):
            return xml("sitemapindex", "sitemap", children(path), address)
        return xml("urlset", "url", named, address) if path.startswith("/map-") else None

    with serve(frozenset(), change=answer) as served:
        address = served.address
        crawled = crawl(tmp_path, served.address)
    assert crawled.status == 0 and sorted(paths(crawled, served.address)) == STORIES
    assert len(served.paths) <= most + len(STORIES)
    last = max(served.paths.index(path) for path in STORIES)
    assert last <= 60, "the articles of the front page hardly wait for sitemaps: one comes after ten of them"


def test_the_last_of_many_sitemaps_is_read_where_they_name_articles(tmp_path: Path) -> None:
    address = ""
    stories = [f"/2026/11/20/the-good-story-number-{n}-of-the-town/" for n in range(60)]

    def answer(path: str) -> Answer | None:
        if path == "/robots.txt":
            return Answer(type="text/plain", body=f"Sitemap: {address}/index.xml\n".encode())
        if path == "/index.xml":
            return xml("sitemapindex", "sitemap", [f"/map-{n}.xml" for n in range(60)], address)
        if path.startswith("/map-"):
            return xml("urlset", "url", [stories[int(path[5:-4])]], address)
        return article_page(path) if path in stories else html_page("") if path == "/" else None

    with serve(frozenset(), change=answer) as served:
        address = served.address
        crawled = crawl(tmp_path, served.address)
    assert sorted(paths(crawled, served.address)) == sorted(stories)
