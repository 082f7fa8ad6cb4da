"""Dates that sources state and get wrong, and archives by date: each a real crawl in a process of its own."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from newscrawl.article import Article, Link
from newscrawl.crawl.articles.evidence import with_evidence
from newscrawl.text import UNSTATED
from tests.newspaper.serve import Served, serve
from tests.newspaper.site import Answer
from tests.support.crawling import Crawled, crawl

BEGIN = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
STORIES = {f"/news/the-story-of-the-{n}th-hour-{n}/": BEGIN - timedelta(hours=n) for n in range(40)}
LISTED = list(STORIES)
SINCE = "2026-11-20T00:00:00Z"
YOUNG = set(LISTED[:13])
FROZEN = "2024-01-02T00:00:00Z"


def story(path: str) -> Answer:
    text = "".join(
        f"<p>This is sentence {n} of the story at {path}, long enough to be read as a paragraph.</p>" for n in range(8)
    )
    date = f'<meta property="article:published_time" content="{STORIES[path].isoformat()}">'
    return Answer(
        body=f"<html><head><title>x</title>{date}</head><body><article><h1>Story at {path}</h1>{text}</article>".encode()
    )


def listing(paths: list[str]) -> str:
    return "".join(f'<h3><a href="{path}">A story that was written at {path}</a></h3>' for path in paths)


def site(lastmods: dict[str, str], front: list[str], news: list[str] = (), base: list[str] | None = None):
    """A site whose sitemap gives these dates, whose front page shows `front`, and whose feed has `news` with true dates."""

    def answer(path: str) -> Answer | None:
        if path in STORIES:
            return story(path)
        if path == "/":
            return Answer(body=f"<html><body><main>{listing(front)}</main>".encode())
        if path == "/sitemap.xml":
            return Answer(
                type="text/xml",
                body=(
                    "<urlset>"
                    + "".join(
                        f"<url><loc>{path}</loc><lastmod>{when}</lastmod></url>" for path, when in lastmods.items()
                    )
                    + "</urlset>"
                ).encode(),
            )
        if path == "/feed" and news:
            items = "".join(
                f"<item><title>Story</title><link>{path}</link><pubDate>{STORIES[path]:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
                for path in news
            )
            return Answer(
                type="application/rss+xml", body=f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
            )
        return None

    return answer


def found(crawled: Crawled, served: Served) -> set[str]:
    return {record["url"].removeprefix(served.address) for record in crawled.records}


@pytest.mark.parametrize(
    ("front", "news"),
    [([], []), (LISTED[:3], []), ([], LISTED[:2])],
    ids=["the sitemap is the only source", "the front page shows some", "a feed dates some"],
)
def test_a_frozen_lastmod_hides_no_article(tmp_path: Path, front: list[str], news: list[str]) -> None:
    with serve(frozenset(), change=site(dict.fromkeys(LISTED, FROZEN), front, news)) as served:
        crawled = crawl(tmp_path, served.address, since=SINCE)
        assert found(crawled, served) == YOUNG
        assert len(crawled.entries) == crawled.discovered


def test_a_lastmod_that_is_kept_up_is_believed(tmp_path: Path) -> None:
    with serve(
        frozenset(), change=site({path: when.isoformat() for path, when in STORIES.items()}, LISTED[:3])
    ) as served:
        crawled = crawl(tmp_path, served.address, since=SINCE)
        assert found(crawled, served) == YOUNG
        assert len([path for path in served.paths if path in STORIES]) <= len(YOUNG) + 1
        assert len(crawled.reasons("OldLink")) >= len(STORIES) - len(YOUNG) - 1
        assert len(crawled.entries) == crawled.discovered


def test_articles_that_only_archives_by_date_name(tmp_path: Path) -> None:
    hours = {path: f"{when:%Y/%m/%d}" for path, when in STORIES.items()}
    days = sorted(set(hours.values()), reverse=True)

    def answer(path: str) -> Answer | None:
        if path in STORIES:
            return story(path)
        links = "".join(f'<li><a href="/archive/{day}/">{day}</a></li>' for day in days)
        empty = "".join(
            f'<li><a href="/archive/20{year}/0{n}/">{year}/{n}</a></li>' for year in range(11, 20) for n in range(1, 10)
        )
        if path == "/":
            return Answer(
                body=f'<html><body><nav><a href="/archive/">Archive</a></nav><main>{listing(LISTED[:3])}</main>'.encode()
            )
        if path == "/archive/":
            return Answer(body=f"<html><body><main><h1>Archive</h1><ul>{links}{empty}</ul></main>".encode())
        if path.startswith("/archive/"):
            return Answer(
                body=f"<html><body><main><h1>Archive</h1>{listing([one for one, day in hours.items() if day == path[9:-1]])}</main>".encode()
            )
        return None

    (tmp_path / "all").mkdir()
    (tmp_path / "since").mkdir()
    with serve(frozenset(), change=answer) as served:
        crawled = crawl(tmp_path / "all", served.address)
        assert found(crawled, served) == set(STORIES)
        assert len([path for path in served.paths if path.startswith("/archive/201")]) < 12, (
            "a few that bring nothing are enough"
        )
        assert len(crawled.entries) == crawled.discovered
        served.asked.clear()
        crawled = crawl(tmp_path / "since", served.address, since=SINCE)
        assert found(crawled, served) == YOUNG
        assert not [path for path in served.paths if path.startswith("/archive/201")]


def test_what_a_source_states_fills_what_the_page_does_not() -> None:
    link = Link("https://a.example/x", BEGIN, "From the feed", "news sitemap", language="nl")
    bare = with_evidence(Article("https://a.example/x"), link)
    assert (bare.date_published, bare.headline, bare.in_language) == (BEGIN, "From the feed", "nl")
    own = Article("https://a.example/x", headline="Own", in_language="de", date_published=BEGIN - timedelta(days=3))
    assert with_evidence(own, link) == own
    day = BEGIN.replace(hour=0, tzinfo=UNSTATED)
    assert with_evidence(Article("https://a.example/x", date_published=day), link).date_published == BEGIN
    assert (
        with_evidence(
            Article("https://a.example/x"), Link("https://a.example/x", BEGIN, "Anchor", "front page")
        ).headline
        is None
    )
