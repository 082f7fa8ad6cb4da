"""Crawls of sites whose sources state wrong dates, or whose articles are named by archives only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl, paths
from tests.support.made_site import article_page, html_page, links_to

BEGIN = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
STORIES = {f"/news/the-story-of-the-{n}th-hour-{n}/": BEGIN - timedelta(hours=n) for n in range(40)}
LISTED = list(STORIES)
SINCE = "2026-11-20T00:00:00Z"
SINCE_THEN = set(LISTED[:13])
FROZEN = "2024-01-02T00:00:00Z"


def story(path: str) -> Answer:
    return article_page(path, f'<meta property="article:published_time" content="{STORIES[path].isoformat()}">')


def site(lastmods: dict[str, str], front: list[str], news: Sequence[str] = ()) -> Callable[[str], Answer | None]:
    """A site whose sitemap has these dates. front: paths on the front page. news: paths in a feed with true dates."""
    entries = "".join(f"<url><loc>{path}</loc><lastmod>{date}</lastmod></url>" for path, date in lastmods.items())
    items = "".join(
        f"<item><title>Story</title><link>{path}</link>"
        f"<pubDate>{STORIES[path]:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for path in news
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    answers = {
        "/": html_page(f"<main>{links_to(front)}</main>"),
        "/sitemap.xml": Answer(type="text/xml", body=f"<urlset>{entries}</urlset>".encode()),
        "/feed": Answer(type="application/rss+xml", body=feed.encode()) if news else None,
    }
    return lambda path: story(path) if path in STORIES else answers.get(path)


@pytest.mark.parametrize(
    ("front", "news"),
    [([], []), (LISTED[:3], []), ([], LISTED[:2])],
    ids=["the sitemap is the only source", "the front page shows some", "a feed dates some"],
)
def test_a_frozen_lastmod_hides_no_article(tmp_path: Path, front: list[str], news: list[str]) -> None:
    with serve(frozenset(), change=site(dict.fromkeys(LISTED, FROZEN), front, news)) as served:
        crawled = crawl(tmp_path, served.address, since=SINCE)
        assert set(paths(crawled, served.address)) == SINCE_THEN
        assert len(crawled.entries) == crawled.discovered


def test_a_true_lastmod_is_believed(tmp_path: Path) -> None:
    lastmods = {path: date.isoformat() for path, date in STORIES.items()}
    with serve(frozenset(), change=site(lastmods, LISTED[:3])) as served:
        crawled = crawl(tmp_path, served.address, since=SINCE)
        assert set(paths(crawled, served.address)) == SINCE_THEN
        assert len([path for path in served.paths if path in STORIES]) <= len(SINCE_THEN) + 1
        assert len(crawled.reasons("OldLink")) >= len(STORIES) - len(SINCE_THEN) - 1
        assert len(crawled.entries) == crawled.discovered


def archived(path: str) -> Answer | None:
    """A site whose archives by day name its articles, beside empty archives of earlier years."""
    if path in STORIES:
        return story(path)
    day_of = {story: f"{date:%Y/%m/%d}" for story, date in STORIES.items()}
    if path == "/":
        return html_page(f'<nav><a href="/archive/">Archive</a></nav><main>{links_to(LISTED[:3])}</main>')
    if path == "/archive/":
        days = [f"/archive/{day}/" for day in sorted(set(day_of.values()), reverse=True)]
        days += [f"/archive/20{year}/0{month}/" for year in range(11, 20) for month in range(1, 10)]
        links = "".join(f'<li><a href="{day}">{day.removeprefix("/archive/").strip("/")}</a></li>' for day in days)
        return html_page(f"<main><h1>Archive</h1><ul>{links}</ul></main>")
    if path.startswith("/archive/"):
        that_day = [story for story, day in day_of.items() if day == path[9:-1]]
        return html_page(f"<main><h1>Archive</h1>{links_to(that_day)}</main>")
    return None


def test_articles_that_only_archives_name_are_found(tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "since").mkdir()
    with serve(frozenset(), change=archived) as served:
        crawled = crawl(tmp_path / "all", served.address)
        assert set(paths(crawled, served.address)) == set(STORIES)
        empty = [path for path in served.paths if path.startswith("/archive/201")]
        assert len(empty) < 12, "a few empty archives are enough"
        assert len(crawled.entries) == crawled.discovered
        served.asked.clear()
        crawled = crawl(tmp_path / "since", served.address, since=SINCE)
        assert set(paths(crawled, served.address)) == SINCE_THEN
        assert not [path for path in served.paths if path.startswith("/archive/201")]
