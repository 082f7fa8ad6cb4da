"""One crawl of the demo newspaper with outputs in every format; all tests of this file look at its results."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from newscrawl.outcomes import REASONS
from newscrawl.record import FIELDS, schema
from tests.newspaper.serve import Served
from tests.newspaper.site import TRUTH
from tests.support.crawling import Crawled, crawl

BY_HEADLINE = {article["headline"]: article for article in TRUTH["articles"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crawl")


@pytest.fixture(scope="module")
def crawled(folder: Path, served: Served) -> Crawled:
    return crawl(folder, served.address, *(str(folder / f"articles.{ending}") for ending in ("json", "csv", "xml")))


def test_every_article_is_recorded_exactly_once_and_nothing_else(crawled: Crawled, served: Served) -> None:
    assert crawled.status == 0, crawled.log
    urls = [served.address + path for path in served.newspaper.by_path]
    assert Counter(record["url"] for record in crawled.records) == Counter(urls)
    assert Counter(record["headline"] for record in crawled.records) == Counter(BY_HEADLINE.keys())


def test_no_paragraph_is_lost_and_the_metadata_is_right(crawled: Crawled) -> None:
    for record in crawled.records:
        truth = BY_HEADLINE[record["headline"]]
        body = record["articleBody"].split("\n\n")
        places = [body.index(paragraph.removeprefix("## ")) for paragraph in truth["paragraphs"]]
        assert places == sorted(places), record["url"]
        assert [person["name"] for person in record["authors"]] == truth["authors"]
        assert record["datePublished"][:10] == truth["datePublished"][:10]
        assert (record["inLanguage"] or truth["language"])[:2] == truth["language"]


@pytest.mark.parametrize("truth", TRUTH["articles"], ids=lambda truth: f"{truth['layout']} {truth['path'][-24:]}")
def test_a_record_has_the_story_and_nothing_else(crawled: Crawled, truth: dict[str, Any]) -> None:
    [record] = [record for record in crawled.records if record["headline"] == truth["headline"]]
    assert record["articleBody"].split("\n\n") == [paragraph.removeprefix("## ") for paragraph in truth["paragraphs"]]
    for image, caption in zip(record["images"], truth["captions"], strict=True):
        assert (image["caption"] or "").startswith(caption["caption"])


def test_a_record_names_the_site_as_written_and_the_page_as_served(crawled: Crawled, served: Served) -> None:
    for record in crawled.records:
        assert record["metadata"]["site"] == served.address
        page = served.newspaper.answer(record["url"].removeprefix(served.address)).body
        assert record["metadata"]["htmlHash"] == hashlib.sha256(page).hexdigest()


def test_the_records_agree_with_the_schema(crawled: Crawled) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    for record in crawled.records:
        assert list(record) == list(FIELDS)
        validator.validate(record)
        assert record["metadata"]["discovery"]["channel"]


def test_the_crawl_is_polite(crawled: Crawled, served: Served) -> None:
    assert not [path for path, times in Counter(served.paths).items() if times > 1], "no URL is requested twice"
    assert served.paths[0] == "/robots.txt"
    assert not [path for path in served.paths if path.startswith(("/internal/", "/search"))], "robots.txt forbids them"
    assert {agent for _, agent in served.asked} == {"newscrawl/0.1"}
    assert not [path for path in served.paths if path.startswith(("/tag/", "/author/", "/login", "/about", "/images/"))]


def test_every_url_has_one_entry_with_its_reason(crawled: Crawled, served: Served) -> None:
    assert crawled.entries
    assert max(Counter(entry["url"] for entry in crawled.entries).values()) == 1
    assert len(crawled.entries) == crawled.discovered
    assert {entry["reason"] for entry in crawled.entries} <= set(REASONS)
    assert len(crawled.reasons("Recorded")) == 20
    settled = {entry["url"] for entry in crawled.entries}
    requested = {served.address + path for path in served.paths}
    requested -= {served.address + "/robots.txt", served.address + "/.well-known/tdmrep.json"}
    assert requested <= settled | {served.address + article for article in served.newspaper.by_path}
    draft = served.address + "/internal/drafts/an-article-that-nobody-may-read-yet/"
    assert crawled.reasons("RobotsForbidden") == [draft]
    assert crawled.reasons("SoftNotFound") == [served.address + "/2024/10/an-article-that-was-taken-down-again/"]
    assert crawled.reasons("ForeignHost") == ["https://other-paper.example/news/2024/11/an-article-of-another-house"]
    assert not crawled.reasons("Stopped") and not crawled.reasons("SpiderError")


def test_the_reasons_are_counted_in_the_stats_and_the_summary(crawled: Crawled) -> None:
    counts = Counter(entry["reason"] for entry in crawled.entries)
    prefix = "newscrawl/"
    stats = {key.removeprefix(prefix): n for key, n in crawled.stats.items() if key.startswith(prefix)}
    assert stats == counts
    summary = crawled.log.split("Summary\n", 1)[1]
    for reason, count in counts.items():
        assert f"{count}  {reason}" in summary
        assert REASONS[reason].meaning in summary


def test_json_has_the_same_records(crawled: Crawled, folder: Path) -> None:
    assert json.loads((folder / "articles.json").read_text(encoding="utf-8")) == crawled.records


def test_csv_has_the_same_records_in_readable_cells(crawled: Crawled, folder: Path) -> None:
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(FIELDS)
    for row, record in zip(rows, crawled.records, strict=True):
        assert row["url"] == record["url"] and row["articleBody"] == record["articleBody"]
        assert row["authors"] == "; ".join(person["name"] for person in record["authors"])
        assert row["images"] == "; ".join(image["url"] for image in record["images"])
        assert row["publisher"] == ((record["publisher"] or {}).get("name") or "")
        assert json.loads(row["metadata"]) == record["metadata"]
        for cell in row.values():
            assert not cell.startswith(("{'", "[{", "['")) and cell != "None" and "Person(" not in cell


def test_xml_has_the_same_records(crawled: Crawled, folder: Path) -> None:
    items = ElementTree.parse(folder / "articles.xml").getroot().findall("item")
    for item, record in zip(items, crawled.records, strict=True):
        assert [child.tag for child in item] == list(record)
        assert item.findtext("headline") == record["headline"]
        assert item.findtext("articleBody") == record["articleBody"]
        assert [person.findtext("name") for person in item.findall("authors/value")] == [
            person["name"] for person in record["authors"]
        ]
        assert item.findtext("isAccessibleForFree") in ("true", "false", "")
