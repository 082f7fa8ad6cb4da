"""Outputs for one purpose: articles reserved for it are left out, counted, and not requested again."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.extensions.feedexport import ItemFilter

from newscrawl.article import Article, Rights
from newscrawl.crawl.export.feed_recovery import is_wanted as is_wanted_by
from newscrawl.crawl.export.purpose_filters import ForArchive, ForSearch, ForTraining
from newscrawl.record import record
from tests.support.crawling import crawl
from tests.support.custom_paper import reason_of, rights_by_story, serve_paper, story_name
from tests.support.reported_runs import FEEDS_ONLY


@pytest.fixture
def paper():
    with serve_paper() as served:
        yield served


def outputs_of(folder: Path, **filters: str) -> str:
    """The FEEDS setting: an output for each name. filters: the import path of its item filter, or ""."""
    feeds = {}
    for name, path in filters.items():
        options = {"format": "jsonlines", "overwrite": True}
        feeds[str(folder / f"{name}.jsonl")] = {**options, "item_filter": path} if path else options
    return json.dumps(feeds)


def names_in(path: Path) -> set[str]:
    """The names of the stories in an output."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {story_name(json.loads(line)["url"]) for line in lines}


def test_an_output_leaves_out_articles_reserved_for_its_purpose_and_counts_them(paper, tmp_path):
    paths = {
        "plain": paper.story("plain"),
        "trained": paper.story("trained", TDM_Reservation="1"),
        "sought": paper.story("sought", Content_Usage="search=n"),
        "kept": paper.story("kept", X_Robots_Tag="noarchive"),
    }
    paper.listing("/", list(paths.values()))
    base = "newscrawl.crawl.export.purpose_filters."
    feeds = outputs_of(
        tmp_path, all="", train=base + "ForTraining", search=base + "ForSearch", archive=base + "ForArchive"
    )
    settings = {"FEEDS": feeds, "NEWSCRAWL_MANIFEST": str(tmp_path / "run.json")}
    crawled = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert crawled.status == 0, crawled.log[-3000:]
    everything = set(paths)
    assert names_in(tmp_path / "all.jsonl") == everything
    assert names_in(tmp_path / "train.jsonl") == everything - {"trained"}
    assert names_in(tmp_path / "search.jsonl") == everything - {"sought"}
    assert names_in(tmp_path / "archive.jsonl") == everything - {"kept"}
    assert crawled.stats["newscrawl/left_out/train"] == crawled.stats["newscrawl/left_out/archive"] == 1
    assert len(crawled.reasons("Recorded")) == 4 and not crawled.reasons("Reserved")
    manifest = json.loads((tmp_path / "run.json").read_text())
    left_out = {Path(output["uri"]).stem: output["leftOut"] for output in manifest["outputs"]}
    assert left_out == {"all": 0, "train": 1, "search": 1, "archive": 1}
    assert "1 record left out" in crawled.log


def test_an_article_that_every_output_leaves_out_is_reserved_in_the_ledger(paper, tmp_path):
    paths = {"plain": paper.story("plain"), "trained": paper.story("trained", TDM_Reservation="1")}
    paper.listing("/", list(paths.values()))
    feeds = outputs_of(tmp_path, train="newscrawl.crawl.export.purpose_filters.ForTraining")
    settings = {"FEEDS": feeds, "NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    crawled = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert names_in(tmp_path / "train.jsonl") == {"plain"}
    assert reason_of(crawled, paths["trained"]) == (
        "Reserved",
        "reserved for train, and every output is for such a purpose",
    )
    assert len(crawled.reasons("Recorded")) == 1
    paper.asked.clear()
    again = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert again.status == 0 and not [path for path in paper.asked if "story" in path], "it is not requested again"


def test_the_purpose_of_a_crawl_applies_to_all_its_outputs(paper, tmp_path):
    paths = {
        "plain": paper.story("plain"),
        "trained": paper.story("trained", TDM_Reservation="1"),
        "kept": paper.story("kept", X_Robots_Tag="noarchive"),
    }
    paper.listing("/", list(paths.values()))
    settings = {"NEWSCRAWL_PURPOSE": "archive, train", "NEWSCRAWL_RIGHTS": "observe"}
    crawled = crawl(tmp_path, paper.base, settings=settings)
    assert set(rights_by_story(crawled)) == {"plain"}
    assert reason_of(crawled, paths["trained"]) == ("Reserved", "reserved for train: tdm-reservation: 1 (header)")
    assert reason_of(crawled, paths["kept"])[0] == "Reserved"


def test_the_removal_of_a_reserved_article_is_left_out_too(paper, tmp_path):
    path = paper.story("trained", TDM_Reservation="1")
    paper.listing("/", [path, paper.story("plain")])
    feeds = outputs_of(tmp_path, all="", train="newscrawl.crawl.export.purpose_filters.ForTraining")
    settings = {"FEEDS": feeds, "NEWSCRAWL_MEMORY": str(tmp_path / "m.sqlite")}
    crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    with sqlite3.connect(tmp_path / "m.sqlite") as base:
        base.execute("UPDATE article SET due = due - 4000, first = first - 4000")
    paper.answers[path].status = 410
    crawled = crawl(tmp_path, paper.base, settings=settings, program=FEEDS_ONLY)
    assert reason_of(crawled, path)[0] == "Removed", crawled.log[-2000:]
    assert "trained" in names_in(tmp_path / "all.jsonl") and "trained" not in names_in(tmp_path / "train.jsonl")
    assert crawled.stats["newscrawl/left_out/train"] == 1


def test_the_filters_accept_articles_and_records_of_earlier_runs():
    article = Article("https://a.example/x", headline="x", rights=Rights(robots=("noai", "noarchive")))
    for item in (article, record(article)):
        assert not ForTraining({}).accepts(item) and not ForArchive({}).accepts(item) and ForSearch({}).accepts(item)
    # a record of an earlier run that an output has still to receive
    for purpose, is_wanted in ((ForTraining, False), (ForSearch, True), (ItemFilter, True)):
        assert is_wanted_by(SimpleNamespace(filter=purpose({})), record(article)) is is_wanted
    for item in (Article("https://a.example/y"), {"any": "item"}, {"rights": None}, object()):
        assert ForTraining({}).accepts(item)
    assert not ForTraining({"item_classes": [dict]}).accepts(Article("https://a.example/y"))
