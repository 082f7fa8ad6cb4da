"""Sites that lack sources, limits and dates, and sites that cannot be had: each a real crawl in a process of its own."""

from __future__ import annotations

import signal
import socket
import threading
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.newspaper.serve import Served, serve
from tests.newspaper.site import SOURCES, Answer
from tests.support.crawling import Crawled, collect, crawl, start

ALL = 20


def paths(crawled: Crawled, served: Served) -> list[str]:
    return [record["url"].removeprefix(served.address) for record in crawled.records]


def newest(served: Served, count: int) -> set[str]:
    return {article["path"] for article in served.newspaper.articles[:count]}


@pytest.mark.parametrize(
    ("sources", "wanted"),
    [
        (frozenset({"front page", "sections"}), ALL),
        (frozenset({"sitemap", "robots"}), ALL),
        (frozenset({"feed"}), 12),  # the two feeds name no more
        (frozenset({"front page"}), 7),
    ],
    ids=["sections", "sitemap", "feed", "front page"],
)
def test_one_source_alone(tmp_path: Path, sources: frozenset[str], wanted: int) -> None:
    with serve(sources) as served:
        crawled = crawl(tmp_path, served.address)
        found = paths(crawled, served)
        assert crawled.status == 0
        assert len(found) == len(set(found))
        assert set(found) >= newest(served, wanted)  # pages of articles name further ones
        assert set(found) <= set(served.newspaper.by_path)
        assert len(served.paths) == len(set(served.paths))
        assert not crawled.reasons("SpiderError")


def test_a_sitemap_at_its_usual_place_is_found(tmp_path: Path) -> None:
    no_feed = {"/feed": Answer(type="application/json", body=b'{"error": 404}')}
    with serve(frozenset({"sitemap"}), change=no_feed.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert "/feed" in served.paths and "/rss.xml" in served.paths, "what is no feed leads to the next guess"
        assert "Traceback" not in crawled.log
        assert set(paths(crawled, served)) == set(served.newspaper.by_path)
        assert "/sitemap_index.xml" in served.paths
        assert served.address + "/sitemap.xml" not in {entry["url"] for entry in crawled.entries}, "nobody named it"


@pytest.mark.parametrize("sources", [SOURCES, frozenset({"sitemap", "robots"})], ids=["all", "sitemap"])
def test_limit_wants_the_newest(tmp_path: Path, sources: frozenset[str]) -> None:
    with serve(sources) as served:
        crawled = crawl(tmp_path, served.address, limit="3")
        assert set(paths(crawled, served)) == newest(served, 3)
        assert len(crawled.records) == 3
        assert crawled.reasons("OverLimit")


def test_limit_counts_records_and_not_pages(tmp_path: Path) -> None:
    def change(path: str) -> Answer | None:
        return Answer(body=b"<html><body>") if path == "/2024/11/council-votes-to-keep-night-trams/" else None

    with serve(change=change) as served:
        crawled = crawl(tmp_path, served.address, limit="3")
        assert set(paths(crawled, served)) == newest(served, 4) - {"/2024/11/council-votes-to-keep-night-trams/"}


@pytest.mark.parametrize("sources", [SOURCES, frozenset({"front page", "sections"})], ids=["all", "sections"])
def test_since(tmp_path: Path, sources: frozenset[str]) -> None:
    with serve(sources) as served:
        crawled = crawl(tmp_path, served.address, since="2024-11-17")
        dates = {
            article["path"]: datetime.fromisoformat(article["datePublished"]) for article in served.newspaper.articles
        }
        young = {path for path, date in dates.items() if date.date().isoformat() >= "2024-11-17"}
        assert set(paths(crawled, served)) == young
        assert crawled.reasons("OldLink") or crawled.reasons("TooOld")


def test_since_refuses_what_has_no_date(tmp_path: Path) -> None:
    undated = "/2024/10/a-story-that-does-not-say-when-it-was-written/"
    sentence = "This is sentence number {} of a story that has no date, and it is long enough to be one."
    story = "<p>" + "</p><p>".join(sentence.format(number) for number in range(8))
    page = f"<html><title>A Story</title><body><article><h1>A Story That Does Not Say When</h1>{story}</article>"
    front = f'<html><body><main><h2><a href="{undated}">A story that does not say when it was written</a></h2></main>'

    def change(path: str) -> Answer | None:
        return {undated: Answer(body=page.encode()), "/": Answer(body=front.encode())}.get(path)

    with serve(frozenset(), change=change) as served:
        crawled = crawl(tmp_path, served.address, since="2024-10-30")
        assert not crawled.records
        assert crawled.reasons("Undated") + crawled.reasons("TooOld") == [served.address + undated]


def test_a_site_that_cannot_be_reached(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        crawled = crawl(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert crawled.status == 3
    assert len(crawled.reasons("ConnectionFailed")) == 1
    assert not crawled.records


def test_one_site_that_cannot_be_reached_does_not_hurt_another(tmp_path: Path) -> None:
    with socket.socket() as taken, serve() as served:
        taken.bind(("127.0.0.1", 0))
        crawled = crawl(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]},{served.address}")
        assert crawled.status == 4
        assert len(crawled.records) == ALL


def test_a_front_page_that_fails_leaves_the_other_sources(tmp_path: Path) -> None:
    with serve(change=lambda path: Answer(500) if path == "/" else None) as served:
        crawled = crawl(tmp_path, served.address)
        assert crawled.status == 4
        assert set(paths(crawled, served)) == set(served.newspaper.by_path)
        assert crawled.reasons("HttpStatus") == [served.address + "/"]


def test_broken_answers_cost_their_own_page(tmp_path: Path) -> None:
    broken = {
        "/2024/11/harbour-bridge-reopens-after-repairs/": Answer(body=b""),
        "/2024/11/council-votes-to-keep-night-trams/": Answer(type="application/pdf", body=b"%PDF-1.4 \xff\xfe\x00"),
        "/news/2024/11/15/ferry-strike-enters-second-week": Answer(
            body=b"\x1f\x8b no gzip", headers={"Content-Encoding": "gzip"}
        ),
        "/news/2024/11/16/school-kitchens-cook-with-what-grows-next-door": Answer(503),
        "/feed/rss.xml": Answer(type="application/rss+xml", body=b""),
        "/feed/atom.xml": Answer(body=b"<html><body>No feed here"),
        "/news/2024/11/17/lighthouse-keepers-return-to-skerry-point": Answer(
            302, headers={"Location": "https://other-paper.example/"}
        ),
    }
    with serve(change=broken.get) as served:
        crawled = crawl(tmp_path, served.address)
        assert crawled.status == 0
        assert set(paths(crawled, served)) == set(served.newspaper.by_path) - set(broken)
        assert served.address + "/news/2024/11/17/lighthouse-keepers-return-to-skerry-point" in crawled.reasons(
            "ForeignHost"
        )
        assert len(crawled.entries) == crawled.discovered
        assert served.address + "/feed/rss.xml" in crawled.reasons("Unreadable")
        assert not crawled.reasons("SpiderError") and not crawled.reasons("Stopped")


def test_the_host_that_the_seed_leads_to_belongs_to_the_site(tmp_path: Path) -> None:
    with (
        serve() as served,
        serve(frozenset(), change=lambda path: Answer(301, headers={"Location": served.address + "/"})) as old,
    ):
        crawled = crawl(tmp_path, old.address)
        assert set(paths(crawled, served)) == set(served.newspaper.by_path)


def test_a_site_without_a_scheme_is_tried_over_http_where_https_fails(tmp_path: Path) -> None:
    with serve() as served:
        host = served.address.removeprefix("http://")
        crawled = crawl(tmp_path, host, program=HTTPS_FIRST)
        assert crawled.status == 0, crawled.log
        assert set(paths(crawled, served)) == set(served.newspaper.by_path)
        first = next(entry for entry in crawled.entries if entry["url"] == f"https://{host}/")
        assert first["reason"] in ("TlsFailed", "ConnectionFailed")


#: Scrapy, with addresses of this machine taken as those of others are: https first.
HTTPS_FIRST = """
import newscrawl.crawl.arguments as arguments
arguments.parse_site = lambda text: f"https://{text}/"
from scrapy.cmdline import execute
execute()
"""


def test_sigterm_ends_the_crawl_with_whole_lines_and_a_entry_for_all(tmp_path: Path) -> None:
    asked_enough = threading.Event()

    def change(path: str) -> Answer | None:
        if path == "/news/2024/11/17/lighthouse-keepers-return-to-skerry-point":
            asked_enough.set()
        return None

    with serve(change=change) as served:
        process = start(tmp_path, served.address, settings={"DOWNLOAD_DELAY": "0.3"})
        assert asked_enough.wait(30)
        process.send_signal(signal.SIGTERM)
        crawled = collect(tmp_path, process)
        assert 0 < len(crawled.records) < ALL
        assert crawled.reasons("Stopped")
        assert len(crawled.entries) == crawled.discovered
        assert len(crawled.reasons("Recorded")) == len(crawled.records)


def test_a_robots_txt_that_fails_forbids_everything(tmp_path: Path) -> None:
    with serve(change=lambda path: Answer(503) if path == "/robots.txt" else None) as served:
        crawled = crawl(tmp_path, served.address)
        assert crawled.status == 3
        assert set(served.paths) == {"/robots.txt"}
        assert served.address + "/" in crawled.reasons("HostBackedOff")


@pytest.mark.parametrize("answer", [Answer(403), Answer(body=b"<!DOCTYPE html><html>User-agent: *\nDisallow: /")])
def test_a_robots_txt_that_is_not_there_allows_everything(tmp_path: Path, answer: Answer) -> None:
    with serve(frozenset({"feed"}), change=lambda path: answer if path == "/robots.txt" else None) as served:
        crawled = crawl(tmp_path, served.address, limit="2")
        assert len(crawled.records) == 2


def test_without_obeying_robots_txt_its_sitemaps_are_still_read(tmp_path: Path) -> None:
    with serve(frozenset({"robots", "sitemap"})) as served:
        crawled = crawl(tmp_path, served.address, settings={"ROBOTSTXT_OBEY": "0"})
        assert set(paths(crawled, served)) >= set(served.newspaper.by_path)
        assert served.paths.count("/robots.txt") == 1


def test_two_names_of_one_site_share_its_articles(tmp_path: Path) -> None:
    with serve() as served, serve(frozenset({"feed"})) as other:
        section = served.address.removeprefix("http://") + "/section/news/"
        crawled = crawl(tmp_path, f"{section},{served.address},{other.address}")
        assert crawled.status == 0
        assert sorted(path for path in paths(crawled, served) if path.startswith("/")) == sorted(
            served.newspaper.by_path
        )
        assert len(crawled.entries) == crawled.discovered
        assert max(Counter(served.paths).values()) == 1
        assert {entry["site"] for entry in crawled.entries} == {section, served.address, other.address}


def test_since_ends_a_paginated_listing_whose_pages_are_all_too_old(tmp_path: Path) -> None:
    """Sixty stories, an hour apart, ten on a page, without feed, sitemap or a date in the address."""
    begin = datetime(2024, 11, 20, 12, tzinfo=timezone.utc)
    stories = {
        f"/posts/story-of-the-{number}th-hour-{number}/": begin - timedelta(hours=number) for number in range(60)
    }
    listed = list(stories)

    def change(path: str) -> Answer | None:
        if path in stories:
            text = "".join(
                f"<p>This is sentence {n} of the story at {path}, long enough to be read as a paragraph.</p>"
                for n in range(8)
            )
            date = f'<time datetime="{stories[path].isoformat()}">then</time>'
            return Answer(
                body=f"<html><title>x</title><body><article><h1>Story at {path}</h1>{date}{text}</article>".encode()
            )
        page = 1 if path == "/" else int(path.split("/")[2]) if path.startswith("/page/") else 0
        if not 1 <= page <= 6:
            return None
        links = "".join(
            f'<h3><a href="{one}">A story that was written at {one}</a></h3>'
            for one in listed[(page - 1) * 10 : page * 10]
        )
        return Answer(body=f'<html><body><main>{links}<a href="/page/{page + 1}/">Older posts</a></main>'.encode())

    with serve(frozenset(), change=change) as served:
        crawled = crawl(tmp_path, served.address, since="2024-11-20T00:00:00Z")
        assert set(paths(crawled, served)) == set(listed[:13])
        assert "/page/3/" in served.paths and "/page/5/" not in served.paths


def test_a_large_site_does_not_starve_a_small_one(tmp_path: Path) -> None:
    def site(count: int):
        stories = [f"/posts/story-of-the-{number}th-hour-{number}/" for number in range(count)]

        def change(path: str) -> Answer | None:
            if path in stories:
                text = "".join(
                    f"<p>This is sentence {n} of the story at {path}, long enough to be read as a paragraph.</p>"
                    for n in range(8)
                )
                return Answer(
                    body=f"<html><title>x</title><body><article><h1>Story at {path}</h1>{text}</article>".encode()
                )
            if path == "/":
                return Answer(
                    body=(
                        "<html><body><main>"
                        + "".join(f'<h3><a href="{one}">A story that was written at {one}</a></h3>' for one in stories)
                        + "</main>"
                    ).encode()
                )
            return None

        return change

    with serve(frozenset(), change=site(150)) as large, serve(frozenset(), change=site(10)) as small:
        crawled = crawl(tmp_path, f"{large.address},{small.address}")
        order = [record["url"].startswith(small.address) for record in crawled.records]
        assert order.count(True) == 10 and order.count(False) == 150
        assert max(place for place, is_small in enumerate(order) if is_small) < 60, (
            "the small one waited for the large one"
        )
