"""A site made by Pelican, a generator that people use, with its own theme: the truth is its own list of posts."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.crawling import crawl

POSTS = 45
BEGIN = datetime(2026, 11, 20, 18, 0)
CATEGORIES = ("harbour", "council", "culture")
NOUNS = ("bridge", "ferry", "lantern", "orchard", "museum", "tunnel", "market", "chapel", "school")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def title(number: int) -> str:
    return f"The {NOUNS[number % 9]} of the {NOUNS[number // 9 % 9]} reopens, part {number}"


def text(number: int) -> list[str]:
    return [
        f"Part {number}, paragraph {n}: the {NOUNS[(number + n) % 9]} was closed for {number + n} days, and nobody in the town could say why it took so long."
        for n in range(1, 6)
    ]


@pytest.fixture(scope="module")
def pelican(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("pelican")
    content = folder / "content"
    content.mkdir()
    for number in range(POSTS):
        when = BEGIN - timedelta(hours=5 * number)
        head = f"{title(number)}\n{'#' * len(title(number))}\n\n:date: {when:%Y-%m-%d %H:%M}\n:category: {CATEGORIES[number % 3]}\n:tags: {NOUNS[number % 9]}, town\n:author: Jane Roe\n:slug: part-{number}-of-the-{NOUNS[number % 9]}-story\n\n"
        (content / f"{number}.rst").write_text(head + "\n\n".join(text(number)) + "\n", "utf-8")
    pages = content / "pages"
    pages.mkdir()
    (pages / "about.rst").write_text(
        "About us\n########\n\nThis paper is made in the harbour, by four people and a dog.\n", "utf-8"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "output")))
    address = f"http://127.0.0.1:{server.server_address[1]}"
    (folder / "pelicanconf.py").write_text(
        f"SITENAME = 'The Pelican Post'\nSITEURL = '{address}'\nAUTHOR = 'Jane Roe'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nDEFAULT_PAGINATION = 7\n"
        "FEED_ALL_ATOM = 'feeds/all.atom.xml'\nFEED_MAX_ITEMS = 10\nARTICLE_URL = '{date:%Y}/{slug}/'\nARTICLE_SAVE_AS = '{date:%Y}/{slug}/index.html'\nYEAR_ARCHIVE_SAVE_AS = '{date:%Y}/index.html'\n",
        "utf-8",
    )
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pelican",
            str(content),
            "-o",
            str(folder / "output"),
            "-s",
            str(folder / "pelicanconf.py"),
            "-q",
        ],
        check=True,
        cwd=folder,
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()


def test_every_post_is_recorded_once_and_nothing_else(pelican: str, tmp_path: Path) -> None:
    crawled = crawl(tmp_path, pelican)
    assert sorted(record["headline"] for record in crawled.records) == sorted(map(title, range(POSTS)))
    by_title = {record["headline"]: record for record in crawled.records}
    for number in range(POSTS):
        record = by_title[title(number)]
        assert record["articleBody"].split("\n\n") == text(number)
        assert [author["name"] for author in record["authors"]] == ["Jane Roe"]
        assert record["datePublished"].startswith((BEGIN - timedelta(hours=5 * number)).strftime("%Y-%m-%d"))
    assert crawled.stats["downloader/request_count"] <= 1.6 * POSTS


def test_the_newest_come_first(pelican: str, tmp_path: Path) -> None:
    crawled = crawl(tmp_path, pelican, limit="12")
    assert {record["headline"] for record in crawled.records} == set(map(title, range(12)))
