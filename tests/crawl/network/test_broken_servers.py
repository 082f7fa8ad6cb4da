"""Servers that are wrong in every way: each costs its own page, with one reason, and not the good site beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.hostile import Outcome, documents, hostile_crawl
from newscrawl.crawl.nouns.exit_status import ExitStatus
from tests.support.broken_responses import all_cases, large
from tests.support.hostile_server import path_of

#: MB that a crawl may take, whatever the servers send.
MEMORY = 400

#: Two articles that are recorded though they are truncated.
TRUNCATED = ("is-without-a-length-and-truncated", "declares-less-than-it-sends")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return hostile_crawl(tmp_path_factory.mktemp("hostile"), all_cases(), {})


@pytest.mark.parametrize("name", all_cases())
def test_each_case_gets_its_one_reason(outcome: Outcome, name: str) -> None:
    done, address = outcome.crawled, outcome.address
    entries = [(entry["reason"], entry["detail"]) for entry in done.entries if entry["url"] == address + path_of(name)]
    assert [reason for reason, _ in entries] == [all_cases()[name][1]], entries


def test_the_good_site_has_all_its_articles(outcome: Outcome) -> None:
    done, good = outcome.crawled, outcome.good
    assert {record["url"] for record in done.records if record["url"].startswith(good.base)} == {
        good.base + story.path for story in good.stories
    }


def test_nothing_raises_and_the_crawl_finishes(outcome: Outcome) -> None:
    done = outcome.crawled
    assert done.status == ExitStatus.ARTICLES_LOST, done.log[-2000:]
    assert "Traceback" not in done.log and "SpiderError" not in done.stats
    assert done.stats["finish_reason"] == "finished"


def test_truncated_articles_say_so(outcome: Outcome) -> None:
    done, address = outcome.crawled, outcome.address
    truncated = {record["url"] for record in done.records if record["metadata"]["isCut"]}
    assert truncated == {address + path_of(name) for name in TRUNCATED}


def test_only_the_expected_articles_are_recorded(outcome: Outcome) -> None:
    done, address = outcome.crawled, outcome.address
    recorded = {address + path_of(name) for name, (_, reason) in all_cases().items() if reason == "Recorded"}
    assert {record["url"] for record in done.records if record["url"].startswith(address)} == recorded


def test_memory_is_bounded(outcome: Outcome) -> None:
    assert outcome.peak < MEMORY


def test_memory_is_bounded_with_the_largest_documents(tmp_path: Path) -> None:
    """Feeds, sitemaps and pages as large as the bounds allow, beside endless responses and decompression bombs."""
    outcome = hostile_crawl(tmp_path, large(), documents(), timeout=60)
    done, good = outcome.crawled, outcome.good
    assert outcome.peak < MEMORY
    assert done.status == ExitStatus.ARTICLES_LOST and "Traceback" not in done.log
    assert {record["url"] for record in done.records} >= {good.base + story.path for story in good.stories}
    entries = {entry["url"].removeprefix(outcome.address): entry["reason"] for entry in done.entries}
    assert entries["/feed"] == entries["/map.xml"] == entries["/deep-map.xml"] == "Listing", entries
    assert entries["/deep-feed"] in ("Listing", "Unreadable")
