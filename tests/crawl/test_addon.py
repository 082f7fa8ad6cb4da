"""The add-on in a project that is not ours: somebody else's spider, with our pipelines, exporters and ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.newspaper.serve import serve
from tests.support.crawling import ROOT

SPIDER = """
import scrapy
from newscrawl import Page
from newscrawl.read import read

class Theirs(scrapy.Spider):
    name = "theirs"
    custom_settings = {
        "ADDONS": {"newscrawl.crawl.addon.NewscrawlAddon": 500},
        "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "STATS_DUMP": True,
        "NEWSCRAWL_ALLOW_PRIVATE": True, "NEWSCRAWL_CONTACT": "https://their.example/bot",
    }

    def parse(self, response):
        yield {"kind": "listing", "url": response.url}
        for href in response.css("article h2 a::attr(href), ul.most-read a::attr(href)").getall():
            if "other-paper" not in href:
                yield response.follow(href, self.story)

    def story(self, response):
        yield read(Page(response.url, response.body, headers=dict(response.headers.to_unicode_dict())))
"""


def test_the_add_on_in_another_project(tmp_path: Path) -> None:
    with serve() as served:
        theirs = SPIDER.replace('name = "theirs"', f'name = "theirs"\n    start_urls = ["{served.address}/"]')
        (tmp_path / "theirs.py").write_text(theirs, encoding="utf-8")
        command = [sys.executable, "-m", "scrapy", "runspider", "theirs.py", "-O", "out.jsonl"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert run.returncode == 0, run.stderr
        items = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [item for item in items if "kind" in item] == [{"kind": "listing", "url": served.address + "/"}]
        stories = [item for item in items if "articleBody" in item]
        assert len(stories) == 7 == len({story["url"] for story in stories})
        assert not [path for path in served.paths if path.startswith("/internal/")], "robots.txt is obeyed"
        assert {agent for _, agent in served.asked} == {"newscrawl/0.1 (+https://their.example/bot)"}
        assert "'newscrawl/Duplicate'" in run.stderr and "'item_dropped_reasons_count/Duplicate'" in run.stderr
