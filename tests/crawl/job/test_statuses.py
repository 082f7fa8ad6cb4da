"""Exit statuses of crawls that fail to start, end early, or may not begin."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from newscrawl.crawl.nouns.exit_status import ExitStatus
from tests.newspaper.serve import Served, serve
from tests.support.crawling import ROOT
from tests.support.reported_runs import BROKEN, DEAD, manifest_of, run


@pytest.mark.parametrize(
    "settings", [{"NEWSCRAWL_NOTHING_NEW_STATUS": "4"}, {"NEWSCRAWL_EXPECTATIONS": "/no/such/file.ini"}]
)
def test_unusable_settings_are_refused_before_the_first_request(tmp_path: Path, settings: dict[str, str]) -> None:
    with serve() as paper:
        crawled = run(tmp_path, paper.address, settings)
        assert crawled.status == ExitStatus.BAD_ARGUMENTS
        assert next(iter(settings)).rpartition("_")[2][:6].lower() in crawled.log.lower()
        assert not paper.asked
    assert manifest_of(tmp_path)["statusName"] == "BAD_ARGUMENTS"


@pytest.mark.parametrize("level", ["INFO", "ERROR"])
def test_the_exit_status_is_told_once_however_much_is_logged(tmp_path: Path, level: str) -> None:
    crawled = run(tmp_path, DEAD, {"LOG_LEVEL": level})
    assert crawled.status == ExitStatus.ALL_SITES_FAILED
    assert crawled.log.lower().count("exit status 3 (all_sites_failed)") == 1


def test_nothing_new_has_the_status_that_was_chosen_for_it(tmp_path: Path, served: Served) -> None:
    since = datetime.now().astimezone().isoformat()
    assert run(tmp_path, served.address, {"NEWSCRAWL_NOTHING_NEW_STATUS": "99"}, since=since).status == 99
    assert manifest_of(tmp_path)["statusName"] == "NOTHING_NEW"
    assert run(tmp_path, served.address, since=since).status == 0


@pytest.mark.parametrize(
    ("broken", "status"),
    [
        ("import newscrawl.crawl.spiders.news as n; n.Parts = None", ExitStatus.NOT_STARTED),
        (
            "import newscrawl.crawl.spiders.news as n; n.NewsSpider._front_page = lambda s, *a: 1 / 0",
            ExitStatus.NOT_STARTED,
        ),
        (
            "import newscrawl.crawl.discovery.frontier as f; import newscrawl.crawl.job.progress as p; "
            "p.Progress.from_crawler = lambda c: 1 / 0",
            ExitStatus.NOT_STARTED,
        ),
    ],
    ids=["spider_opened", "start", "component"],
)
def test_a_crawl_that_fails_at_its_start(tmp_path: Path, served: Served, broken: str, status: ExitStatus) -> None:
    crawled = run(tmp_path, served.address, program=BROKEN.format(broken))
    assert crawled.status == status, crawled.log
    assert manifest_of(tmp_path)["status"] == status


def test_a_bound_of_scrapy_is_a_good_end_and_too_many_errors_are_not(tmp_path: Path, served: Served) -> None:
    assert run(tmp_path, served.address, {"CLOSESPIDER_ITEMCOUNT": "2"}).status == 0
    broken = "import newscrawl.crawl.spiders.applying as n; n.ListingResponses._start_sources = lambda s, *a: 1 / 0"
    crawled = run(tmp_path, served.address, {"CLOSESPIDER_ERRORCOUNT": "1"}, program=BROKEN.format(broken))
    assert crawled.status == ExitStatus.INTERRUPTED, crawled.log


OWN_SPIDER = """
import scrapy
class Own(scrapy.Spider):
    name = "own"
    async def start(self):
        yield {"a": 1}
"""


def test_another_spider_ends_well(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(OWN_SPIDER)
    command = [sys.executable, "-m", "scrapy", "crawl", "own", "-s", "SPIDER_MODULES=own"]
    command += ["-s", f"NEWSCRAWL_MANIFEST={tmp_path / 'run.json'}", "-O", str(tmp_path / "own.jsonl")]
    python_path = os.pathsep.join([str(tmp_path), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": python_path}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert manifest_of(tmp_path)["spider"] == "own" and manifest_of(tmp_path)["outputs"][0]["items"] == 1
