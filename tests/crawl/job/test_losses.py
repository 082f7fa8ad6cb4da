"""Exit statuses and last lines of crawls that lose what was wanted: none of them says that all is well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.crawl.nouns.exit_status import ExitStatus
from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import ROOT, Crawled
from tests.support.made_site import article_page, html_page, links_to
from tests.support.reported_runs import BROKEN, FEEDS_ONLY, manifest_of, run

STORIES = [f"/2026/11/20/the-story-number-{n}-of-the-town-desk/" for n in range(8)]
SHOP = html_page(
    "<h1>Umbrellas</h1>"
    + "".join(
        f"<div class=product><h2>Umbrella {n}</h2><b>$ {n}.99</b><button>Add to basket</button></div>"
        for n in range(20)
    )
)


def lose(folder: Path, failed: int, answer: Answer, program: str = "", **settings: str) -> Crawled:
    """Crawl a site of eight articles of which the first few fail."""
    pages = {path: answer if n < failed else article_page(path) for n, path in enumerate(STORIES)}
    pages["/"] = html_page(links_to(STORIES))
    with serve(frozenset(), change=pages.get) as served:
        return run(folder, served.address, settings, program)


def last_line(crawled: Crawled) -> str:
    return next(line for line in crawled.log.splitlines() if line.startswith("exit status"))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(503), "HostBackedOff"),
        (Answer(404), "HttpStatus"),
        (Answer(403), "HttpStatus"),
        (Answer(body=b"<p>" + b"x" * 200_000), "TooLarge"),
    ],
)
def test_articles_that_fail_have_a_status_of_their_own(tmp_path: Path, answer: Answer, reason: str) -> None:
    crawled = lose(tmp_path, 8, answer, NEWSCRAWL_PAGE_MAXSIZE="100 kB")
    assert crawled.status == ExitStatus.ARTICLES_LOST, crawled.log
    site = manifest_of(tmp_path)["sites"][0]
    assert sum(site["lost"].values()) == 8
    assert reason in site["lost"] and "8 of 8 wanted articles were lost" in last_line(crawled)
    assert "all is well" not in crawled.log


def test_a_few_lost_articles_are_told_and_are_no_fault(tmp_path: Path) -> None:
    crawled = lose(tmp_path, 3, Answer(403))
    assert crawled.status == 0 and len(crawled.records) == 5
    assert "3 of 8 wanted articles were lost (HttpStatus 3)" in last_line(crawled)
    assert "all is well" not in crawled.log
    crawled = lose(tmp_path, 3, Answer(403), NEWSCRAWL_MAX_LOST_SHARE="30 %")
    assert crawled.status == ExitStatus.ARTICLES_LOST


@pytest.mark.parametrize(("failed", "answer"), [(7, SHOP), (4, Answer(410))])
def test_pages_that_are_gone_or_no_articles_are_not_lost(tmp_path: Path, failed: int, answer: Answer) -> None:
    crawled = lose(tmp_path, failed, answer)
    assert crawled.status == 0 and "all is well" in last_line(crawled)
    assert manifest_of(tmp_path)["sites"][0]["lost"] == {}


def test_a_pipeline_that_raises_loses_articles(tmp_path: Path) -> None:
    broken = "import newscrawl.crawl.pipelines as p; p.StripPipeline.process_item = lambda s, i: 1 / 0"
    crawled = lose(tmp_path, 0, Answer(404), program=BROKEN.format(broken))
    assert crawled.status == ExitStatus.ARTICLES_LOST, crawled.log
    assert manifest_of(tmp_path)["sites"][0]["lost"] == {"PipelineError": 8}


def test_a_misspelt_rule_and_unusable_values_are_refused_at_once(tmp_path: Path) -> None:
    settings = {"NEWSCRAWL_WITHOUT_RULES": "shares", "NEWSCRAWL_BUDGET": "-5", "NEWSCRAWL_MEMROY": "x.sqlite"}
    crawled = lose(tmp_path, 0, Answer(404), **settings)
    assert crawled.status == ExitStatus.BAD_ARGUMENTS and crawled.discovered == 0
    for word in ("there is no strip rule 'shares'", "NEWSCRAWL_BUDGET='-5': must be", "did you mean NEWSCRAWL_MEMORY?"):
        assert word in crawled.log


def test_a_crawl_without_an_output_says_so(tmp_path: Path) -> None:
    crawled = lose(tmp_path, 0, Answer(404), program=FEEDS_ONLY)
    assert crawled.status == 0 and "records will be thrown away" in crawled.log
    assert "records will be thrown away" not in lose(tmp_path, 0, Answer(404)).log


OWN_SPIDER = """
import scrapy
class Own(scrapy.Spider):
    name = "own"
    start_urls = {urls!r}
    def parse(self, response):
        yield {{"a": 1}}
"""


@pytest.mark.parametrize(
    ("bad", "settings", "reason"),
    [
        ("{site}/gone", {}, "HttpStatus"),
        ("{site}/internal/x", {}, "RobotsForbidden"),
        ("http://127.0.0.1:9/", {}, "ConnectionFailed"),
        ("http://127.0.0.1:9/", {"NEWSCRAWL_ALLOW_PRIVATE": "0"}, "PrivateAddress"),
    ],
)
def test_start_urls_of_another_spider_that_fail_are_failed_sites(
    tmp_path: Path, bad: str, settings: dict[str, str], reason: str
) -> None:
    with serve(frozenset({"robots"}), change={"/gone": Answer(404)}.get) as served:
        (tmp_path / "own.py").write_text(OWN_SPIDER.format(urls=[bad.format(site=served.address)]))
        command = [sys.executable, "-m", "scrapy", "crawl", "own", "-O", str(tmp_path / "own.jsonl")]
        given = {
            "SPIDER_MODULES": "own",
            "NEWSCRAWL_MANIFEST": str(tmp_path / "run.json"),
            "NEWSCRAWL_ALLOW_PRIVATE": "1",
            "RETRY_TIMES": "0",
            **settings,
        }
        command += [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == ExitStatus.ALL_SITES_FAILED, done.stderr
    assert reason in manifest_of(tmp_path)["why"] and "all is well" not in done.stderr
