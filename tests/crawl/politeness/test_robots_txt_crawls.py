"""Crawls of a site whose robots.txt cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl


def test_a_robots_txt_that_fails_forbids_everything(tmp_path: Path) -> None:
    with serve(change=lambda path: Answer(503) if path == "/robots.txt" else None) as served:
        crawled = crawl(tmp_path, served.address)
        assert crawled.status == 3
        assert set(served.paths) == {"/robots.txt"}
        assert served.address + "/" in crawled.reasons("HostBackedOff")


@pytest.mark.parametrize("answer", [Answer(403), Answer(body=b"<!DOCTYPE html><html>User-agent: *\nDisallow: /")])
def test_an_unavailable_robots_txt_allows_everything(tmp_path: Path, answer: Answer) -> None:
    with serve(frozenset({"feed"}), change=lambda path: answer if path == "/robots.txt" else None) as served:
        crawled = crawl(tmp_path, served.address, limit="2")
        assert len(crawled.records) == 2
