"""The add-on in other projects: their spiders and settings with the pipelines, exporters and ledger of newscrawl."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from scrapy.settings import Settings

from newscrawl.crawl.addon import DEFAULTS, NewscrawlAddon
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


def test_another_projects_spider_uses_the_add_on(tmp_path: Path) -> None:
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


def test_the_add_on_keeps_the_settings_of_a_project() -> None:
    settings = Settings()
    settings.set("DOWNLOAD_DELAY", 7, priority="project")
    settings.set("ITEM_PIPELINES", {"tests.support.crawling.Audit": 1}, priority="project")
    settings.set("FEED_EXPORTERS", {"csv": "scrapy.exporters.CsvItemExporter"}, priority="project")
    settings.set("NEWSCRAWL_CONTACT", "https://a.example/bot", priority="cmdline")
    NewscrawlAddon().update_settings(settings)
    assert settings.getint("DOWNLOAD_DELAY") == 7
    assert settings["FEED_EXPORTERS"]["csv"] == "scrapy.exporters.CsvItemExporter"
    assert settings["FEED_EXPORTERS"]["jsonl"].startswith("newscrawl.")
    assert len(settings["ITEM_PIPELINES"]) == 7
    assert settings["USER_AGENT"] == "newscrawl/0.1 (+https://a.example/bot)"
    assert settings.getbool("ROBOTSTXT_OBEY") is DEFAULTS["ROBOTSTXT_OBEY"]
