"""Outputs as a person names them, and names with which no run can work."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.settings import Settings

from newscrawl.crawl.export.destinations import collisions, complete_feeds, unusable_outputs, with_format
from newscrawl.crawl.export.exporters import CsvRecordExporter
from newscrawl.crawl.spiders.news import NewsSpider
from newscrawl.record import Record
from tests.newspaper.serve import serve
from tests.support.crawling import crawl


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("-", "-:jsonlines"),
        ("a.jsonl", "a.jsonl"),
        ("a.jsonl.gz", "a.jsonl.gz:jsonl"),
        ("s3://bucket/a.csv.xz", "s3://bucket/a.csv.xz:csv"),
        ("a.jsonl.gz:csv", "a.jsonl.gz:csv"),
        ("a.gz", "a.gz"),
    ],
)
def test_the_name_of_an_output_says_its_format(named: str, meant: str) -> None:
    assert with_format(named) == meant


def test_an_output_is_compressed_as_its_name_says_unless_the_settings_name_it() -> None:
    feeds = {"a.jsonl.gz": {"format": "jsonl"}, "b.jsonl.gz": {"format": "jsonl"}, "stdout:": {"overwrite": True}}
    completed = complete_feeds(feeds, ["a.jsonl.gz:jsonl", "-:jsonlines"])
    assert completed["a.jsonl.gz"]["postprocessing"] == ["scrapy.extensions.postprocessing.GzipPlugin"]
    assert completed["b.jsonl.gz"] == {"format": "jsonl"} and completed["stdout:"] == {}


def unusable(feeds: dict[str, Any], **settings: Any) -> list[str]:
    return list(unusable_outputs(Settings({"FEEDS": feeds, **settings}), NewsSpider))


@pytest.mark.parametrize("form", ["json", "xml"])
def test_nothing_is_appended_to_a_file_that_has_an_end(tmp_path: Path, form: str) -> None:
    path, empty = tmp_path / f"x.{form}", tmp_path / f"empty.{form}"
    empty.write_text("")
    for named in (path, tmp_path / f"%(name)s.{form}"):
        (tmp_path / f"news.{form}").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        feeds = {str(named): {"format": form}, str(empty): {"format": form}}
        assert unusable(feeds) == []
        (tmp_path / f"news.{form}").write_text("[]")
        path.write_text("[]")
        (fault,) = unusable(feeds)
        assert f".{form} exists" in fault and "-O" in fault and ".jsonl or .csv" in fault
        assert unusable({str(named): {"format": form, "overwrite": True}}) == []
    assert unusable({f"{tmp_path}/%(time)s.{form}": {"format": form}}) == []


def test_a_placeholder_that_nothing_fills_is_named() -> None:
    assert unusable({"%(name)s-%(time)s-%(batch_id)05d.jsonl": {"format": "jsonl"}, "a%20b.jsonl": {}}) == []
    (fault,) = unusable({"%(foo)s.jsonl": {"format": "jsonl"}})
    assert "'foo'" in fault and "batch_time" in fault
    assert unusable({"%(name)d.jsonl": {"format": "jsonl"}})
    assert unusable({"%(foo)s.jsonl": {"format": "jsonl"}}, FEED_URI_PARAMS="project.params") == []


def test_files_that_are_named_twice_are_both_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sites.txt").write_text("a.example\n")
    (tmp_path / "link.jsonl").symlink_to("a.jsonl")
    found = collisions(
        Settings(
            {
                "FEEDS": {
                    "a.jsonl": {},
                    "./link.jsonl": {},
                    f"file://{tmp_path}/run.json": {},
                    "-": {},
                    "/dev/null": {},
                },
                "NEWSCRAWL_AUDIT": "/dev/null",
                "NEWSCRAWL_MANIFEST": "run.json",
                "NEWSCRAWL_METRICS": "",
                "LOG_FILE": "sites.txt",
            }
        ),
        {"sites": "sites.txt", "urls": "sites.txt", "limit": "3"},
    )
    assert list(found) == [
        "the file of sites and the log are the same file: sites.txt",
        "the output a.jsonl and the output ./link.jsonl are the same file: ./link.jsonl",
        f"the manifest and the output file://{tmp_path}/run.json are the same file: {tmp_path}/run.json",
    ]


def test_compressed_rows_have_their_header_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    for url in ("https://a.example/1", "https://a.example/2"):
        with path.open("ab") as file:
            manager = PostProcessingManager(["scrapy.extensions.postprocessing.GzipPlugin"], file, {})
            exporter = CsvRecordExporter(manager)  # type: ignore[arg-type]
            exporter.start_exporting()
            exporter.export_item(Record({"url": url}))
            exporter.finish_exporting()
            manager.close()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))
    assert [row["url"] for row in rows] == ["https://a.example/1", "https://a.example/2"]


def test_a_crawl_writes_compressed_lines_and_appends_rows_under_one_header(tmp_path: Path) -> None:
    packed, rows = tmp_path / "a.jsonl.gz", tmp_path / "b.csv"
    feeds = json.dumps({str(rows): {"format": "csv"}})
    with serve() as paper:
        for _ in range(2):
            crawled = crawl(tmp_path, paper.address, str(packed), settings={"FEEDS": feeds}, limit="2")
            assert crawled.status == 0, crawled.log
    assert len(gzip.decompress(packed.read_bytes()).splitlines()) == 2
    with rows.open(encoding="utf-8", newline="") as file:
        assert [bool(row["headline"]) and row["url"] != "url" for row in csv.DictReader(file)] == [True] * 4
