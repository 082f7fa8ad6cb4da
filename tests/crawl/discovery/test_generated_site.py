"""Crawls of a site made by Pelican, a real site generator, with its own theme. The truth is the list of its posts."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
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
SETTINGS = """
SITENAME = 'The Pelican Post'
SITEURL = '{url}'
AUTHOR = 'Jane Roe'
TIMEZONE = 'UTC'
DEFAULT_LANG = 'en'
DEFAULT_PAGINATION = 7
FEED_ALL_ATOM = 'feeds/all.atom.xml'
FEED_MAX_ITEMS = 10
ARTICLE_URL = '{{date:%Y}}/{{slug}}/'
ARTICLE_SAVE_AS = '{{date:%Y}}/{{slug}}/index.html'
YEAR_ARCHIVE_SAVE_AS = '{{date:%Y}}/index.html'
"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def noun(number: int) -> str:
    return NOUNS[number % len(NOUNS)]


def title(number: int) -> str:
    return f"The {noun(number)} of the {noun(number // 9)} reopens, part {number}"


def text(number: int) -> list[str]:
    return [
        f"Part {number}, paragraph {n}: the {noun(number + n)} was closed for {number + n} days, "
        "and nobody in the town could say why it took so long."
        for n in range(1, 6)
    ]


def post(number: int) -> str:
    """A post in reStructuredText."""
    fields = {
        "date": f"{BEGIN - timedelta(hours=5 * number):%Y-%m-%d %H:%M}",
        "category": CATEGORIES[number % 3],
        "tags": f"{noun(number)}, town",
        "author": "Jane Roe",
        "slug": f"part-{number}-of-the-{noun(number)}-story",
    }
    head = "".join(f":{name}: {value}\n" for name, value in fields.items())
    body = "\n\n".join(text(number))
    return f"{title(number)}\n{'#' * len(title(number))}\n\n{head}\n{body}\n"


@pytest.fixture(scope="module")
def pelican(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Generate and serve the site; gives its URL."""
    folder = tmp_path_factory.mktemp("pelican")
    content, output, settings = folder / "content", folder / "output", folder / "pelicanconf.py"
    (content / "pages").mkdir(parents=True)
    for number in range(POSTS):
        (content / f"{number}.rst").write_text(post(number), "utf-8")
    about = "About us\n########\n\nThis paper is made in the harbour, by four people and a dog.\n"
    (content / "pages" / "about.rst").write_text(about, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(output)))
    url = f"http://127.0.0.1:{server.server_address[1]}"
    settings.write_text(SETTINGS.format(url=url), "utf-8")
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", str(settings), "-q"]
    subprocess.run(command, check=True, cwd=folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield url
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


def test_a_limit_takes_the_newest_posts(pelican: str, tmp_path: Path) -> None:
    crawled = crawl(tmp_path, pelican, limit="12")
    assert {record["headline"] for record in crawled.records} == set(map(title, range(12)))
