"""Articles in somebody's own Scrapy project: Scrapy's exporters and pipelines, with and without newscrawl's."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.record import FIELDS
from tests.newspaper.serve import Served

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "scrapy.md").read_text("utf-8"), re.DOTALL)
SPIDER = """
import scrapy
{parse_imports}

class OwnSpider(scrapy.Spider):
    name = "own"

    async def start(self):
        for url in self.urls.split(","):
            yield scrapy.Request(url)

    {parse}
        yield {{"url": response.url, "price": 3}}
"""
ARTICLES, FRONT_PAGE, OTHER_ITEMS = 2, 1, 3
#: Pipeline -> the number of articles that it lets through.
PIPELINES = {
    "": ARTICLES + FRONT_PAGE,
    "StripPipeline": ARTICLES + FRONT_PAGE,
    "CheckPipeline": ARTICLES,
    "RightsPipeline": ARTICLES + FRONT_PAGE,
    "RevisionPipeline": ARTICLES + FRONT_PAGE,
    "DeduplicatePipeline": ARTICLES + FRONT_PAGE,
}


def block(mark: str) -> str:
    """The one example of docs/scrapy.md that contains `mark`."""
    [found] = [one for one in BLOCKS if mark in one]
    return str(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the spider and the pipelines of the docs; its settings have nothing of newscrawl."""
    folder = tmp_path_factory.mktemp("own")
    package = folder / "myproject"
    package.mkdir()
    parse_imports, parse = block("yield read_page").split("\n\n\n")
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = myproject.settings\n")
    (package / "__init__.py").write_text("")
    (package / "settings.py").write_text("SPIDER_MODULES = ['myproject.spider']\nTELNETCONSOLE_ENABLED = False\n")
    (package / "spider.py").write_text(
        SPIDER.format(parse_imports=parse_imports, parse=parse.strip().replace("\n", "\n    "))
    )
    (package / "pipelines.py").write_text(block("class MoodPipeline") + block("class ImageUrlsPipeline"))
    return folder


def scrapy(project: Path, served: Served, pipelines: dict[str, int], **settings: str) -> str:
    """Crawl two articles and the front page into out.jsonl and out.csv with Scrapy's exporters; returns the log."""
    urls = [served.address + path for path in list(served.newspaper.by_path)[:ARTICLES]]
    command = [sys.executable, "-m", "scrapy", "crawl", "own", "-a", f"urls={','.join([*urls, served.address])}"]
    in_order = {"CONCURRENT_REQUESTS": "1"}  # the header of the CSV is made from the first item
    for name, value in {"ITEM_PIPELINES": json.dumps(pipelines), **in_order, **settings}.items():
        command += ["-s", f"{name}={value}"]
    command += ["-O", "out.jsonl", "-O", "out.csv"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr
    return done.stderr


def items(project: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (project / "out.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("name", "expected"), PIPELINES.items())
def test_each_pipeline_works_alone_with_the_exporters_of_scrapy(
    project: Path, served: Served, name: str, expected: int
) -> None:
    log = scrapy(project, served, {f"newscrawl.crawl.pipelines.{name}": 300} if name else {})
    written = items(project)
    records = [item for item in written if "headline" in item]
    assert len(records) == expected and len(written) == expected + OTHER_ITEMS
    assert all(tuple(item) == FIELDS for item in records)
    assert {"Harbour Bridge Reopens After Eleven Months of Repairs"} <= {item["headline"] for item in records}
    with (project / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected + OTHER_ITEMS and tuple(rows[0]) == FIELDS
    lines = log.splitlines()
    shown = [line for line in lines if line.startswith("<Article ")]
    assert len(shown) == ARTICLES + FRONT_PAGE and all(line.endswith(">") for line in shown), "one line in the log"


def test_all_pipelines_of_the_docs_together(project: Path, served: Served) -> None:
    scope: dict[str, Any] = {}
    exec(block("RightsPipeline"), scope)
    scrapy(project, served, scope["ITEM_PIPELINES"])
    records = [item for item in items(project) if "headline" in item]
    assert len(records) == ARTICLES
    assert not [one for one in records if "Share" in one["articleBody"].split()], "boilerplate is removed"


def test_fields_of_ones_own_and_stored_files_are_in_every_output(project: Path, served: Served) -> None:
    """FilesPipeline is what ImagesPipeline is made of, and needs no Pillow."""
    pipelines = {
        "myproject.pipelines.MoodPipeline": 500,
        "myproject.pipelines.ImageUrlsPipeline": 600,
        "scrapy.pipelines.files.FilesPipeline": 700,
    }
    files = {"FILES_STORE": "images", "FILES_URLS_FIELD": "image_urls", "FILES_RESULT_FIELD": "imageFiles"}
    scrapy(project, served, pipelines, **files)
    [story] = [item for item in items(project) if str(item.get("headline")).startswith("Harbour Bridge")]
    assert tuple(story) == (*FIELDS, "mood", "image_urls", "imageFiles")
    assert story["mood"] in (0.3, 0.7) and story["image_urls"] == [image["url"] for image in story["images"]]
    assert len(story["imageFiles"]) == len(story["images"]) > 0
    assert all((project / "images" / stored["path"]).is_file() for stored in story["imageFiles"])
    with (project / "out.csv").open(encoding="utf-8", newline="") as file:
        assert {"mood", "imageFiles"} <= set(next(csv.reader(file)))


def test_the_script_of_the_docs_gives_the_records_in_memory(tmp_path: Path, served: Served) -> None:
    quick = '"NEWSCRAWL_ALLOW_PRIVATE": True, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False'
    code = block("AsyncCrawlerProcess").replace("https://a.example", served.address)
    changed = code.replace('"NEWSCRAWL_CONTACT": "me@example.org"', quick).replace("limit=20", "limit=3")
    assert changed.count(quick) == 1 and changed.count("limit=3") == 1
    (tmp_path / "script.py").write_text(changed, "utf-8")
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "script.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0 and done.stdout.startswith("3 ["), done.stderr
    assert "thrown away" not in done.stderr


def test_a_script_ends_with_a_status_where_the_crawl_could_not_start(tmp_path: Path) -> None:
    script = block("process.crawl(").replace("limit=20", "limt=20")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "ValueError: unknown argument 'limt'" in done.stderr.splitlines()[-1]


def test_a_script_learns_how_its_crawl_went(served: Served) -> None:
    script = block("process.crawl(").replace("https://a.example", served.address).replace("limit=20", "limit=1")
    quick = '{"NEWSCRAWL_ALLOW_PRIVATE": True, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, '
    script = script.replace('AsyncCrawlerProcess({"', f'AsyncCrawlerProcess({quick}"')
    script += "from newscrawl.crawl.job.job import Job\nprint(crawler.get_extension(Job).verdict)\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Verdict(status=0, name='OK'" in done.stdout
