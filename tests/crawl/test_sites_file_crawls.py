"""Crawls with a sites file: each site is fetched and read as its table says, and its secrets stay its own."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.crawling import QUICK, Crawled, collect, crawl
from tests.support.custom_paper import Paper, serve_paper
from tests.support.http_server import serving

SECRET = "s3cret-of-the-herald"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERALD_SECRET", SECRET)


def sites_file(folder: Path, text: str) -> str:
    path = folder / "sites.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_headers_and_cookies_go_to_their_site_alone_and_are_not_logged(tmp_path: Path) -> None:
    with serve_paper() as herald, serve_paper() as other:
        story = herald.story("a")
        herald.file("/away", "", status=302)
        herald.answers["/away"].headers = [("Location", f"{other.base}/landing")]
        herald.listing("/", [story, "/2026/11/21/away-to-another-site/"])
        herald.answers["/2026/11/21/away-to-another-site/"] = herald.answers["/away"]
        other.listing("/", [other.story("b")])
        text = f"""
        [sites.herald]
        start = "{herald.base}"
        headers = {{X-Key = "key-$HERALD_SECRET", User-Agent = "herald-reader"}}
        cookies = {{session = "$HERALD_SECRET", plan = "gold"}}
        [sites.other]
        start = "{other.base}"
        """
        crawled = crawl(
            tmp_path,
            sites_file(tmp_path, text),
            settings={"LOG_LEVEL": "DEBUG", "NEWSCRAWL_MANIFEST": str(tmp_path / "run.json")},
        )
        assert crawled.status == 0, crawled.log
        assert len(crawled.records) == 2
        assert {path for path, headers in herald.sent if headers.get("X-Key") != f"key-{SECRET}"} == set()
        assert all(headers["Cookie"] == f"session={SECRET}; plan=gold" for _, headers in herald.sent)
        assert all(headers["User-Agent"] == "herald-reader" for _, headers in herald.sent)
        assert other.sent and not any(SECRET in str(headers) for _, headers in other.sent)
        written = crawled.log + (tmp_path / "run.json").read_text() + (tmp_path / "articles.jsonl").read_text()
        assert SECRET not in written


def test_a_page_is_redirected_to_another_site_without_the_headers_of_its_own(tmp_path: Path) -> None:
    with serve_paper() as herald, serve_paper() as other:
        story = other.story("b")
        herald.file("/go", "", status=302)
        herald.answers["/go"].headers = [("Location", other.base.replace("127.0.0.1", "localhost") + story)]
        text = f"""
        [sites.herald]
        start = "{herald.base}"
        headers = {{X-Key = "$HERALD_SECRET"}}
        cookies = {{a = "$HERALD_SECRET"}}
        """
        crawled = crawl(tmp_path, sites_file(tmp_path, text), urls=f"{herald.base}/go")
        assert [record["url"].rpartition("/2026")[1] for record in crawled.records] == ["/2026"], crawled.log
        assert any(headers.get("X-Key") == SECRET for _, headers in herald.sent)
        assert other.sent and not any(SECRET in str(headers) for _, headers in other.sent)


def test_selectors_say_what_a_site_is_read_as_and_the_record_says_so(tmp_path: Path) -> None:
    with serve_paper() as paper:
        path = paper.story(
            "a", body='<p class="who">Ada Lind</p><p class="promo">Read all of our stories in the app today.</p>'
        )
        paper.listing("/", [path])
        text = f"""
        [sites.paper]
        start = "{paper.base}"
        without_rules = ["byline"]
        [sites.paper.select]
        authors = ".who"
        strip = ".promo, .who"
        """
        record = crawl(tmp_path, sites_file(tmp_path, text)).records[0]
        assert record["authors"] == [{"name": "Ada Lind", "url": None}]
        assert "in the app" not in record["articleBody"] and "Ada Lind" not in record["articleBody"]
        assert record["metadata"]["site"] == "paper"
        assert record["metadata"]["overrides"] == [
            "authors: .who",
            "strip: .promo, .who (2 removed)",
            "rules left off: byline",
        ]


def test_each_site_has_its_own_limit_and_starts(tmp_path: Path) -> None:
    with serve_paper() as paper, serve_paper() as other:
        first, second = [paper.story(name) for name in ("a", "b")], [paper.story(name) for name in ("c", "d")]
        paper.listing("/one/", first)
        paper.listing("/two/", second)
        paper.listing("/", [paper.story("e")])
        other.listing("/", [other.story(name) for name in ("f", "g", "h")])
        text = f"""
        [default]
        limit = 1
        [sites.paper]
        start = ["{paper.base}/one/", "{paper.base}/two/"]
        limit = 9
        [sites.other]
        start = "{other.base}"
        """
        crawled = crawl(tmp_path, sites_file(tmp_path, text))
        found = [record["url"] for record in crawled.records]
        assert {url for url in found if url.startswith(paper.base)} == {paper.base + path for path in first + second}
        assert sum(url.startswith(other.base) for url in found) == 1


def test_a_site_has_its_own_delay(tmp_path: Path) -> None:
    with serve_paper() as paper:
        paper.listing("/", [paper.story(name) for name in ("a", "b", "c")])
        text = f'[sites.paper]\nstart = "{paper.base}"\ndelay = "0.3"'
        crawled = crawl(tmp_path, sites_file(tmp_path, text), settings={"AUTOTHROTTLE_ENABLED": "1"})
        assert len(crawled.records) == 3
        gaps = [later - earlier for earlier, later in pairwise(paper.times)]
        assert min(gaps) >= 0.14, "half the delay, as Scrapy varies it"


def test_a_site_has_its_own_proxy(tmp_path: Path) -> None:
    proxied: list[tuple[str, str]] = []
    with serve_paper() as paper:
        paper.listing("/", [paper.story("a")])

        from http.server import BaseHTTPRequestHandler
        from urllib.request import urlopen

        class Proxy(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxied.append((self.path, self.headers.get("Proxy-Authorization", "")))
                try:
                    with urlopen(self.path) as response:
                        body, kind, status = response.read(), response.headers["Content-Type"], 200
                except OSError:
                    body, kind, status = b"", "text/plain", 404
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        with serving(Proxy) as address:
            proxy = address.replace("http://", "http://me:$HERALD_SECRET@")
            text = f'[sites.paper]\nstart = "{paper.base}"\nproxy = "{proxy}"'
            crawled = crawl(tmp_path, sites_file(tmp_path, text), settings={"LOG_LEVEL": "DEBUG"})
        assert len(crawled.records) == 1, crawled.log
        assert len(proxied) == len(paper.asked) and all(secret.startswith("Basic ") for _, secret in proxied)
        assert SECRET not in crawled.log


PAGE_OBJECT = """
from web_poet import WebPage

class PaperPage(WebPage):
    async def to_item(self):
        return {"headline": self.css("h1::text").get() + "!", "authors": ["Ada Lind"], "datePublished": "2026-11-19"}

class Broken(WebPage):
    async def to_item(self):
        raise RuntimeError("no idea")
"""


def crawl_with_page_object(folder: Path, paper: Paper, name: str) -> Crawled:
    pytest.importorskip("web_poet")
    (folder / "pageobjects_of_a_test.py").write_text(PAGE_OBJECT, encoding="utf-8")
    text = f'[sites.paper]\nstart = "{paper.base}"\npage_object = "pageobjects_of_a_test:{name}"'
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"sites={sites_file(folder, text)}"]
    command += ["-O", str(folder / "articles.jsonl"), "-s", f"TEST_AUDIT={folder / 'audit.jsonl'}"]
    for setting, value in QUICK.items():
        command += ["-s", f"{setting}={value}"]
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "SCRAPY_SETTINGS_MODULE": "newscrawl.crawl.settings"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return collect(folder, process)


def test_a_page_object_says_what_it_knows_better(tmp_path: Path) -> None:
    with serve_paper() as paper:
        paper.listing("/", [paper.story("a")])
        crawled = crawl_with_page_object(tmp_path, paper, "PaperPage")
        assert len(crawled.records) == 1, crawled.log
        record = crawled.records[0]
        assert record["headline"].endswith("at length!") and record["authors"][0]["name"] == "Ada Lind"
        assert record["datePublished"].startswith("2026-11-19") and record["wordCount"] > 50
        assert record["metadata"]["overrides"] == [
            "page object: pageobjects_of_a_test:PaperPage (headline, authors, datePublished)"
        ]


def test_a_page_object_that_fails_costs_its_page(tmp_path: Path) -> None:
    with serve_paper() as paper:
        paper.listing("/", [paper.story("a")])
        crawled = crawl_with_page_object(tmp_path, paper, "Broken")
        assert not crawled.records and len(crawled.reasons("PipelineError")) == 1
        assert crawled.status == 9 and "RuntimeError: no idea" in crawled.log
        assert crawl_with_page_object(tmp_path, paper, "Missing").status == 2


def test_a_sites_file_with_faults_ends_the_process_before_the_first_request(tmp_path: Path) -> None:
    with serve_paper() as paper:
        text = (
            f'[sites.paper]\nstart = "{paper.base}"\nwithout_rules = ["nonsense"]\n[sites.b]\nstart = "ftp://b.example"'
        )
        crawled = crawl(tmp_path, sites_file(tmp_path, text))
        assert crawled.status == 2 and not paper.asked
        assert "paper: no such rule: nonsense" in crawled.log and "b: 'ftp://b.example'" in crawled.log
