"""Crawls of sites that are unreachable or send broken responses: the rest is crawled, and the entries say why."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl, paths

ALL = 20


def test_an_unreachable_site_fails(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        crawled = crawl(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert crawled.status == 3
    assert len(crawled.reasons("ConnectionFailed")) == 1
    assert not crawled.records


def test_an_unreachable_site_does_not_affect_another(tmp_path: Path) -> None:
    with socket.socket() as taken, serve() as served:
        taken.bind(("127.0.0.1", 0))
        crawled = crawl(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]},{served.address}")
        assert crawled.status == 4
        assert len(crawled.records) == ALL


def test_a_broken_response_affects_only_its_page(tmp_path: Path) -> None:
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
        assert set(paths(crawled, served.address)) == set(served.newspaper.by_path) - set(broken)
        redirected = served.address + "/news/2024/11/17/lighthouse-keepers-return-to-skerry-point"
        assert redirected in crawled.reasons("ForeignHost")
        assert len(crawled.entries) == crawled.discovered
        assert served.address + "/feed/rss.xml" in crawled.reasons("Unreadable")
        assert not crawled.reasons("SpiderError") and not crawled.reasons("Stopped")
